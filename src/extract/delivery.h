// One delivery of the source system (a table on a feed date, or a snapshot) read from the
// API page by page. What arrives must be what the manifest promised, byte for byte.
#pragma once

#include <fmt/core.h>

#include <set>
#include <string>

#include "base/failure.h"
#include "base/sha256.h"
#include "extract/http_client.h"
#include "extract/http_link.h"
#include "feed/manifest.h"
#include "json/decode.h"

namespace retailsim::extract {

// Rows a page, so that one is about eight megabytes.
inline std::int64_t rows_a_page(const feed::FileFacts& facts) {
  constexpr std::int64_t page_bytes = 8 << 20;
  const std::int64_t row_bytes = facts.rows > 0 ? facts.bytes / facts.rows + 1 : 1;
  return std::clamp<std::int64_t>(page_bytes / row_bytes, 100, 100'000);
}

inline std::string first_page_url(const std::string& api, std::string_view plural,
                                  const std::optional<Day>& feed_date,
                                  const feed::FileFacts& facts) {
  std::string url = fmt::format("{}/v1/{}?limit={}", api, plural, rows_a_page(facts));
  if (feed_date) url += fmt::format("&from={0}&to={0}", to_text(*feed_date));
  return url;
}

// How far to trust that the bytes are those of the manifest. Counting is enough where this
// process has just hashed the very files that it now reads from itself.
enum class Check { digest, counts };

// Calls on_row(tree, number) and on_reject(rejection, number) for each row, in order. Throws
// Failure: unreachable after the last try, corrupt_data when the pages are not the file of
// the manifest (the source changed meanwhile, or its cursor goes in circles).
template <class Row, class OnRow, class OnReject>
void read_delivery(HttpClient& client, const std::string& api, const std::optional<Day>& feed_date,
                   const feed::FileFacts& promised, Check check, json::AnyRowReader<Row>& reader,
                   OnRow&& on_row, OnReject&& on_reject) {
  std::string url = first_page_url(api, Row::plural, feed_date, promised);
  std::set<std::string> seen;
  Sha256 hash;
  std::int64_t bytes = 0;
  std::int64_t rows = 0;
  while (!url.empty()) {
    if (!seen.insert(url).second) {
      throw Failure(FailureKind::corrupt_data,
                    fmt::format("the pages of {} go in circles: {} came twice", Row::plural,
                                without_secrets(url)),
                    "the server is at fault; report it with this message");
    }
    const Response& page = client.get(url, "application/x-ndjson");
    if (check == Check::digest) hash.add(page.text());
    bytes += std::ssize(page.text());
    rows = json::decode_lines(page.text(), rows, reader, on_row, on_reject);
    url = page.next.value_or("");
  }
  if (rows != promised.rows || bytes != promised.bytes ||
      (check == Check::digest && hash.hex() != promised.sha256)) {
    throw Failure(
        FailureKind::corrupt_data,
        fmt::format(
            "{}{} are not what the manifest promises ({} rows and {} bytes came, {} and {} "
            "were promised{})",
            Row::plural, feed_date ? " of " + to_text(*feed_date) : "", rows, bytes, promised.rows,
            promised.bytes,
            rows == promised.rows && bytes == promised.bytes ? "; the SHA-256 differs" : ""),
        "run the same command again: the source may have changed meanwhile");
  }
}

}  // namespace retailsim::extract
