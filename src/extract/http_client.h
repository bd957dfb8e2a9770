// Speaks HTTP and does not give up at the first hiccup: reads pages of an API, and asks services
// of Amazon. What can't be had is a Failure.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retailsim::extract {

// Exponential backoff with full jitter: before try n+1 the client waits a random time up to
// first_delay * factor^(n-1), so that many clients of one server do not come back together.
struct RetryPolicy {
  int tries = 5;
  std::chrono::milliseconds first_delay{200};
  double factor = 2;
  std::chrono::milliseconds most{10'000};  // of any one wait, also when the server asks for more
  std::function<double()> jitter = {};     // 0 … 1; empty: random, different in every process
  // Called before each wait, with what went wrong; for progress and logs.
  std::function<void(std::string_view why, std::chrono::milliseconds wait)> on_retry = {};
};

// The longest wait after the `failures`-th failure in a row (1, 2, …).
std::chrono::milliseconds longest_wait(const RetryPolicy& policy, int failures);

struct HttpLimits {
  std::chrono::milliseconds connect_timeout{5'000};
  std::chrono::milliseconds stall_timeout{30'000};  // without a byte arriving; seen each second
  std::size_t most_bytes = std::size_t{1} << 30;    // of one body
  bool accept_gzip = false;  // worth it on slow networks only: it costs more than it saves here
  std::string ca_file = {};  // certificates to trust; empty: the system's
};

// A body, and where the next page is.
struct Response {
  std::string buffer;               // the body, then json::padding zero bytes; reused
  std::size_t size = 0;             // of the body
  std::optional<std::string> next;  // Link rel="next" as an absolute URL
  std::string_view text() const { return {buffer.data(), size}; }
};

// A request to one of Amazon's services, signed anew at each try (Signature Version 4).
struct SignedPost {
  std::string url;
  std::string service, region;         // that the signature is for
  std::string access_key, secret_key;  // never shown in a message
  std::vector<std::string> headers;    // "Name: value"; a session token is one of them
  std::string body;
  std::string unreachable_hint;  // what may help when nobody answers
};

// What a service says, whether it did what was asked for or not.
struct Answer {
  long status = 0;
  std::string body;
};

// One connection, kept open between requests. One per thread.
class HttpClient {
 public:
  // The token is sent as `Authorization: Bearer TOKEN` and never shown in a message.
  explicit HttpClient(RetryPolicy retry = {}, const std::string& token = "",
                      HttpLimits limits = {});
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // The answer with a status of 2xx; it is overwritten by the next call. Tries again after a
  // lost, refused, stalled or cut-off connection and after the statuses 408, 425, 429 and
  // 5xx (waiting as long as Retry-After says, up to the policy's `most`).
  // Throws Failure: unreachable when all tries failed or for any other status, with the
  // server's own message and hint; wrong_usage for what is no HTTP URL; corrupt_data for a
  // body above the limit or a web page; interrupted within about a second of Ctrl-C.
  const Response& get(const std::string& url, std::string_view accept);

  // The answer, whatever its status, unless that is one that get tries again after. Tries again
  // as get does, and also when `why_passing` has something to say of an answer: why another try
  // may succeed. So what is asked for must be safe to ask for twice.
  // Throws Failure: unreachable when all tries failed; interrupted within about a second of
  // Ctrl-C.
  Answer post(const SignedPost& request,
              const std::function<std::string(const Answer&)>& why_passing);

  // How often a request was tried again since construction.
  std::int64_t retries() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace retailsim::extract
