// What lies in a basket: categories by mission, season and store, each followed by more of
// the same or by what goes with it; then a product of the category by popularity and price.
// The choice of a category sees no price, so a promotion moves lines of its category only.
#pragma once

#include <vector>

#include "simulate/arrivals.h"
#include "simulate/week_tables.h"

namespace retailsim::simulate {

class Baskets {
 public:
  // Prepares the category tables of one store and week. Both references must outlive it.
  Baskets(const Cell& cell, const WeekTables& tables);

  // Appends the lines of a buyer's basket, at least one, without their receipt's id and day.
  // Line numbers are slots from 1; a product that is already in the basket leaves a gap.
  void fill(const Arrival& arrival, std::vector<TransactionLine>& lines) const;

 private:
  std::uint32_t next_category(const std::vector<AliasCell>& fresh, std::uint32_t before,
                              std::uint32_t branch, std::uint32_t choice) const;

  const Cell& cell_;
  const WeekTables& tables_;
  std::vector<AliasCell> categories_[2];  // fill in, stock up
  std::uint32_t same_bound_;              // `word < bound`: the category of the line before
  std::uint32_t partner_bound_;           // else, below this: its partner
};

}  // namespace retailsim::simulate
