// Lengths of time, and from the clock on a store's wall to UTC.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "model/time.h"

namespace retailsim::simulate {

inline constexpr std::size_t hours_per_week = 168;
inline constexpr double days_per_year = 365.25;
inline constexpr double weeks_per_year = days_per_year / 7;

// The instants at which the 168 hours of a local week begin, Monday 00:00 first. An hour
// that the clock shows twice is the earlier one; one that it skips begins when it would
// have. Throws Failure(wrong_usage) when the system knows no such time zone.
std::array<Instant, hours_per_week> hours_of_week(std::string_view timezone, Day monday);

}  // namespace retailsim::simulate
