// Where the next page begins, as the text a client sends back. It names a file and a byte,
// so going on costs the same on page one and on page one million, and it survives a
// restart of the server.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/time.h"

namespace retailsim::serve {

struct Position {
  std::optional<Day> feed_date;  // none in a snapshot
  std::uint64_t offset = 0;      // first byte of the next row in that day's file
  bool operator==(const Position&) const = default;
};

// `scope` says what the cursor is good for: feed, table and filters. It is sealed with a
// hash, so that a broken cursor, or one of other rows, is noticed instead of followed.
std::string write_cursor(const Position& position, std::string_view scope);
std::optional<Position> read_cursor(std::string_view cursor, std::string_view scope);

}  // namespace retailsim::serve
