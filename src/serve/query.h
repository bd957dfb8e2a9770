// The parameters of a request for rows, checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "serve/cursor.h"
#include "serve/row_filter.h"
#include "serve/served_table.h"

namespace retailsim::serve {

inline constexpr std::int64_t default_limit = 1000;
inline constexpr std::int64_t largest_limit = 100'000;

struct Query {
  const ServedTable* table = nullptr;
  std::optional<Day> from, to;  // feed dates, both included
  std::int64_t limit = default_limit;
  std::optional<Position> start;  // from the cursor; none: at the beginning
  std::vector<RowFilter> filters;
  std::string scope;   // what a cursor of this query is good for
  std::string others;  // all parameters but the cursor, percent-encoded: "limit=10&"
};

// `text` is what follows the ? of a URL; `digest` names the feed. Throws
// Failure(wrong_usage) that says what is wrong and what would be right.
Query parse_query(const ServedTable& table, std::string_view text, std::string_view digest);

}  // namespace retailsim::serve
