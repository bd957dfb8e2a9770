// Does a line of JSON hold given values? Reads only as far as the last column asked for.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace retailsim::serve {

struct RowFilter {
  std::string column;
  std::string value;  // as JSON text: 3, "ONLINE"
};

// True when the root object of `line` has each column with exactly that text as value;
// members of nested objects do not count. A line that is no JSON object up to that point
// matches nothing. At most 64 filters.
bool matches(std::string_view line, std::span<const RowFilter> filters);

}  // namespace retailsim::serve
