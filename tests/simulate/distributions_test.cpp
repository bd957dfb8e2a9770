#include "simulate/distributions.h"

#include <gtest/gtest.h>

#include <functional>

namespace retailsim::simulate {
namespace {

struct Moments {
  double mean;
  double variance;
};

Moments moments_of(const std::function<double(Draws&)>& draw) {
  constexpr std::uint32_t count = 40'000;
  double sum = 0;
  double squares = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    Draws draws{7, Stream::store, {i}};
    const double x = draw(draws);
    sum += x;
    squares += x * x;
  }
  const double mean = sum / count;
  return {mean, squares / count - mean * mean};
}

TEST(Distributions, NormalsHaveMeanZeroAndVarianceOne) {
  const auto [mean, variance] = moments_of(normal);
  EXPECT_NEAR(mean, 0, 0.02);
  EXPECT_NEAR(variance, 1, 0.03);
}

TEST(Distributions, ExponentialsHaveMeanAndVarianceOne) {
  const auto [mean, variance] = moments_of(standard_exponential);
  EXPECT_NEAR(mean, 1, 0.02);
  EXPECT_NEAR(variance, 1, 0.05);
}

TEST(Distributions, GammasHaveTheirShapeAsMeanAndVariance) {
  for (const double shape : {0.3, 1.18, 15.0}) {
    const auto [mean, variance] = moments_of([&](Draws& draws) { return gamma(draws, shape); });
    EXPECT_NEAR(mean / shape, 1, 0.03) << shape;
    EXPECT_NEAR(variance / shape, 1, 0.06) << shape;
  }
}

TEST(Distributions, PoissonCountsHaveTheirMeanAsMeanAndVariance) {
  for (const double rate : {0.2, 3.0, 50.0}) {
    const auto [mean, variance] = moments_of([&](Draws& draws) { return poisson(draws, rate); });
    EXPECT_NEAR(mean / rate, 1, 0.03) << rate;
    EXPECT_NEAR(variance / rate, 1, 0.05) << rate;
  }
  Draws draws{7, Stream::store, {}};
  EXPECT_EQ(poisson(draws, 0), 0);
}

TEST(Distributions, AHigherRateNeverGivesFewerEvents) {
  for (std::uint32_t key = 0; key < 200; ++key) {
    int before = 0;
    for (double rate = 0.1; rate < 60; rate *= 1.1) {
      Draws draws{7, Stream::store, {key}};
      const int count = poisson(draws, rate);
      ASSERT_GE(count, before) << key << " " << rate;
      before = count;
    }
  }
}

}  // namespace
}  // namespace retailsim::simulate
