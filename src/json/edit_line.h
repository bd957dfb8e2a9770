// Changes to a line of JSON that encode.h has just written: what a faulty source system sends
// instead. It relies on that exact form (no blanks, no escapes in the keys) and is no general
// editor of JSON.
#pragma once

#include <string>
#include <string_view>

namespace retailsim::json {

inline constexpr int root_row = -1;

// Puts `token` in the place of the value of `column`. `child` is the place of the nested row
// below `children` that is meant, or root_row. The column must be there.
void replace_value(std::string& line, std::string_view children, int child, std::string_view column,
                   std::string_view token);

// Adds `"name":value` as the last field of the row itself.
void add_field(std::string& line, std::string_view field);

// Breaks the line off in the middle.
void cut_off(std::string& line);

}  // namespace retailsim::json
