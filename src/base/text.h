// Small things with text that several rooms need.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace retailsim {

// The entry of `known` with the fewest edits to `given`, when that is at most a third of
// its length: what a user most likely meant.
std::optional<std::string> nearest(std::string_view given, std::span<const std::string> known);

std::string join(std::span<const std::string> parts, std::string_view between);

// What a library says of an error, fit for a message: one line, nothing unprintable, without a
// tag of its own such as "[json.exception.parse_error.101] ".
std::string plain_reason(std::string_view said);

// 1234567 -> "1,234,567".
std::string with_thousands(std::int64_t number);

}  // namespace retailsim
