#include "simulate/quantities.h"

#include <gtest/gtest.h>

#include <cmath>

namespace retailsim::simulate {
namespace {

double share_of_many(float logit, std::int32_t list, bool is_promoted, bool is_alone) {
  int many = 0;
  constexpr int tries = 10'000;
  for (int i = 0; i < tries; ++i) {
    const float unit = (static_cast<float>(i) + 0.5f) / tries;
    many += units_of_line(odds_of_many(logit, list), list, is_promoted, is_alone, unit) > 1 ? 1 : 0;
  }
  return static_cast<double>(many) / tries;
}

TEST(Quantities, MoreThanOneUnitIsAsLikelyAsTheLogitSays) {
  const double log_list = std::log(1.99);
  const double logit = -1.2 - 0.9 * (log_list - 0.6);
  EXPECT_NEAR(share_of_many(-1.2f, 199, false, false), 1 / (1 + std::exp(-logit)), 1e-3);
  EXPECT_NEAR(share_of_many(-1.2f, 199, true, false), 1 / (1 + std::exp(-logit - 0.35)), 1e-3);
  EXPECT_NEAR(share_of_many(-1.2f, 199, false, true), 1 / (1 + std::exp(-logit - 0.5)), 1e-3);
}

TEST(Quantities, DearGoodsAreRarelyBoughtTwice) {
  EXPECT_GT(share_of_many(-1.2f, 59, false, false), 2 * share_of_many(-1.2f, 999, false, false));
}

TEST(Quantities, GoFromTwoToSixteen) {
  EXPECT_EQ(units_of_line(1e4f, 30, false, false, 0.9998f), 2);
  EXPECT_EQ(units_of_line(1e4f, 30, false, false, 0.0001f), 16);
}

}  // namespace
}  // namespace retailsim::simulate
