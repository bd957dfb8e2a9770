// What all stores of the chain share in one week: prices, promotions and the tables from
// which products are drawn. Cells of one week are computed with one such object; it is
// immutable, so they may run on any number of threads.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "simulate/clock.h"
#include "simulate/world.h"

namespace retailsim::simulate {

// One product on the shelf of one zone in one week.
struct Shelf {
  std::int32_t list = 0;         // cents
  std::int32_t net = 0;          // to pay, cents; list when not on promotion
  std::int32_t cost = 0;         // cents
  std::uint32_t promo_id = 0;    // 0: none
  std::uint32_t many_bound = 0;  // `word < bound`: more than one unit is bought
  std::uint32_t many_table = 0;  // which law of quantities above one (by price)
};

struct WeekTables {
  int week = 0;
  std::size_t product_count = 0;
  std::vector<AliasCell> choice;  // by zone, then product; one table per category
  std::vector<Shelf> shelves;     // by zone, then product
  std::vector<double> season;     // by category: factor on its share
  // By clock: the instant at which each hour of the local week begins, Monday 00:00 first.
  // An hour that the clock shows twice is the earlier one. Stores are closed when clocks change.
  std::vector<std::array<Instant, hours_per_week>> clocks;

  const AliasCell* choice_of(std::uint32_t zone, std::uint32_t first_product) const {
    return choice.data() + zone * product_count + first_product;
  }
  const Shelf* shelves_of(std::uint32_t zone) const {
    return shelves.data() + zone * product_count;
  }
};

WeekTables build_week(const World& world, int week);

}  // namespace retailsim::simulate
