// The parts of HTTP that are plain text: query strings, and what a client says it accepts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace retailsim::serve {

// Everything but letters, digits and -._~ becomes %XX: safe in a query and in a header.
std::string percent_encoded(std::string_view text);

// Nothing when a % is not followed by two hexadecimal digits.
std::optional<std::string> percent_decoded(std::string_view text);

using Parameters = std::vector<std::pair<std::string, std::string>>;

// `a=1&b=x%20y` in the order given, `+` read as a space. Throws Failure(wrong_usage) for
// broken percent signs and for a name that is given twice.
Parameters split_query(std::string_view query);

// How the rows of a page are written: one JSON document, or one JSON object a line.
enum class Format { json, ndjson };

// The format an Accept header likes best, JSON when it likes both alike (also when there
// is no such header); nothing when it allows neither.
std::optional<Format> chosen_format(std::string_view accept);

// True when an Accept-Encoding header allows gzip and does not like plain bytes better.
bool wants_gzip(std::string_view accept_encoding);

// The token of `Authorization: Bearer TOKEN`; empty when it says anything else.
std::string_view bearer_token(std::string_view authorization);

}  // namespace retailsim::serve
