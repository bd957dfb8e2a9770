// What a product costs: list price and cost are functions of (product, zone, week). They
// stay for an episode of weeks with a phase of its own per product, so none is remembered;
// the world holds those of its scenario.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "simulate/world.h"

namespace retailsim::simulate {

struct PriceEpisode {
  std::int32_t first_week;
  std::int32_t last_week;
};
PriceEpisode price_episode(const ProductState& product, int week);

// A product's prices in `week`: one per zone, or a single one for all. `week` is one of the
// scenario's.
inline std::span<const EpisodePrice> prices_of(const World& world, const ProductState& product,
                                               int week) {
  const int episode = (week + product.price_phase) / product.price_weeks -
                      (world.first_week() + product.price_phase) / product.price_weeks;
  const std::size_t count = product.has_zone_prices ? world.zones.size() : 1;
  return {world.prices.data() + product.first_price + static_cast<std::size_t>(episode) * count,
          count};
}

// The price on the shelf nearest to `cents`, ended the way shops end their prices. `word`
// decides how; the same word gives a product the same habit.
Cents shelf_price(double cents, std::uint32_t word);

// The price with `depth` (0 … 1) taken off, ended likewise; always at least one cent below
// the list price and never below zero.
Cents promotion_price(Cents list, double depth, std::uint32_t word);

// Every episode of every product and zone that overlaps the scenario, by product, zone and
// day. The first begins with the scenario or the product's launch; the last has no end.
std::vector<Price> price_rows(const World& world);

}  // namespace retailsim::simulate
