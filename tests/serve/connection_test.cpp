// What clients do to a server that no HTTP library would do.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <chrono>
#include <future>
#include <thread>

#include "serve/feed_on_disk.h"
#include "serve/server.h"

namespace retailsim::serve {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

class Connection {
 public:
  explicit Connection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const int few_bytes = 4096;  // so that a client that does not read is noticed soon
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &few_bytes, sizeof few_bytes);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
  }
  ~Connection() { ::close(socket_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void send(const std::string& text) const {
    ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
  }
  void end_sending() const { ::shutdown(socket_, SHUT_WR); }

  // Reads until the text ends so, the server closes (then "(closed)" is added), or 3 s pass.
  std::string read_until(std::string_view ending) const {
    std::string text;
    while (!text.ends_with(ending)) {
      pollfd ready{socket_, POLLIN, 0};
      if (::poll(&ready, 1, 3000) == 0) return text + "(timeout)";
      char block[4096];
      const ssize_t got = ::recv(socket_, block, sizeof block, 0);
      if (got <= 0) return text + "(closed)";
      text.append(block, static_cast<std::size_t>(got));
    }
    return text;
  }
  std::string read_all() const { return read_until("(no text ends so)"); }

 private:
  int socket_;
};

const std::string ask_health = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";

class ConnectionTest : public ::testing::Test {
 protected:
  ConnectionTest() { feed_.put("visit", "2024-01-01", visits(1, 10, "2024-01-01")); }
  Server& start(ServerOptions options = {}) {
    options.data = feed_.folder();
    options.port = 0;
    server_ = std::make_unique<Server>(options);
    return *server_;
  }
  // A connection that asks for four megabytes and does not read them.
  std::unique_ptr<Connection> sleeper() {
    if (many_.empty()) {
      many_ = visits(1, 50'000, "2024-01-01");
      feed_.put("visit", "2024-01-01", many_);
    }
    auto connection = std::make_unique<Connection>(server_->port());
    connection->send("GET /v1/visits?limit=100000 HTTP/1.1\r\nHost: x\r\n\r\n");
    return connection;
  }
  FeedOnDisk feed_;
  std::string many_;
  std::unique_ptr<Server> server_;
};

TEST_F(ConnectionTest, AHeaderThatIsTooLongIsRefused) {
  const Connection client{start().port()};
  client.send("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + std::string(20'000, 'x') +
              "\r\n\r\n");
  const std::string answer = client.read_all();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 431 Request Header Fields Too Large\r\n")) << answer;
  EXPECT_TRUE(answer.ends_with("(closed)"));
  const Connection other{server_->port()};
  other.send("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + std::string(15'000, 'x') +
             "\r\n\r\n");
  EXPECT_TRUE(other.read_until("}\n").starts_with("HTTP/1.1 200 OK\r\n"));
}

TEST_F(ConnectionTest, RubbishIsAnsweredAsSuch) {
  const Connection client{start().port()};
  client.send("how much is the fish?\r\n\r\n");
  const std::string answer = client.read_all();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 Bad Request\r\n")) << answer;
  EXPECT_NE(answer.find("this is no HTTP/1.1 request"), std::string::npos);
}

TEST_F(ConnectionTest, AClientThatHasSaidAllItWantsStillGetsItsAnswer) {
  const Connection client{start().port()};
  client.send(ask_health);
  client.end_sending();
  const std::string answer = client.read_all();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
  EXPECT_TRUE(answer.ends_with("}\n(closed)")) << answer;
}

TEST_F(ConnectionTest, RequestsSentTogetherAreAnsweredInTurn) {
  const Connection client{start().port()};
  client.send(ask_health + "GET /v1/visits?visit_id=7 HTTP/1.1\r\nHost: x\r\n\r\n");
  client.end_sending();
  const std::string answers = client.read_all();
  const auto health = answers.find("\"status\":\"ok\"");
  EXPECT_NE(health, std::string::npos);
  EXPECT_NE(answers.find("\"visit_id\":7", health), std::string::npos) << answers;
}

TEST_F(ConnectionTest, AfterAHeadTheNextAnswerFollowsAtOnce) {
  const Connection client{start().port()};
  client.send("HEAD /v1/visits HTTP/1.1\r\nHost: x\r\n\r\n" + ask_health);
  client.end_sending();
  const std::string answers = client.read_all();
  EXPECT_NE(answers.find("\r\n\r\nHTTP/1.1 200 OK\r\n"), std::string::npos) << answers;
}

TEST_F(ConnectionTest, ARequestWithABodyIsAnsweredAndItsBodyNotTakenForTheNextOne) {
  const Connection client{start().port()};
  client.send("POST /v1/visits HTTP/1.1\r\nHost: x\r\nContent-Length: 41\r\n\r\n" + ask_health);
  client.end_sending();
  const std::string answer = client.read_all();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 405 Method Not Allowed\r\n")) << answer;
  EXPECT_NE(answer.find("Connection: close"), std::string::npos);
  EXPECT_EQ(answer.find("200 OK"), std::string::npos);
}

TEST_F(ConnectionTest, AnOldClientGetsAnAnswerWithoutChunks) {
  feed_.put("visit", "2024-01-01", visits(1, 100, "2024-01-01"));
  const Connection client{start().port()};
  client.send("GET /v1/visits HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n");
  const std::string answer = client.read_all();
  EXPECT_NE(answer.find("Content-Length: "), std::string::npos);
  EXPECT_TRUE(answer.ends_with("}\n(closed)"));
}

TEST_F(ConnectionTest, SlowClientsHoldUpNobody) {
  start();
  std::vector<std::unique_ptr<Connection>> slow;
  for (int i = 0; i < 20; ++i) slow.push_back(sleeper());
  const Connection silent{server_->port()};
  const Connection half_said{server_->port()};
  half_said.send("GET /healthz HT");
  const auto before = Clock::now();
  Visitor visitor;
  EXPECT_EQ(visitor.ask(server_->url() + "/v1/visits?store_id=2&limit=10").status, 200);
  EXPECT_LT(Clock::now() - before, milliseconds(500));
  // Who was slow still gets everything.
  EXPECT_TRUE(slow.back()->read_until("}\n").ends_with("],\"next\":null}\n"));
}

TEST_F(ConnectionTest, WhoStaysSilentOrDoesNotReadIsSentAway) {
  start({.idle_timeout_s = 1, .write_timeout_s = 1});
  const auto slow = sleeper();
  const Connection silent{server_->port()};
  const auto before = Clock::now();
  EXPECT_EQ(silent.read_all(), "(closed)");
  EXPECT_GT(Clock::now() - before, milliseconds(900));
  std::this_thread::sleep_for(milliseconds(300));
  const std::string part = slow->read_all();  // what was on its way when the server gave up
  EXPECT_TRUE(part.ends_with("(closed)"));
  EXPECT_LT(part.size(), 2'000'000);
}

TEST_F(ConnectionTest, TheServerStopsAtOnceWhateverItsClientsDo) {
  start();
  const auto slow = sleeper();
  const Connection silent{server_->port()};
  Visitor visitor;
  EXPECT_EQ(visitor.ask(server_->url() + "/healthz").status, 200);
  const auto before = Clock::now();
  server_->stop();
  server_->stop();
  server_.reset();
  EXPECT_LT(Clock::now() - before, milliseconds(500));
  EXPECT_EQ(silent.read_all(), "(closed)");
}

TEST_F(ConnectionTest, WhenTheHouseIsFullNewcomersWait) {
  start({.most_connections = 2});
  auto first = std::make_unique<Connection>(server_->port());
  const Connection second{server_->port()};
  second.send(ask_health);
  // Nearly full: nobody is kept.
  EXPECT_NE(second.read_until("}\n").find("Connection: close"), std::string::npos);
  auto third = std::make_unique<Connection>(server_->port());  // with the first: full
  auto waiting = std::async(std::launch::async, [&] {
    Visitor visitor;
    return visitor.ask(server_->url() + "/healthz").status;
  });
  second.end_sending();
  EXPECT_EQ(waiting.wait_for(milliseconds(200)), std::future_status::timeout);
  first.reset();
  EXPECT_EQ(waiting.get(), 200);
}

TEST_F(ConnectionTest, TwoThreadsServeTheSameRows) {
  start({.threads = 2});
  const std::string expected = visits(1, 30'000, "2024-01-01");
  feed_.put("visit", "2024-01-01", expected);
  std::vector<std::future<bool>> visitors;
  for (int i = 0; i < 4; ++i) {
    visitors.push_back(std::async(std::launch::async, [&] {
      Visitor visitor;
      std::string lines;
      for (std::string path = "/v1/visits?limit=9999"; !path.empty();) {
        const Reply page = visitor.ask(server_->url() + path, {as_lines});
        lines += page.body;
        path = next_of(page);
      }
      return lines == expected;
    }));
  }
  for (auto& visitor : visitors) EXPECT_TRUE(visitor.get());
}

}  // namespace
}  // namespace retailsim::serve
