#include "simulate/alias_table.h"

#include <gtest/gtest.h>

#include <vector>

namespace retailsim::simulate {
namespace {

// The exact probabilities that a table gives, by adding up its cells.
std::vector<double> shares_of(std::vector<double> weights) {
  std::vector<AliasCell> cells(weights.size());
  build_alias_table(weights, cells);
  std::vector<double> shares(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const double own = cells[i].bound / 4294967296.0;
    shares[i] += own / static_cast<double>(cells.size());
    shares[cells[i].other] += (1 - own) / static_cast<double>(cells.size());
  }
  return shares;
}

TEST(AliasTable, NumbersAreDrawnInProportionToTheirWeights) {
  const std::vector<std::vector<double>> examples = {
      {1}, {1, 1, 1}, {1, 2, 3, 4}, {4, 3, 2, 1}, {100, 0, 1, 0, 7}, {0, 0, 5}, {1e-9, 1, 1e9}};
  for (const auto& weights : examples) {
    double sum = 0;
    for (const double weight : weights) sum += weight;
    const auto shares = shares_of(weights);
    for (std::size_t i = 0; i < weights.size(); ++i) EXPECT_NEAR(shares[i], weights[i] / sum, 1e-8);
  }
}

TEST(AliasTable, ALongTailIsKept) {
  std::vector<double> weights;
  double sum = 0;
  for (int rank = 1; rank <= 1000; ++rank) sum += weights.emplace_back(1.0 / rank);
  const auto shares = shares_of(weights);
  for (std::size_t i = 0; i < weights.size(); ++i) EXPECT_NEAR(shares[i], weights[i] / sum, 1e-8);
}

TEST(AliasTable, WhatHasNoWeightIsNeverDrawn) {
  std::vector<double> weights{0, 3, 0, 0, 1, 0};
  std::vector<AliasCell> cells(weights.size());
  build_alias_table(weights, cells);
  for (std::uint64_t word = 0; word < 1ull << 32; word += 65'537) {
    const std::uint32_t drawn = draw_alias(cells.data(), 6, static_cast<std::uint32_t>(word));
    ASSERT_TRUE(drawn == 1 || drawn == 4) << drawn;
  }
}

}  // namespace
}  // namespace retailsim::simulate
