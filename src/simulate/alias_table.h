// Draws from a fixed discrete distribution in constant time (Walker 1977, Vose 1991): one
// random word picks a cell and the side of the cell.
#pragma once

#include <cstdint>
#include <span>

#include "simulate/random.h"

namespace retailsim::simulate {

struct AliasCell {
  std::uint32_t bound;  // below it, the cell's own number; else `other`
  std::uint32_t other;
};

// Fills `cells` so that number i is drawn in proportion to weights[i]. Weights are not
// negative and at least one is positive; a number of weight 0 is never drawn.
// `weights` is used as working space and holds nothing meaningful afterwards.
void build_alias_table(std::span<double> weights, std::span<AliasCell> cells);

inline std::uint32_t draw_alias(const AliasCell* cells, std::uint32_t count, std::uint32_t word) {
  const std::uint64_t product = static_cast<std::uint64_t>(word) * count;
  const auto number = static_cast<std::uint32_t>(product >> 32);
  const AliasCell& cell = cells[number];
  return static_cast<std::uint32_t>(product) < cell.bound ? number : cell.other;
}

// The same in half the memory, for tables of at most 2^16 numbers: a number of weight 0 may be
// drawn once in 2^16 draws of its cell.
struct SmallAliasCell {
  std::uint16_t bound;
  std::uint16_t other;
};

inline SmallAliasCell small_cell(const AliasCell& cell) {
  return {static_cast<std::uint16_t>(cell.bound >> 16), static_cast<std::uint16_t>(cell.other)};
}

inline std::uint32_t draw_alias(const SmallAliasCell* cells, std::uint32_t count,
                                std::uint32_t word) {
  const std::uint64_t product = static_cast<std::uint64_t>(word) * count;
  const auto number = static_cast<std::uint32_t>(product >> 32);
  const SmallAliasCell& cell = cells[number];
  return static_cast<std::uint32_t>(product) >> 16 < cell.bound ? number : cell.other;
}

}  // namespace retailsim::simulate
