// Where households live and which stores are near them, by Huff's model: of all stores a shopper
// chooses one with probability size × distance^-exponent, in parts of the sum over stores (D. Huff,
// "A probabilistic analysis of shopping center trade areas", Land Economics 39, 1963; 2 is usual).
//
// A town has as many people as its stores have floor, so a store still draws about as many as its
// size says; they live in neighbourhoods around the middle of the town. A neighbourhood is one
// point, so a table of probabilities each is enough for any number of households.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "simulate/random.h"
#include "simulate/world.h"

namespace retailsim::simulate {

// On the ground; a store next door is half a kilometre away.
double distance_km(const Neighbourhood& from, const StoreSite& to);

class Neighbourhoods {
 public:
  // `candidates` are the stores to choose from, as indices in World::stores; not empty.
  Neighbourhoods(const World& world, std::span<const std::uint32_t> candidates);

  const std::vector<Neighbourhood>& all() const { return points_; }

  // Where a household lives. Two words.
  std::uint32_t draw(Draws& draws) const;

  // The stores it goes to, as indices in `candidates`: any, or one beside `home`. In a town far
  // from the next the latter is nearly always `home` too, as the law of Huff has it.
  std::uint32_t draw_store(std::uint32_t neighbourhood, Draws& draws) const;
  std::uint32_t draw_other_store(std::uint32_t neighbourhood, std::uint32_t home,
                                 Draws& draws) const;

 private:
  const AliasCell* cells_of(std::uint32_t neighbourhood) const {
    return stores_.data() + std::size_t{neighbourhood} * store_count_;
  }

  std::uint32_t store_count_;
  std::uint32_t per_town_;
  std::vector<Neighbourhood> points_;  // town after town
  std::vector<AliasCell> towns_;       // by size
  std::vector<AliasCell> stores_;      // by neighbourhood, then candidate
};

}  // namespace retailsim::simulate
