#include "extract/http_client.h"

#include <arpa/inet.h>
#include <fmt/core.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>
#include <vector>

#include "base/failure.h"
#include "json/read_value.h"

namespace retailsim::extract {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// Answers each request with the next of its lines of text, whatever is asked for.
class ScriptedServer {
 public:
  // An answer that ends in "(close)" is followed by the end of the connection.
  explicit ScriptedServer(std::vector<std::string> answers) : answers_(std::move(answers)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(listener_, 8), 0);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this] { serve(); });
  }
  ~ScriptedServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  std::string url(const std::string& path = "/") const {
    return fmt::format("http://127.0.0.1:{}{}", port_, path);
  }
  // What was asked, one text a request. Only when the client is done.
  std::vector<std::string> requests;
  std::vector<Clock::time_point> times;
  int connections = 0;

 private:
  // With its body, if it says that it has one.
  static bool is_whole(const std::string& request) {
    const auto head = request.find("\r\n\r\n");
    if (head == request.npos) return false;
    const auto length = request.find("Content-Length: ");
    return length > head || request.size() >= head + 4 + std::stoul(request.substr(length + 16));
  }
  void serve() {
    int client = -1;
    for (const std::string& answer : answers_) {
      std::string request;
      while (!is_whole(request)) {
        if (client < 0) {
          if ((client = ::accept(listener_, nullptr, nullptr)) < 0) return;
          ++connections;
        }
        char block[4096];
        const ssize_t got = ::recv(client, block, sizeof block, 0);
        if (got <= 0) {
          ::close(std::exchange(client, -1));
          request.clear();
          continue;
        }
        request.append(block, static_cast<std::size_t>(got));
      }
      requests.push_back(request);
      times.push_back(Clock::now());
      const bool closes = answer.ends_with("(close)");
      const std::string text = answer.substr(0, answer.size() - (closes ? 7 : 0));
      ::send(client, text.data(), text.size(), MSG_NOSIGNAL);
      if (closes) ::close(std::exchange(client, -1));
    }
    if (client < 0) return;
    char rest = 0;
    ::recv(client, &rest, 1, 0);  // silent from now on, until the client goes
    ::close(client);
  }

  std::vector<std::string> answers_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::jthread thread_;
};

std::string answer(int status, const std::string& body, const std::string& headers = "") {
  return fmt::format("HTTP/1.1 {} Text\r\nContent-Length: {}\r\n{}\r\n{}", status, body.size(),
                     headers, body);
}

// Waits as long as allowed, but only tens of milliseconds.
RetryPolicy quick(int tries = 5) {
  return {.tries = tries, .first_delay = milliseconds(10), .jitter = [] { return 1.0; }};
}

std::string failure_of(HttpClient& client, const std::string& url) {
  try {
    client.get(url, "*/*");
    return "no failure";
  } catch (const Failure& failure) {
    return fmt::format("{}|{}", failure.what(), failure.hint());
  }
}

TEST(HttpClient, ReadsABodyFollowedByPadding) {
  ScriptedServer server{{answer(200, "{\"a\":1}\n"), answer(200, "")}};
  HttpClient client{quick()};
  const Response& response = client.get(server.url("/v1/stores?limit=1"), "application/x-ndjson");
  EXPECT_EQ(response.text(), "{\"a\":1}\n");
  EXPECT_EQ(response.buffer, "{\"a\":1}\n" + std::string(json::padding, '\0'));
  EXPECT_EQ(response.next, std::nullopt);
  EXPECT_EQ(client.get(server.url(), "*/*").text(), "");
  EXPECT_EQ(client.retries(), 0);
  EXPECT_TRUE(server.requests[0].starts_with("GET /v1/stores?limit=1 HTTP/1.1\r\n"));
  EXPECT_NE(server.requests[0].find("Accept: application/x-ndjson\r\n"), std::string::npos);
  EXPECT_EQ(server.requests[0].find("Accept-Encoding"), std::string::npos);
  EXPECT_EQ(server.connections, 1);
}

TEST(HttpClient, FollowsWhereTheServerSaysTheNextPageIs) {
  ScriptedServer server{{answer(200, "x", "LINK: </v1/stores?cursor=2>; rel=\"next\"\r\n"),
                         answer(200, "y"),
                         answer(200, "z", "Link: <http://thief/>; rel=\"next\"\r\n")}};
  HttpClient client{quick()};
  EXPECT_EQ(client.get(server.url("/v1/stores"), "*/*").next, server.url("/v1/stores?cursor=2"));
  EXPECT_EQ(client.get(server.url("/v1/stores?cursor=2"), "*/*").next, std::nullopt);
  EXPECT_NE(failure_of(client, server.url()).find("on another server, which is not followed"),
            std::string::npos);
}

