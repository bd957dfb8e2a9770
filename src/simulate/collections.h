// Goods that are sold for one season only, and what becomes of their prices in the end. A spring
// season begins late in January, an autumn season late in July. A season's goods arrive within its
// first ten weeks and leave soon after the next one has begun, so that two collections overlap for
// some weeks, the old one at cut prices.
#pragma once

#include <cstdint>
#include <optional>

#include "simulate/world.h"

namespace retailsim::simulate {

struct WeeksOnShelf {
  std::int32_t first_week;
  std::int32_t last_week;
};

// When a product is on the shelf that belongs to the collection of one of the scenario's seasons;
// none for one that is sold all year. `seasonal` is its category's.
std::optional<WeeksOnShelf> collection_of(const Scenario& scenario, std::uint64_t seed,
                                          std::uint32_t product, double seasonal);

// The part taken off its list price in that week because it leaves soon: 0 before, then more every
// week.
double clearance_depth(const Scenario& scenario, const ProductState& product, int week);

}  // namespace retailsim::simulate
