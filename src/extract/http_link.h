// The Link header (RFC 8288) as far as paging needs it, and URLs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace retailsim::extract {

// The target of the first link whose relation is `next`, as written; links may be several
// in one header, parameters come in any order.
std::optional<std::string> next_link(std::string_view link_header);

// `reference` seen from `base`, as a browser would follow it. Nothing when it leads to
// another scheme, host or port (a token must not follow it there) or is no URL.
std::optional<std::string> resolve(const std::string& base, const std::string& reference);

// The URL without user and password, for messages.
std::string without_secrets(const std::string& url);

}  // namespace retailsim::extract
