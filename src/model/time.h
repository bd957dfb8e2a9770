// The two kinds of time in the chain: an instant (UTC, microseconds) and the
// store's own calendar day.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace retailsim {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;
using Day = std::chrono::sys_days;

// Four-digit years only: RFC 3339 has no other.
inline constexpr Day first_day = std::chrono::year{1} / 1 / 1;
inline constexpr Day last_day = std::chrono::year{9999} / 12 / 31;

// Weeks run Monday to Sunday and are counted from Monday, 2000-01-03 (week 0).
inline constexpr Day first_monday = std::chrono::year{2000} / 1 / 3;
constexpr int week_of(Day day) {
  return static_cast<int>((day - first_monday).count() -
                          ((day - first_monday).count() % 7 + 7) % 7) /
         7;
}
constexpr Day monday_of(int week) { return first_monday + std::chrono::days(7 * week); }
// Monday 0 … Sunday 6.
constexpr int weekday_of(Day day) {
  return static_cast<int>((day - monday_of(week_of(day))).count());
}

// A calendar month; `number` counts from year 0 so that months subtract.
struct Month {
  std::int32_t number = 0;
  friend constexpr auto operator<=>(Month, Month) = default;
};
constexpr Month month_of(Day day) {
  const std::chrono::year_month_day date{day};
  return {static_cast<int>(date.year()) * 12 +
          static_cast<int>(static_cast<unsigned>(date.month())) - 1};
}
constexpr Day first_day_of(Month month) {
  return std::chrono::year{month.number / 12} /
         std::chrono::month{static_cast<unsigned>(month.number % 12 + 1)} / 1;
}
constexpr Day last_day_of(Month month) {
  return first_day_of({month.number + 1}) - std::chrono::days(1);
}

std::string to_text(Day day);      // 2024-01-31
std::string to_text(Month month);  // 2024-01
std::string to_text(Instant at);   // 2024-01-31T08:15:00Z, with microseconds when there are any

// Nothing when the text is not exactly YYYY-MM-DD of a real day.
std::optional<Day> parse_day(std::string_view text);
std::optional<Month> parse_month(std::string_view text);

}  // namespace retailsim
