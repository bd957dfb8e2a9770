#include "model/time.h"

#include <fmt/core.h>

#include <charconv>

namespace retailsim {
namespace {

std::optional<int> number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::string to_text(Day day) {
  const std::chrono::year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string to_text(Month month) {
  return fmt::format("{:04}-{:02}", month.number / 12, month.number % 12 + 1);
}

std::string to_text(Instant at) {
  const Day day = std::chrono::floor<std::chrono::days>(at);
  const std::int64_t micros = (at - day).count();
  const std::int64_t second = micros / 1'000'000;
  const std::int64_t fraction = micros % 1'000'000;
  return fmt::format("{}T{:02}:{:02}:{:02}{}Z", to_text(day), second / 3600, second / 60 % 60,
                     second % 60, fraction == 0 ? "" : fmt::format(".{:06}", fraction));
}

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return Day{date};
}

std::optional<Month> parse_month(std::string_view text) {
  if (text.size() != 7) return std::nullopt;
  const auto day = parse_day(std::string{text} + "-01");
  if (!day) return std::nullopt;
  return month_of(*day);
}

}  // namespace retailsim
