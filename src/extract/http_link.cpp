#include "extract/http_link.h"

#include <curl/curl.h>

#include <fmt/core.h>

#include <algorithm>
#include <memory>

namespace retailsim::extract {
namespace {

using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

Url parsed(const std::string& text) {
  Url url{curl_url(), &curl_url_cleanup};
  if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) url.reset();
  return url;
}

// Empty when the URL has no such part.
std::string part(const Url& url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url.get(), which, &text, flags) != CURLUE_OK) return {};
  std::string copy{text};
  curl_free(text);
  return copy;
}

bool has_same_origin(const Url& a, const Url& b) {
  return part(a, CURLUPART_SCHEME) == part(b, CURLUPART_SCHEME) &&
         part(a, CURLUPART_HOST) == part(b, CURLUPART_HOST) &&
         part(a, CURLUPART_PORT, CURLU_DEFAULT_PORT) == part(b, CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

std::string lower(std::string_view text) {
  std::string copy{text};
  std::ranges::transform(copy, copy.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return copy;
}

// True for `rel="next"`, `rel=next` and `rel="last next"` among the parameters of a link.
bool is_next(std::string_view parameters) {
  while (!parameters.empty()) {
    parameters.remove_prefix(std::min(parameters.size(), parameters.find_first_not_of("; \t")));
    const std::size_t end = parameters.find(';');
    std::string one = lower(parameters.substr(0, end));
    parameters.remove_prefix(std::min(parameters.size(), end));
    std::erase_if(one, [](char c) { return c == '"'; });
    if (!one.starts_with("rel=")) continue;
    return fmt::format(" {} ", one.substr(4)).find(" next ") != std::string::npos;
  }
  return false;
}

}  // namespace

std::optional<std::string> next_link(std::string_view header) {
  for (;;) {
    const std::size_t open = header.find('<');
    const std::size_t close = header.find('>', open);
    if (close == header.npos) return std::nullopt;
    const std::string_view target = header.substr(open + 1, close - open - 1);
    header.remove_prefix(close + 1);
    if (is_next(header.substr(0, header.find(',')))) return std::string{target};
  }
}

std::optional<std::string> resolve(const std::string& base, const std::string& reference) {
  const Url from = parsed(base);
  const Url to = parsed(base);
  if (!from || curl_url_set(to.get(), CURLUPART_URL, reference.c_str(), 0) != CURLUE_OK ||
      !has_same_origin(from, to))
    return std::nullopt;
  return part(to, CURLUPART_URL);
}

std::string without_secrets(const std::string& url) {
  const Url shown = parsed(url);
  if (!shown) return url.find('@') == url.npos ? url : "(a URL that cannot be read)";
  curl_url_set(shown.get(), CURLUPART_USER, nullptr, 0);
  curl_url_set(shown.get(), CURLUPART_PASSWORD, nullptr, 0);
  return part(shown, CURLUPART_URL);
}

}  // namespace retailsim::extract
