// When in the year a category sells: a yearly wave, and more before the feasts it belongs to.
#pragma once

#include <array>

#include "simulate/world.h"

namespace retailsim::simulate {

// How near a week lies to each feast: 1 a few days before it, falling to 0 within two weeks.
using FeastsNear = std::array<double, feast_count>;
FeastsNear feasts_near(int week);

// Factor on the category's share in `week`; its mean over a usual year is about 1.
double season_of(const CategoryState& category, int week, const FeastsNear& near);

// The largest factor of a usual year.
double season_peak(const CategoryState& category);

}  // namespace retailsim::simulate
