// With http_link.cpp, the only file that knows libcurl.
#include "extract/http_client.h"

#include <curl/curl.h>
#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <random>
#include <span>
#include <tuple>

#include "base/failure.h"
#include "base/interrupt.h"
#include "base/pause.h"
#include "extract/http_link.h"
#include "json/read_value.h"

namespace retailsim::extract {
namespace {

using std::chrono::milliseconds;

void start_curl_once() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK)
    throw Failure(FailureKind::unreachable, "the HTTP library cannot be started");
}

// Another try may succeed: the connection failed, not the request.
bool is_passing(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_BAD_CONTENT_ENCODING:  // gzip that was cut off
    case CURLE_SSL_CONNECT_ERROR:
      return true;
    default:
      return false;
  }
}

bool is_passing(long status) {
  return status == 408 || status == 425 || status == 429 || status >= 500;
}

// This machine is never reached through a proxy, whatever the environment says.
std::string hosts_without_proxy() {
  const char* const given = std::getenv("no_proxy");
  return fmt::format("{}{}localhost,127.0.0.1,::1", given == nullptr ? "" : given,
                     given == nullptr ? "" : ",");
}

// What the server itself says about an error, when it speaks as ours does, or as Amazon's do.
std::pair<std::string, std::string> message_and_hint(std::string_view body) {
  const auto json = nlohmann::json::parse(body, nullptr, false);
  if (!json.is_object()) return {};
  const bool is_ours = json.contains("error") && json["error"].is_object();
  const auto& error = is_ours ? json["error"] : json;
  const auto text = [&](const char* name) {
    return error.contains(name) && error[name].is_string() ? error[name].get<std::string>() : "";
  };
  const std::string message = text("message");
  return {message.empty() && !is_ours ? text("Message") : message, text("hint")};
}

// What may help after a status that another try will not change.
std::string hint_for(long status, const std::string& said) {
  if (status == 401 || status == 403) return "give the API's token with --token-file FILE";
  if (status >= 300 && status <= 399)
    return "redirects are not followed, so that no token goes astray: name the final address";
  return said.empty() ? "is that the address of a retailsim API? It looks like "
                        "http://127.0.0.1:8080, without a path"
                      : said;
}

}  // namespace

milliseconds longest_wait(const RetryPolicy& policy, int failures) {
  double wait_ms = static_cast<double>(policy.first_delay.count());
  const auto most_ms = static_cast<double>(policy.most.count());
  for (int i = 1; i < failures && wait_ms < most_ms; ++i) wait_ms *= policy.factor;
  return milliseconds(static_cast<std::int64_t>(std::min(wait_ms, most_ms)));
}

