#include "serve/cursor.h"

#include <fmt/core.h>

#include <charconv>

#include "base/sha256.h"

namespace retailsim::serve {
namespace {

constexpr std::string_view snapshot = "all";

}  // namespace

std::string write_cursor(const Position& position, std::string_view scope) {
  const std::string place = fmt::format(
      "{}.{}", position.feed_date ? to_text(*position.feed_date) : snapshot, position.offset);
  return fmt::format("{}.{}", place, sha256(fmt::format("{}\n{}", place, scope)).substr(0, 16));
}

std::optional<Position> read_cursor(std::string_view cursor, std::string_view scope) {
  const auto dot = cursor.find('.');
  if (dot == cursor.npos) return std::nullopt;
  Position position;
  if (cursor.substr(0, dot) != snapshot) {
    position.feed_date = parse_day(cursor.substr(0, dot));
    if (!position.feed_date) return std::nullopt;
  }
  const char* const digits = cursor.data() + dot + 1;
  if (std::from_chars(digits, cursor.data() + cursor.size(), position.offset).ec != std::errc{})
    return std::nullopt;
  if (write_cursor(position, scope) != cursor) return std::nullopt;
  return position;
}

}  // namespace retailsim::serve
