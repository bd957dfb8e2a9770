// What the API answers to which request, without knowing sockets.
//
//   /healthz      is the server there? (open even when a token is asked for)
//   /v1           the tables and where they are
//   /v1/manifest  the feed's manifest: files, rows, SHA-256
//   /v1/<plural>  rows of a table: from, to, limit, cursor, and columns as filters
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "serve/body.h"
#include "serve/feed_folder.h"
#include "serve/http_text.h"

namespace retailsim::serve {

struct Request {
  std::string_view method, target;
  std::string_view accept, accept_encoding, authorization;  // headers; empty when absent
  bool can_chunk = true;  // HTTP/1.1: the length of the body need not be known before
};

struct Answer {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::optional<std::uint64_t> length;  // of the body; none: not known before it is made
  std::unique_ptr<Body> body;
};

Answer error_answer(int status, std::string_view message, std::string_view hint = "");

// A request between its arrival and its answer.
class Exchange {
 public:
  // Goes on for a few milliseconds; true when `take` has the answer. Never throws: what
  // goes wrong becomes an error answer.
  bool advance();
  Answer take() { return std::move(answer_); }

 private:
  friend class Api;
  void finish_page();

  Answer answer_;
  std::unique_ptr<PageSearch> search_;  // none: the answer is there already
  Format format_ = Format::json;
  bool is_gzip_ = false;
};

class Api {
 public:
  // An empty token lets everybody in. Throws Failure when the folder holds no feed.
  Api(std::filesystem::path feed_folder, const std::string& token);

  // May be called from any thread.
  Exchange begin(const Request& request);

 private:
  Exchange route(const Request& request);
  bool is_allowed(const Request& request) const;

  FeedFolder folder_;
  std::string token_digest_;  // empty: open
};

}  // namespace retailsim::serve
