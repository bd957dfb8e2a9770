// What a product costs: list price and cost are functions of (product, zone, week). They
// stay for an episode of weeks with a phase of its own per product, so none is remembered.
#pragma once

#include <cstdint>
#include <vector>

#include "simulate/world.h"

namespace retailsim::simulate {

struct ListPrice {
  Cents list;
  Cents cost;               // of one unit to the chain; below the list price
  double log_usual;         // log of the product's usual price then, in currency units
  std::int32_t first_week;  // of the episode
  std::int32_t last_week;
};

// The prices of one product in `week`, one per zone, into `zones` (cleared first).
void list_prices(const World& world, std::size_t product, int week, std::vector<ListPrice>& zones);

// The price with `depth_pct` taken off, ended the way shops end their prices; always at
// least one cent below the list price and never below zero.
Cents promotion_price(Cents list, std::int32_t depth_pct, std::uint32_t ending_word);

// Every episode of every product and zone that overlaps the scenario, by product, zone and
// day. The first begins with the scenario or the product's launch; the last has no end.
std::vector<Price> price_rows(const World& world);

}  // namespace retailsim::simulate