struct HttpClient::State {
  State(RetryPolicy given_retry, const std::string& token, HttpLimits given_limits)
      : retry(std::move(given_retry)), limits(std::move(given_limits)) {
    start_curl_once();
    curl = curl_easy_init();
    if (curl == nullptr) throw Failure(FailureKind::unreachable, "cannot make an HTTP client");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect_timeout.count()));
    set(CURLOPT_BUFFERSIZE, 512L << 10);
    set(CURLOPT_NOPROXY, hosts_without_proxy().c_str());
    set(CURLOPT_ERRORBUFFER, error_text);
    if (limits.accept_gzip) set(CURLOPT_ACCEPT_ENCODING, "gzip");
    if (!limits.ca_file.empty()) set(CURLOPT_CAINFO, limits.ca_file.c_str());
    if (!token.empty()) {
      set(CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
      set(CURLOPT_XOAUTH2_BEARER, token.c_str());
    }
    set(CURLOPT_WRITEFUNCTION, &State::receive_body);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_HEADERFUNCTION, &State::receive_header);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &State::should_stop);
    set(CURLOPT_XFERINFODATA, this);
  }
  ~State() {
    curl_easy_cleanup(curl);
    curl_slist_free_all(headers);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  template <class Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(curl, option, value) != CURLE_OK)
      throw Failure(FailureKind::unreachable, "this HTTP library is too old");
  }

  static std::size_t receive_body(const char* data, std::size_t, std::size_t size, State* self) {
    if (size > self->limits.most_bytes - self->response.buffer.size()) {
      self->is_too_long = true;
      return CURL_WRITEFUNC_ERROR;
    }
    self->response.buffer.append(data, size);
    return size;
  }

  static std::size_t receive_header(const char* data, std::size_t, std::size_t size, State* self) {
    const std::string_view line{data, size};
    constexpr std::string_view link = "link:";
    if (line.starts_with("HTTP/")) {
      self->link.clear();  // a new header: what an interim answer said does not count
    } else if (size > link.size() &&
               std::ranges::equal(line.substr(0, link.size()), link, {}, [](char c) {
                 return c == ':' ? c : static_cast<char>(c | 32);
               })) {
      self->link += self->link.empty() ? "" : ",";
      self->link += line.substr(link.size(), line.find_last_not_of("\r\n") + 1 - link.size());
    }
    return size;
  }

  // Called often while data flows and about once a second while none does. (libcurl's own
  // limit on low speed looks at the average of several seconds, and so acts late.)
  static int should_stop(State* self, curl_off_t, curl_off_t received, curl_off_t, curl_off_t) {
    const auto now = std::chrono::steady_clock::now();
    if (received != self->received) {
      self->received = received;
      self->last_byte = now;
    }
    self->is_stalled = now - self->last_byte >= self->limits.stall_timeout;
    return is_interrupted() || self->is_stalled ? 1 : 0;
  }

  void prepare(const std::string& url, std::span<const std::string> lines) {
    curl_slist* fresh = nullptr;
    for (const auto& line : lines) {
      curl_slist* const longer = curl_slist_append(fresh, line.c_str());
      if (longer == nullptr) {
        curl_slist_free_all(fresh);
        throw std::bad_alloc();
      }
      fresh = longer;
    }
    set(CURLOPT_HTTPHEADER, fresh);
    curl_slist_free_all(std::exchange(headers, fresh));
    set(CURLOPT_URL, url.c_str());
  }

  // `request` must live until the answer is there.
  void prepare(const SignedPost& request) {
    prepare(request.url, request.headers);
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_POSTFIELDS, request.body.c_str());
    set(CURLOPT_AWS_SIGV4, fmt::format("aws:amz:{}:{}", request.region, request.service).c_str());
    set(CURLOPT_USERNAME, request.access_key.c_str());
    set(CURLOPT_PASSWORD, request.secret_key.c_str());
  }

  // Tries until a try gives an answer that the next one would not change: `why_not` says of an
  // answer why it is none. `action` is what is done to the URL, as in "cannot read".
  void persist(const std::string& url, std::string_view action, const std::string& silence_hint,
               const std::function<std::string()>& why_not) {
    for (int failures = 1;; ++failures) {
      std::string why = try_once(url, action, silence_hint);
      if (why.empty()) why = why_not();
      if (why.empty()) return;
      if (failures >= retry.tries) {
        throw Failure(
            FailureKind::unreachable,
            fmt::format("cannot {} {}: gave up after {} {}, the last one said: {}", action,
                        without_secrets(url), failures, failures == 1 ? "try" : "tries", why),
            !server_hint.empty() ? server_hint
            : status != 0        ? "the server is there but fails: its own log says why"
                                 : silence_hint);
      }
      const milliseconds time = wait_after(failures);
      ++retries;
      if (retry.on_retry) retry.on_retry(why, time);
      pause(time);
    }
  }

  // One try. Empty when there is an answer, else why there is none.
  std::string try_once(const std::string& url, std::string_view action,
                       const std::string& silence_hint) {
    status = 0;
    server_hint.clear();
    response.buffer.clear();
    link.clear();
    error_text[0] = '\0';
    is_too_long = is_stalled = false;
    received = 0;
    last_byte = std::chrono::steady_clock::now();
    const CURLcode code = curl_easy_perform(curl);
    stop_if_interrupted();
    if (is_too_long) {
      throw Failure(FailureKind::corrupt_data,
                    fmt::format("{} answers with more than {} MB", without_secrets(url),
                                limits.most_bytes / 1'000'000),
                    "ask for smaller pages");
    }
    if (code != CURLE_OK && is_stalled)
      return fmt::format("no byte came for {} s",
                         std::chrono::duration<double>(limits.stall_timeout).count());
    std::string why = error_text[0] != '\0' ? error_text : curl_easy_strerror(code);
    if (code != CURLE_OK) {
      if (is_passing(code)) return why;
      const bool is_no_url = code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL;
      throw Failure(is_no_url ? FailureKind::wrong_usage : FailureKind::unreachable,
                    fmt::format("cannot {} {}: {}", action, without_secrets(url), why),
                    is_no_url ? "a URL looks like http://127.0.0.1:8080" : silence_hint);
    }
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (is_passing(status)) {
      std::string message;
      std::tie(message, server_hint) = message_and_hint(response.buffer);
      return fmt::format("status {}{}{}", status, message.empty() ? "" : ": ", message);
    }
    return "";
  }

  milliseconds wait_after(int failures) {
    const double share =
        retry.jitter ? retry.jitter() : std::uniform_real_distribution<double>(0, 1)(random);
    const milliseconds longest = longest_wait(retry, failures);
    const milliseconds chosen{
        static_cast<std::int64_t>(static_cast<double>(longest.count()) * share)};
    curl_off_t asked_s = 0;  // Retry-After, 0 without one
    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &asked_s);
    const curl_off_t most_s = retry.most.count() / 1000 + 1;
    const milliseconds asked{std::clamp<curl_off_t>(asked_s, 0, most_s) * 1000};
    return std::min(std::max(chosen, asked), retry.most);
  }

  RetryPolicy retry;
  HttpLimits limits;
  CURL* curl = nullptr;
  curl_slist* headers = nullptr;
  std::string link;  // the values of all Link headers
  char error_text[CURL_ERROR_SIZE] = {};
  bool is_too_long = false, is_stalled = false;
  curl_off_t received = 0;  // bytes of the body so far, and when the last one came
  std::chrono::steady_clock::time_point last_byte;
  long status = 0;          // of the last try; 0 when it had no answer
  std::string server_hint;  // what the server advised then
  Response response;
  std::int64_t retries = 0;
  std::mt19937_64 random{std::random_device{}()};  // of waiting times only, never of data
};

