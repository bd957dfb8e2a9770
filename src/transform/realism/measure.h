// One measured figure: its value, or why there is none.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace retailsim::transform::realism {

struct Measure {
  std::optional<double> value;
  std::string_view reason = {};  // why there is no value; a literal

  bool operator==(const Measure&) const = default;
};

constexpr Measure none(std::string_view reason) { return {std::nullopt, reason}; }

// `why` is the reason when there is nothing to take a part of.
constexpr Measure part_of(std::int64_t part, std::int64_t whole, std::string_view why) {
  if (whole <= 0) return none(why);
  return {static_cast<double>(part) / static_cast<double>(whole)};
}

inline constexpr std::string_view no_sales = "no sales";

}  // namespace retailsim::transform::realism
