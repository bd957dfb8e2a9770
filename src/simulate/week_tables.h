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

// One product on the shelf in one week: all that a line needs to know of it.
struct Shelf {
  std::int32_t list = 0;       // cents
  std::int32_t net = 0;        // to pay, cents; list when neither promoted nor cleared
  std::int32_t cost = 0;       // cents
  std::uint32_t promo_id = 0;  // 0: none
  float many_odds = 0;         // as in EpisodePrice
  std::uint32_t zones = 0;     // 0: the same in all; else 1 + its first in WeekTables::zone_shelves
  std::uint16_t category = 0;
  bool is_weighed = false;
};

inline constexpr std::uint32_t usual_pull = 1024;

struct WeekTables {
  int week = 0;
  std::size_t product_count = 0;
  std::size_t category_count = 0;
  std::vector<Shelf> shelves;        // by product
  std::vector<Shelf> zone_shelves;   // of products for which zones differ: one for each of them
  std::vector<std::uint16_t> pulls;  // by zone, then product: in usual_pull; 0: not on the shelf
  std::vector<AliasCell> choice;     // likewise: popularity × pull; or empty: nobody asks for it
  // By zone, then product: popularity × (pull - 1) where that is above 0, summed up from the first
  // product of the category on. What draws buyers away from their habits.
  std::vector<float> bargains;
  std::vector<float> seasons;   // by zone, weekday and category: season against its peak, weather
  std::vector<float> calendar;  // by category: its season alone against its peak
  std::vector<float> expected;  // by zone, then product: see stock_forecast.h; or empty
  // By clock: the instant at which each hour of the local week begins, Monday 00:00 first.
  // An hour that the clock shows twice is the earlier one. Stores are closed when clocks change.
  std::vector<std::array<Instant, hours_per_week>> clocks;

  // By category: season and weather of a weekday.
  const float* seasons_of(std::uint32_t zone, std::uint32_t weekday) const {
    return seasons.data() + (std::size_t{7} * zone + weekday) * category_count;
  }
  const Shelf& shelf(std::uint32_t zone, std::uint32_t product) const {
    const Shelf& common = shelves[product];
    return common.zones == 0 ? common : zone_shelves[common.zones - 1 + zone];
  }
  std::size_t place_of(std::uint32_t zone, std::uint32_t product) const {
    return zone * product_count + product;
  }
};

WeekTables build_week(const World& world, int week);

}  // namespace retailsim::simulate