HttpClient::HttpClient(RetryPolicy retry, const std::string& token, HttpLimits limits)
    : state_(std::make_unique<State>(std::move(retry), token, std::move(limits))) {}

HttpClient::~HttpClient() = default;

const Response& HttpClient::get(const std::string& url, std::string_view accept) {
  State& state = *state_;
  stop_if_interrupted();
  const std::string lines[] = {fmt::format("Accept: {}", accept)};
  state.prepare(url, lines);
  state.persist(url, "read", "start the server: retailsim serve --data data_api --port 8080",
                [] { return std::string{}; });
  Response& response = state.response;
  if (state.status < 200 || state.status > 299) {
    const auto [message, hint] = message_and_hint(response.buffer);
    throw Failure(FailureKind::unreachable,
                  fmt::format("{} answers with status {}{}{}", without_secrets(url), state.status,
                              message.empty() ? "" : ": ", message),
                  hint_for(state.status, hint));
  }
  const char* type = nullptr;
  curl_easy_getinfo(state.curl, CURLINFO_CONTENT_TYPE, &type);
  if (type != nullptr && std::string_view{type}.starts_with("text/html")) {
    throw Failure(FailureKind::corrupt_data,
                  fmt::format("{} answers with a web page", without_secrets(url)),
                  "is that the address of a retailsim API? It looks like http://127.0.0.1:8080");
  }
  response.size = response.buffer.size();
  response.buffer.append(json::padding, '\0');
  response.next.reset();
  if (const auto link = next_link(state.link)) {
    response.next = resolve(url, *link);
    if (!response.next) {
      throw Failure(FailureKind::unreachable,
                    fmt::format("{} names a next page on another server, which is not followed",
                                without_secrets(url)));
    }
  }
  return response;
}

Answer HttpClient::post(const SignedPost& request,
                        const std::function<std::string(const Answer&)>& why_passing) {
  State& state = *state_;
  stop_if_interrupted();
  state.prepare(request);
  Answer answer;
  state.persist(request.url, "ask", request.unreachable_hint, [&] {
    answer = {state.status, state.response.buffer};
    return why_passing(answer);
  });
  return answer;
}

std::int64_t HttpClient::retries() const { return state_->retries; }

}  // namespace retailsim::extract
