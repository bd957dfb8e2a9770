// The API as an OpenAPI 3.1 document, made from the same tables and filters that answer it.
#pragma once

#include <string>
#include <string_view>

namespace retailsim::serve {

// The whole document as JSON text, or that of one table's path when `table` names one. Throws
// Failure(wrong_usage) when the feed does not deliver that table.
std::string openapi(std::string_view table = "");

}  // namespace retailsim::serve
