#include "simulate/quantities.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

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

TEST(Quantities, OneUniformDecidesWhetherAndHowMany) {
  // Given more than one unit, the sizes follow the table for cheap goods: 55.9 % are two, 14 %
  // four.
  const float odds = odds_of_many(-1.2f, 30);
  std::map<std::int32_t, double> share;
  constexpr int tries = 100'000;
  int many = 0;
  for (int i = 0; i < tries; ++i) {
    const std::int32_t units =
        units_of_line(odds, 30, false, false, (static_cast<float>(i) + 0.5f) / tries);
    if (units == 1) continue;
    share[units] += 1;
    ++many;
  }
  EXPECT_NEAR(share[2] / many, 0.559 / 1.0, 0.006);
  EXPECT_NEAR(share[4] / many, 0.140 / 1.0, 0.004);
}

TEST(Quantities, MeanIsThatOfTheLaw) {
  for (const std::int32_t list : {30, 150, 399}) {
    const float odds = odds_of_many(-0.8f, list);
    double units = 0;
    constexpr int tries = 100'000;
    for (int i = 0; i < tries; ++i)
      units += units_of_line(odds, list, true, false, (static_cast<float>(i) + 0.5f) / tries);
    EXPECT_NEAR(units / tries, static_cast<double>(mean_units_of_line(odds, list, true)), 2e-3);
  }
}

}  // namespace
}  // namespace retailsim::simulate
