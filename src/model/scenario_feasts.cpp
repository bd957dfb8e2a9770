#include "model/scenario_feasts.h"

#include <charconv>
#include <string>

namespace retailsim {

// The anonymous algorithm printed in Nature, 20 April 1876, and in Meeus, Astronomical
// Algorithms, chapter 8: golden number, century corrections, epact, Sunday.
Day easter_of(int year) {
  const int golden = year % 19;
  const int century = year / 100;
  const int rest = year % 100;
  const int moon_shift = (century - (century + 8) / 25 + 1) / 3;
  const int epact = (19 * golden + century - century / 4 - moon_shift + 15) % 30;
  const int weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
  const int late = (golden + 11 * epact + 22 * weekday) / 451;
  const int count = epact + weekday - 7 * late + 114;
  return Day{std::chrono::year{year} / (count / 31) / (count % 31 + 1)};
}

Day thanksgiving_of(int year) {
  return Day{std::chrono::year{year} / std::chrono::November / std::chrono::Thursday[4]};
}

std::optional<Day> day_of_feast(std::string_view when, int year) {
  struct Movable {
    std::string_view name;
    Day (*of_year)(int);
  };
  constexpr Movable movable[] = {{"easter", easter_of}, {"thanksgiving", thanksgiving_of}};
  for (const auto& [name, of_year] : movable) {
    if (when.substr(0, name.size()) != name) continue;
    std::string_view offset = when.substr(name.size());
    if (offset.empty()) return of_year(year);
    if (offset.size() < 2 || (offset[0] != '+' && offset[0] != '-')) return std::nullopt;
    const int sign = offset[0] == '+' ? 1 : -1;
    offset.remove_prefix(1);
    int days = 0;
    const auto [end, error] = std::from_chars(offset.data(), offset.data() + offset.size(), days);
    if (error != std::errc{} || end != offset.data() + offset.size() || days < 0 || days > 366)
      return std::nullopt;
    return of_year(year) + std::chrono::days(sign * days);
  }
  if (when.size() != 5) return std::nullopt;
  return parse_day(to_text(Day{std::chrono::year{year} / 1 / 1}).substr(0, 5) + std::string{when});
}

}  // namespace retailsim
