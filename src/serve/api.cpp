#include "serve/api.h"

#include <fmt/core.h>

#include <algorithm>
#include <exception>
#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "base/sha256.h"
#include "base/text.h"

namespace retailsim::serve {
namespace {

using Json = nlohmann::ordered_json;

// Below this gzip does not pay: the answer fits one network packet anyway.
constexpr std::uint64_t least_to_compress = 1024;

std::string dump(const Json& json) {
  // What a client sent may be quoted in a message and need not be UTF-8.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Answer text_answer(int status, std::string type, std::string text) {
  Answer answer;
  answer.status = status;
  answer.headers = {{"Content-Type", std::move(type)}, {"Vary", "Accept, Accept-Encoding"}};
  answer.length = text.size();
  answer.body = text_body(std::move(text));
  return answer;
}

Answer json_answer(int status, const Json& json) {
  return text_answer(status, "application/json", dump(json));
}

void compress(Answer& answer) {
  if (answer.length && *answer.length < least_to_compress) return;
  answer.body = gzip_body(std::move(answer.body));
  answer.length.reset();
  answer.headers.emplace_back("Content-Encoding", "gzip");
}

Answer failure_answer(const std::exception& error) {
  const auto* const failure = dynamic_cast<const Failure*>(&error);
  // Anything else is a fault here, such as memory running out: its text is not for clients.
  if (failure == nullptr) return error_answer(500, "the server cannot answer this request");
  return error_answer(failure->kind() == FailureKind::wrong_usage ? 400 : 500, failure->what(),
                      failure->hint());
}

std::string path_of(const ServedTable& table) { return "/v1/" + table.plural; }

Answer health(const Edition& edition) {
  return json_answer(
      200,
      {{"status", "ok"}, {"source", edition.manifest.source}, {"digest", edition.manifest.digest}});
}

Answer table_list(const Edition& edition) {
  Json tables = Json::array();
  for (const ServedTable& table : served_tables()) {
    std::int64_t rows = 0;
    Json entry = {{"name", table.name},
                  {"url", path_of(table)},
                  {"meaning", table.meaning},
                  {"parameters", table.parameters()}};
    if (const auto files = edition.manifest.tables.find(table.name);
        files != edition.manifest.tables.end() && !files->second.empty()) {
      for (const auto& [feed_date, facts] : files->second) rows += facts.rows;
      if (const auto first = files->second.begin()->first) entry["from"] = to_text(*first);
      if (const auto last = files->second.rbegin()->first) entry["to"] = to_text(*last);
    }
    entry["rows"] = rows;
    tables.push_back(std::move(entry));
  }
  return json_answer(200, {{"manifest", "/v1/manifest"}, {"tables", std::move(tables)}});
}

Answer no_such_page(std::string_view path) {
  std::vector<std::string> known{"/healthz", "/v1", "/v1/manifest"};
  for (const ServedTable& table : served_tables()) known.push_back(path_of(table));
  const auto meant = nearest(path, known);
  return error_answer(404, fmt::format("there is nothing at {}", path),
                      meant ? fmt::format("did you mean {}?", *meant) : "/v1 lists the tables");
}

}  // namespace

Answer error_answer(int status, std::string_view message, std::string_view hint) {
  Json error = {{"status", status}, {"message", message}};
  if (!hint.empty()) error["hint"] = hint;
  return json_answer(status, {{"error", std::move(error)}});
}

bool Exchange::advance() {
  if (!search_) return true;
  try {
    if (!search_->advance()) return false;
    finish_page();
  } catch (const std::exception& error) {
    answer_ = failure_answer(error);
  }
  search_.reset();
  return true;
}

void Exchange::finish_page() {
  const Query& query = search_->query();
  Page page = search_->take();
  const std::string cursor = page.next ? write_cursor(*page.next, query.scope) : "";
  answer_.headers = {
      {"Content-Type", format_ == Format::json ? "application/json" : "application/x-ndjson"},
      {"Vary", "Accept, Accept-Encoding"}};
  if (page.next) {
    answer_.headers.emplace_back("Link", fmt::format("<{}?{}cursor={}>; rel=\"next\"",
                                                     path_of(*query.table), query.others, cursor));
  }
  if (format_ == Format::json) {
    answer_.length = json_length(page, cursor);
    answer_.body = json_body(std::move(page), cursor);
  } else {
    answer_.length = page.bytes;
    answer_.body = ndjson_body(std::move(page));
  }
  if (is_gzip_) compress(answer_);
}

Api::Api(std::filesystem::path feed_folder, const std::string& token)
    : folder_(std::move(feed_folder)), token_digest_(token.empty() ? "" : sha256(token)) {}

Exchange Api::begin(const Request& request) {
  Exchange exchange;
  try {
    exchange = route(request);
  } catch (const std::exception& error) {
    exchange.answer_ = failure_answer(error);
  }
  exchange.is_gzip_ = request.can_chunk && wants_gzip(request.accept_encoding);
  if (!exchange.search_ && exchange.is_gzip_) compress(exchange.answer_);
  return exchange;
}

Exchange Api::route(const Request& request) {
  Exchange exchange;
  const std::size_t question = std::min(request.target.find('?'), request.target.size());
  std::string_view path = request.target.substr(0, question);
  const std::string_view query =
      request.target.substr(std::min(question + 1, request.target.size()));
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);

  if (path != "/healthz" && !is_allowed(request)) {
    exchange.answer_ = error_answer(401, "this server asks for a token",
                                    "send the header Authorization: Bearer TOKEN");
    exchange.answer_.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"retailsim\"");
  } else if (request.method != "GET" && request.method != "HEAD") {
    exchange.answer_ = error_answer(405, fmt::format("{} is not possible here", request.method),
                                    "this API is read with GET and HEAD");
    exchange.answer_.headers.emplace_back("Allow", "GET, HEAD");
  } else if (path == "/healthz") {
    exchange.answer_ = health(*folder_.current());
  } else if (path == "/v1") {
    exchange.answer_ = table_list(*folder_.current());
  } else if (path == "/v1/manifest") {
    exchange.answer_ = text_answer(200, "application/json", folder_.current()->text);
  } else if (const auto table = std::ranges::find(served_tables(), path, path_of);
             table == served_tables().end()) {
    exchange.answer_ = no_such_page(path);
  } else if (const auto format = chosen_format(request.accept); !format) {
    exchange.answer_ = error_answer(406, "rows come as application/json or application/x-ndjson",
                                    "name one of them in the Accept header");
  } else {
    const auto edition = folder_.current();
    exchange.format_ = *format;
    exchange.search_ = std::make_unique<PageSearch>(
        folder_, edition, parse_query(*table, query, edition->manifest.digest));
  }
  return exchange;
}

bool Api::is_allowed(const Request& request) const {
  if (token_digest_.empty()) return true;
  // Digests have one length and every byte is looked at: the time taken tells nothing.
  const std::string given = sha256(bearer_token(request.authorization));
  unsigned difference = 0;
  for (std::size_t i = 0; i < given.size(); ++i)
    difference |= static_cast<unsigned>(given[i] ^ token_digest_[i]);
  return difference == 0;
}

}  // namespace retailsim::serve
