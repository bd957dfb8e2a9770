// What a shopper who comes for one of the two missions puts into the basket: aisles by
// planned visit and taste, then a category of the aisle by taste.
#pragma once

#include "simulate/arrivals.h"
#include "simulate/world.h"

namespace retailsim::simulate {

// The aisles of one trip.
struct PlannedAisles {
  std::array<float, most_aisles> cumulated;  // weights; beyond the last aisle their sum again
  const SmallAliasCell* categories;          // the shopper's; see Tastes::categories_of
};

// `draws` decides which aisles and departments the trip plans to visit: more for a larger
// basket. A constant number of words.
PlannedAisles plan_aisles(const World& world, std::uint32_t taste, MissionKind mission,
                          std::uint32_t lines, LineDraws& draws);

// A category: the upper half of one random word chooses the aisle, another the category there.
std::uint32_t draw_category(const World& world, const PlannedAisles& aisles,
                            std::uint32_t aisle_word, std::uint32_t word);

}  // namespace retailsim::simulate