TEST(HttpClient, TriesAgainAfterErrorsOfTheServerEachTimeLater) {
  ScriptedServer server{
      {answer(500, "oops"), answer(503, ""), answer(429, ""), answer(200, "at last")}};
  std::vector<std::string> why;
  RetryPolicy policy = quick();
  policy.on_retry = [&](std::string_view reason, milliseconds wait) {
    why.push_back(fmt::format("{} {}", reason, wait.count()));
  };
  HttpClient client{policy};
  EXPECT_EQ(client.get(server.url(), "*/*").text(), "at last");
  EXPECT_EQ(client.retries(), 3);
  EXPECT_EQ(why, (std::vector<std::string>{"status 500 10", "status 503 20", "status 429 40"}));
  EXPECT_GE(server.times[1] - server.times[0], milliseconds(10));
  EXPECT_GE(server.times[2] - server.times[1], milliseconds(20));
  EXPECT_GE(server.times[3] - server.times[2], milliseconds(40));
}

TEST(HttpClient, WaitsGrowUpToTheMostAndRandomlyBelow) {
  const RetryPolicy policy{
      .first_delay = milliseconds(200), .factor = 2, .most = milliseconds(1000)};
  EXPECT_EQ(longest_wait(policy, 1), milliseconds(200));
  EXPECT_EQ(longest_wait(policy, 2), milliseconds(400));
  EXPECT_EQ(longest_wait(policy, 3), milliseconds(800));
  EXPECT_EQ(longest_wait(policy, 4), milliseconds(1000));
  EXPECT_EQ(longest_wait(policy, 1'000'000), milliseconds(1000));
  std::vector<milliseconds> waits;
  RetryPolicy random{.tries = 6, .first_delay = milliseconds(20), .factor = 1};
  random.on_retry = [&](std::string_view, milliseconds wait) { waits.push_back(wait); };
  ScriptedServer server{{answer(500, ""), answer(500, ""), answer(500, ""), answer(500, ""),
                         answer(500, ""), answer(200, "")}};
  HttpClient{random}.get(server.url(), "*/*");
  EXPECT_EQ(waits.size(), 5);
  for (const milliseconds wait : waits) EXPECT_LT(wait, milliseconds(20));
  EXPECT_NE(waits, std::vector<milliseconds>(5, waits[0]));
}

TEST(HttpClient, GivesUpAfterTheLastTryAndSaysWhy) {
  ScriptedServer server{std::vector<std::string>(
      3, answer(500, R"({"error":{"status":500,"message":"the file is gone"}})"))};
  HttpClient client{quick(3), "secret token"};
  const std::string said = failure_of(client, server.url());
  EXPECT_EQ(said,
            fmt::format("cannot read {}: gave up after 3 tries, the last one said: status "
                        "500: the file is gone|the server is there but fails: its own log says why",
                        server.url()));
  EXPECT_EQ(client.retries(), 2);
  EXPECT_NE(server.requests[2].find("Authorization: Bearer secret token\r\n"), std::string::npos);
}

TEST(HttpClient, DoesNotTryAgainWhenTheRequestIsAtFault) {
  ScriptedServer server{{answer(404, R"({"error":{"message":"no such table","hint":"stores?"}})"),
                         answer(401, "<html>")}};
  HttpClient client{quick()};
  EXPECT_EQ(failure_of(client, server.url("/v1/x")),
            server.url("/v1/x") + " answers with status 404: no such table|stores?");
  EXPECT_EQ(failure_of(client, server.url()),
            server.url() + " answers with status 401|give the API's token with --token-file FILE");
  EXPECT_EQ(client.retries(), 0);
}

TEST(HttpClient, ABodyThatBreaksOffIsReadAgainFromItsStart) {
  ScriptedServer server{
      {"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234(close)",
       "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n(close)", "(close)",
       answer(200, "0123456789")}};
  HttpClient client{quick()};
  EXPECT_EQ(client.get(server.url(), "*/*").text(), "0123456789");
  // An empty answer on a kept connection may be asked for again by the library itself.
  EXPECT_GE(client.retries(), 2);
}

TEST(HttpClient, WaitsAsLongAsTheServerAsksButNotLongerThanAllowed) {
  ScriptedServer server{{answer(429, "", "Retry-After: 3600\r\n"), answer(200, "ok"),
                         answer(503, "", "Retry-After: 1\r\n"), answer(200, "ok")}};
  RetryPolicy policy = quick();
  policy.most = milliseconds(60);
  std::vector<milliseconds> waits;
  policy.on_retry = [&](std::string_view, milliseconds wait) { waits.push_back(wait); };
  HttpClient client{policy};
  client.get(server.url(), "*/*");
  client.get(server.url(), "*/*");
  EXPECT_EQ(waits, (std::vector<milliseconds>{milliseconds(60), milliseconds(60)}));
  EXPECT_GE(server.times[1] - server.times[0], milliseconds(60));
}

