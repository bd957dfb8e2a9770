#include "serve/http_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

#include "base/failure.h"

namespace retailsim::serve {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// The text before the first `mark`, which is removed from `rest` together with the mark.
std::string_view take_until(std::string_view& rest, char mark) {
  const std::string_view taken = rest.substr(0, rest.find(mark));
  rest.remove_prefix(std::min(rest.size(), taken.size() + 1));
  return taken;
}

// "0.85" -> 850. What can't be read counts as fully liked, as if it were not there.
int thousandths(std::string_view weight) {
  if (weight.empty() || (weight[0] != '0' && weight[0] != '1')) return 1000;
  int value = (weight[0] - '0') * 1000;
  int unit = 100;
  for (std::size_t i = 2; i < std::min<std::size_t>(weight.size(), 5); ++i, unit /= 10) {
    if (weight[i] < '0' || weight[i] > '9') return 1000;
    value += (weight[i] - '0') * unit;
  }
  return std::min(value, 1000);
}

struct Wish {
  std::string_view name;  // "application/json", "gzip", "*"
  int weight = 1000;      // q in thousandths; 0 forbids
};

std::vector<Wish> wishes(std::string_view header) {
  std::vector<Wish> all;
  while (!header.empty()) {
    std::string_view entry = take_until(header, ',');
    Wish wish{trimmed(take_until(entry, ';'))};
    while (!entry.empty()) {
      std::string_view parameter = trimmed(take_until(entry, ';'));
      if (same_word(trimmed(take_until(parameter, '=')), "q"))
        wish.weight = thousandths(trimmed(parameter));
    }
    if (!wish.name.empty()) all.push_back(wish);
  }
  return all;
}

// How much a type of content is liked: by weight, then by how exactly it was named.
using Liking = std::pair<int, int>;

Liking liking(const std::vector<Wish>& all, std::string_view type) {
  const std::array<std::string_view, 3> ranges{"*/*", "application/*", type};
  Liking found{0, -1};
  for (const Wish& wish : all) {
    for (int exactness = 0; exactness < 3; ++exactness) {
      if (same_word(wish.name, ranges[static_cast<std::size_t>(exactness)]) &&
          exactness > found.second)
        found = {wish.weight, exactness};
    }
  }
  return found;
}

}  // namespace

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (is_plain) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    unsigned char byte = 0;
    const char* const digits = text.data() + i + 1;
    if (text.size() - i < 3 || std::from_chars(digits, digits + 2, byte, 16).ptr != digits + 2)
      return std::nullopt;
    decoded += static_cast<char>(byte);
    i += 2;
  }
  return decoded;
}

Parameters split_query(std::string_view query) {
  Parameters parameters;
  while (!query.empty()) {
    std::string value{take_until(query, '&')};
    if (value.empty()) continue;
    std::ranges::replace(value, '+', ' ');
    std::string_view rest = value;
    const auto name = percent_decoded(take_until(rest, '='));
    const auto decoded = percent_decoded(rest);
    if (!name || !decoded) {
      throw Failure(FailureKind::wrong_usage,
                    fmt::format("\"{}\" has a % without two hexadecimal digits after it", value),
                    "write a percent sign as %25");
    }
    if (std::ranges::find(parameters, *name, &Parameters::value_type::first) != parameters.end())
      throw Failure(FailureKind::wrong_usage, fmt::format("{} is given twice", *name),
                    "give each parameter once");
    parameters.emplace_back(*name, *decoded);
  }
  return parameters;
}

std::optional<Format> chosen_format(std::string_view accept) {
  const auto all = wishes(accept);
  if (all.empty()) return Format::json;
  const Liking json = liking(all, "application/json");
  const Liking ndjson = liking(all, "application/x-ndjson");
  if (json.first == 0 && ndjson.first == 0) return std::nullopt;
  return ndjson > json ? Format::ndjson : Format::json;
}

bool wants_gzip(std::string_view accept_encoding) {
  std::optional<int> gzip, identity, any;
  for (const Wish& wish : wishes(accept_encoding)) {
    if (same_word(wish.name, "gzip")) gzip = wish.weight;
    if (same_word(wish.name, "identity")) identity = wish.weight;
    if (wish.name == "*") any = wish.weight;
  }
  if (!gzip) gzip = any;
  return gzip.value_or(0) > 0 && *gzip >= identity.value_or(0);
}

std::string_view bearer_token(std::string_view authorization) {
  authorization = trimmed(authorization);
  if (!same_word(take_until(authorization, ' '), "Bearer")) return {};
  return trimmed(authorization);
}

}  // namespace retailsim::serve
