#include "simulate/elementary.h"

#include <gtest/gtest.h>

#include <numbers>

namespace retailsim::simulate {
namespace {

double relative_error(double ours, double theirs) {
  return theirs == 0 ? std::abs(ours) : std::abs(ours / theirs - 1);
}

TEST(Elementary, LogarithmsAgreeWithTheLibrarysToFourteenDigits) {
  for (double x = 1e-300; x < 1e300; x *= 1.037)
    ASSERT_LT(relative_error(natural_log(x), std::log(x)), 1e-14) << x;
  for (double x = 0.5; x < 2; x += 0.00037)
    ASSERT_LT(relative_error(natural_log(x), std::log(x)), 1e-14) << x;
  EXPECT_EQ(natural_log(1), 0);
}

TEST(Elementary, ExponentialsAgreeWithTheLibrarysToFourteenDigits) {
  for (double x = -699; x < 699; x += 0.0173)
    ASSERT_LT(relative_error(exponential(x), std::exp(x)), 1e-14) << x;
  EXPECT_EQ(exponential(0), 1);
  EXPECT_EQ(exponential(-1000), 0);
  EXPECT_TRUE(std::isfinite(exponential(1000)));
}

TEST(Elementary, PowersAndLogitsComeFromThem) {
  EXPECT_NEAR(power(2, 10), 1024, 1e-10);
  EXPECT_NEAR(power(9, -0.5), 1.0 / 3, 1e-15);
  EXPECT_NEAR(logistic(logit(0.3)), 0.3, 1e-15);
}

TEST(Elementary, CosinesAgreeWithTheLibrarys) {
  for (double turns = -3; turns < 3; turns += 0.00917)
    ASSERT_NEAR(cosine_of_turns(turns), std::cos(2 * std::numbers::pi * turns), 1e-14) << turns;
  EXPECT_EQ(cosine_of_turns(0), 1);
  EXPECT_EQ(cosine_of_turns(0.5), -1);
}

TEST(Elementary, TheNormalQuantileInvertsTheNormalDistribution) {
  EXPECT_EQ(normal_quantile(0.5), 0);
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-8);
  for (double p = 1e-9; p < 1; p = p < 0.001 ? p * 3 : p + 0.0037) {
    const double below = 0.5 * std::erfc(-normal_quantile(p) / std::numbers::sqrt2);
    ASSERT_LT(relative_error(below, p), 1e-7) << p;
  }
}

}  // namespace
}  // namespace retailsim::simulate