TEST(HttpClient, ARefusedConnectionIsTriedAgainThenReported) {
  std::string url;
  {
    const ScriptedServer gone{{}};
    url = gone.url("/v1?limit=1");
  }
  HttpClient client{quick(3)};
  const std::string said = failure_of(client, url);
  EXPECT_TRUE(said.starts_with("cannot read " + url + ": gave up after 3 tries")) << said;
  EXPECT_EQ(client.retries(), 2);
}

TEST(HttpClient, WhatIsNoHttpUrlIsWrongUsage) {
  HttpClient client{quick()};
  for (const char* url : {"file:///etc/passwd", "ftp://x/", "http://", "http://bad host/"}) {
    try {
      client.get(url, "*/*");
      FAIL() << url;
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.kind(), FailureKind::wrong_usage) << url << failure.what();
    }
  }
}

TEST(HttpClient, ABodyAboveTheLimitIsRefused) {
  ScriptedServer server{{answer(200, std::string(5000, 'x')), answer(200, std::string(4000, 'x'))}};
  HttpClient client{quick(), "", {.most_bytes = 4000}};
  EXPECT_NE(failure_of(client, server.url()).find("answers with more than"), std::string::npos);
  EXPECT_EQ(client.get(server.url(), "*/*").text().size(), 4000);
}

TEST(HttpClient, AServerThatFallsSilentIsLeft) {
  ScriptedServer server{{"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234"}};
  HttpClient client{quick(1), "", {.stall_timeout = milliseconds(500)}};
  const auto before = Clock::now();
  EXPECT_NE(failure_of(client, server.url())
                .find("gave up after 1 try, the last one said: no byte came for 0.5 s"),
            std::string::npos);
  EXPECT_LT(Clock::now() - before, std::chrono::seconds(2));
}

SignedPost asking(const std::string& url) {
  return {.url = url,
          .service = "redshift-data",
          .region = "eu-west-3",
          .access_key = "AKIDEXAMPLE",
          .secret_key = "wJalrXUtnFEMI",
          .headers = {"X-Amz-Target: RedshiftData.ExecuteStatement"},
          .body = "{\"Sql\":\"SELECT 1\"}",
          .unreachable_hint = "is it there?"};
}

std::string nothing_passes(const Answer&) { return ""; }

TEST(HttpClient, ASignedRequestNamesTheKeyAndNeverTheSecret) {
  ScriptedServer server{{answer(200, "{\"Id\":\"1\"}")}};
  HttpClient client{quick()};
  const Answer answer = client.post(asking(server.url()), nothing_passes);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "{\"Id\":\"1\"}");
  const std::string& request = server.requests.at(0);
  EXPECT_TRUE(request.starts_with("POST / HTTP/1.1\r\n"));
  EXPECT_TRUE(request.ends_with("\r\n\r\n{\"Sql\":\"SELECT 1\"}"));
  EXPECT_NE(request.find("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"), std::string::npos);
  EXPECT_NE(request.find("/eu-west-3/redshift-data/aws4_request, SignedHeaders=host;x-amz-date;"
                         "x-amz-target, Signature="),
            std::string::npos);
  EXPECT_EQ(request.find("wJalrXUtnFEMI"), std::string::npos);
}

TEST(HttpClient, ARefusalIsAnAnswerUnlessItPasses) {
  ScriptedServer server{{answer(400, "busy"), answer(503, ""), answer(400, "no")}};
  HttpClient client{quick()};
  const Answer last = client.post(asking(server.url()), [](const Answer& given) {
    return given.body == "busy" ? "it is busy" : "";
  });
  EXPECT_EQ(last.status, 400);
  EXPECT_EQ(last.body, "no");
  EXPECT_EQ(client.retries(), 2);
}

TEST(HttpClient, AServiceThatNeverAnswersIsGivenUpWithTheHintOfWhoAsked) {
  HttpClient client{quick(2)};
  try {
    client.post(asking("http://127.0.0.1:1/"), nothing_passes);
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::unreachable);
    EXPECT_TRUE(std::string_view{failure.what()}.starts_with(
        "cannot ask http://127.0.0.1:1/: gave up after 2 tries"));
    EXPECT_EQ(failure.hint(), "is it there?");
  }
}

}  // namespace
}  // namespace retailsim::extract
