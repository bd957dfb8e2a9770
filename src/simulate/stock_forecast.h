// What the planner of deliveries knows: how much of each product a store will sell until the
// next delivery, and with what error. Everything is worked out from the world, nothing from
// what was drawn: a withdrawn promotion changes the forecasts of its category only.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "simulate/week_tables.h"
#include "simulate/world.h"

namespace retailsim::simulate {

// What holds for all weeks.
struct StockPlan {
  static constexpr std::size_t error_steps = 256;

  std::vector<float> usual_lines;                  // by store, category: lines of a usual week
  std::vector<float> season_peaks;                 // by category: its best week against a usual one
  std::vector<float> spoiled_a_day;                // by category: share of what is left unsold
  std::array<float, error_steps> errors;           // factors on the forecast, equally likely
  std::array<float, error_steps> promoted_errors;  // the same for what is on promotion

  std::uint32_t is_looked_for;  // `word < bound`: the shopper looks for another product
  std::uint32_t is_missed;      // `word < bound`: a delivery does not come
  std::uint32_t is_short;       // `word < bound`: a count finds units missing
};

// By zone, then product: the units that a line of its category is expected to bring, given the
// week's prices and promotions. 0: not on the shelf.
std::vector<float> expected_units(const World& world, const WeekTables& tables);

// What the planner of a store expects of each product in one week.
struct StockForecast {
  std::vector<std::uint16_t> words;  // by product; decide its error and how much of it spoils
  std::vector<float> units;          // by product: sold in a usual week; 0: not on the shelf
  std::vector<float> roots;          // their square roots

  // Of a product: 4 bits each for the deliveries before Thursday and Monday, as 0 … 1.
  float spoiling_unit(std::uint32_t product, bool is_thursday) const {
    const std::uint32_t bits = is_thursday ? words[product] : words[product] >> 4u;
    return static_cast<float>(bits & 15) / 16;
  }
};

void forecast_week(const World& world, const WeekTables& tables, std::uint32_t store,
                   StockForecast& forecast);

// How far a delivery fills each product's shelf. `part` is what the store expects until the
// next delivery, as a part of a usual week.
void plan_stock(const Scenario& scenario, const StockForecast& forecast, double part,
                std::vector<std::int32_t>& units);

}  // namespace retailsim::simulate
