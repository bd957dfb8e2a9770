#include "serve/row_filter.h"

#include <cassert>
#include <cstdint>

namespace retailsim::serve {
namespace {

// A place in a line. Every step stays inside the text; at its end `peek` gives 0, which no
// rule below expects, so a line that breaks off simply stops fitting.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : at_(text.data()), end_(at_ + text.size()) {}

  bool take(char expected) {
    skip_space();
    if (peek() != expected) return false;
    ++at_;
    return true;
  }

  // A string with its quotes, escapes untouched; empty when there is none here.
  std::string_view string() {
    skip_space();
    const char* const start = at_;
    if (peek() != '"') return {};
    for (++at_; at_ < end_; ++at_) {
      if (*at_ == '\\') {
        ++at_;
      } else if (*at_ == '"') {
        return {start, static_cast<std::size_t>(++at_ - start)};
      }
    }
    at_ = end_;
    return {};
  }

  // Any value: a string, a word or number, or a whole object or array.
  std::string_view value() {
    skip_space();
    if (peek() == '"') return string();
    const char* const start = at_;
    int depth = 0;
    while (at_ < end_) {
      const char c = *at_;
      if (c == '"') {
        if (string().empty()) return {};
        continue;
      }
      if (depth == 0 && (c == ',' || c == '}' || c == ']' || is_space(c))) break;
      depth += (c == '{' || c == '[') - (c == '}' || c == ']');
      ++at_;
    }
    return {start, static_cast<std::size_t>(at_ - start)};
  }

 private:
  static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
  char peek() const { return at_ < end_ ? *at_ : '\0'; }
  void skip_space() {
    while (is_space(peek())) ++at_;
  }

  const char* at_;
  const char* end_;
};

}  // namespace

bool matches(std::string_view line, std::span<const RowFilter> filters) {
  assert(filters.size() <= 64);
  const std::uint64_t all = filters.empty() ? 0 : ~std::uint64_t{0} >> (64 - filters.size());
  std::uint64_t found = 0;
  Scanner scan{line};
  for (bool more = scan.take('{'); more && found != all; more = scan.take(',')) {
    const std::string_view name = scan.string();
    if (name.empty() || !scan.take(':')) return false;
    const std::string_view value = scan.value();
    for (std::size_t i = 0; i < filters.size(); ++i) {
      if (name.substr(1, name.size() - 2) != filters[i].column) continue;
      if (value != filters[i].value) return false;
      found |= std::uint64_t{1} << i;
    }
  }
  return found == all;
}

}  // namespace retailsim::serve
