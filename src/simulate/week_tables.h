// What all stores of the chain share in one week: prices, promotions and the tables from
// which products are drawn. Cells of one week are computed with one such object; it is
// immutable, so they may run on any number of threads.
//
// A product's pull in a week is its weight against usual: (usual price / price to pay) to the
// power of its elasticity, times what mailer and display add. Where habits decide, a product of
// pull below 1 is put back now and then, and what is above 1 draws buyers away from their habits.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "simulate/clock.h"
#include "simulate/world.h"

namespace retailsim::simulate {

// One product on the shelf of one zone in one week.
struct Shelf {
  std::int32_t list = 0;       // cents
  std::int32_t net = 0;        // to pay, cents; list when neither promoted nor cleared
  std::int32_t cost = 0;       // cents
  std::uint32_t promo_id = 0;  // 0: none
};

inline constexpr std::uint32_t usual_pull = 1024;

// Products of one category and zone whose pull is above 1.
struct Bargains {
  float excess = 0;         // sum of popularity × (pull - 1)
  std::uint32_t first = 0;  // in WeekTables::bargain_products
  std::uint32_t count = 0;
};

struct WeekTables {
  int week = 0;
  std::size_t product_count = 0;
  std::size_t category_count = 0;
  std::vector<Shelf> shelves;        // by zone, then product
  std::vector<std::uint16_t> pulls;  // likewise, in parts of usual_pull; 0: not on the shelf
  std::vector<AliasCell> choice;     // likewise: popularity × pull; or empty: nobody asks for it
  std::vector<Bargains> bargains;    // by zone, then category
  std::vector<std::uint32_t> bargain_products;
  std::vector<AliasCell> bargain_cells;  // popularity × (pull - 1) of each
  std::vector<float> seasons;   // by zone, weekday and category: season against its peak, weather
  std::vector<float> calendar;  // by category: its season alone against its peak
  std::vector<float> expected;  // by zone, then product: see stock_forecast.h; or empty
  // By clock: the instant at which each hour of the local week begins, Monday 00:00 first.
  // An hour that the clock shows twice is the earlier one. Stores are closed when clocks change.
  std::vector<std::array<Instant, hours_per_week>> clocks;

  std::size_t place_of(std::uint32_t zone, std::uint32_t product) const {
    return zone * product_count + product;
  }
};

WeekTables build_week(const World& world, int week);

}  // namespace retailsim::simulate
