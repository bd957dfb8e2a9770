#include "base/text.h"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

namespace retailsim {
namespace {

// Edits that turn `a` into `b`: insertions, deletions, replacements, and swaps of neighbours
// (the optimal string alignment distance).
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        table[i][j] = i + j;
        continue;
      }
      const std::size_t replaced = table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      table[i][j] = std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
    }
  }
  return table[a.size()][b.size()];
}

}  // namespace

std::optional<std::string> nearest(std::string_view given, std::span<const std::string> known) {
  std::optional<std::string> best;
  std::size_t fewest = std::max<std::size_t>(1, given.size() / 3) + 1;
  for (const auto& name : known) {
    const std::size_t distance = edits(given, name);
    if (distance < fewest) {
      fewest = distance;
      best = name;
    }
  }
  return best;
}

std::string join(std::span<const std::string> parts, std::string_view between) {
  std::string text;
  for (const auto& part : parts) {
    if (!text.empty()) text += between;
    text += part;
  }
  return text;
}

std::string plain_reason(std::string_view said) {
  if (said.starts_with('[') && said.find("] ") != said.npos)
    said.remove_prefix(said.find("] ") + 2);
  std::string text;
  for (const char c : said) {
    if (c == '\n' || c == '\r') break;
    text += c >= ' ' && c <= '~' ? c : '?';
  }
  return text;
}

std::string with_thousands(std::int64_t number) {
  const auto size =
      number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
  const std::string digits = fmt::format("{}", size);
  std::string text = number < 0 ? "-" : "";
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

}  // namespace retailsim
