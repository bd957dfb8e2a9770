// When in the year a category sells: a yearly wave, and more before the feasts it belongs to.
#pragma once

#include "simulate/world.h"

namespace retailsim::simulate {

// Factor on the category's share in `week`; its mean over a usual year is about 1.
double season_of(const CategoryState& category, int week);

// The largest factor of a usual year.
double season_peak(const CategoryState& category);

}  // namespace retailsim::simulate
