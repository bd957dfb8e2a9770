// What lies in a basket. Each slot gets a category: that of the slot before, one that goes with
// an earlier one, or one of the aisles that the trip plans to visit. Then a product of the
// category: one of the household's favourites, or one that a low price or a promotion draws it
// to; anonymous buyers choose by popularity and pull. A promotion may also add a line.
//
// The choice of a category sees no price, so a promotion moves lines of its category only.
#pragma once

#include <array>
#include <vector>

#include "simulate/arrivals.h"
#include "simulate/week_tables.h"

namespace retailsim::simulate {

// A line that a promotion adds to that of a slot is numbered so much higher.
inline constexpr std::int32_t added_line = most_lines;

class Baskets {
 public:
  // Both references must outlive it.
  Baskets(const Cell& cell, const WeekTables& tables);

  // Appends the lines of a buyer's basket, at least one, without their receipt's id and day.
  // Line numbers are slots from 1; a product that is already in the basket leaves a gap.
  void fill(const Arrival& arrival, std::vector<TransactionLine>& lines) const;

  // Makes `line` one of another product, as this buyer would take it: in the same slot, at its
  // own price. `quantity` (0 … 1) decides how much of it.
  void take_instead(const Arrival& arrival, std::uint32_t product, float quantity,
                    TransactionLine& line) const;

 private:
  class Filling;

  const Cell& cell_;
  const WeekTables& tables_;
};

}  // namespace retailsim::simulate
