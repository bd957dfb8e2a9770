#include "simulate/favourites.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "simulate/random.h"
#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

constexpr Day someday = std::chrono::year{2024} / 2 / 1;

std::shared_ptr<const World> world_of_favourites(double alpha) {
  return tiny_world([&](Scenario& scenario) {
    scenario.product_count = 5000;
    scenario.habit_alpha = alpha;
    scenario.habit_alpha_sd = 0;
    scenario.habit_fixed = 1;
  });
}

// Among pairs of draws of one household and category, those that give the same product.
double same_share(const World& world) {
  int same = 0;
  int pairs = 0;
  for (std::uint32_t household = 0; household < 300; ++household) {
    Draws draws{7, Stream::member_line, {household}};
    for (std::uint32_t category = 0; category < 5; ++category) {
      for (int pair = 0; pair < 10; ++pair) {
        const auto first = static_cast<float>(draws.unit());
        const auto second = static_cast<float>(draws.unit());
        same += favourite(world, household, category, someday, first) ==
                        favourite(world, household, category, someday, second)
                    ? 1
                    : 0;
        ++pairs;
      }
    }
  }
  return static_cast<double>(same) / pairs;
}

// Both draws fall on one stick: the sum of squared weights, whose tail is 1 / (1 + b i /
// alpha)^(1/b).
double same_stick(double alpha, double tail) {
  double sum = 0;
  for (int i = 0; i < 4096; ++i) {
    const auto beyond = [&](int sticks) { return std::pow(1 + tail * sticks / alpha, -1 / tail); };
    const double weight = beyond(i) - beyond(i + 1);
    sum += weight * weight;
  }
  return sum;
}

TEST(Favourites, AreBoughtAgainAsOftenAsTheirConcentrationSays) {
  double before = 1;
  for (const double alpha : {0.5, 1.0, 4.0}) {
    const auto world = world_of_favourites(alpha);
    const double expected = same_stick(alpha, world->scenario.habit_tail);
    const double found = same_share(*world);
    // Different sticks may be the same product, which adds a little.
    EXPECT_GT(found, expected - 0.02) << alpha;
    EXPECT_LT(found, expected + 0.06) << alpha;
    EXPECT_LT(found, before);
    before = found;
  }
}

TEST(Favourites, LastForEverWhenTasteDoesNotDrift) {
  const auto world = world_of_favourites(1);
  for (std::uint32_t household = 0; household < 50; ++household)
    EXPECT_EQ(favourite(*world, household, 0, someday, 0.3f),
              favourite(*world, household, 0, someday + std::chrono::days(3000), 0.3f));
}

TEST(Favourites, AreReplacedWithinTheirLongestTime) {
  const auto world = tiny_world([](Scenario& scenario) {
    scenario.product_count = 5000;
    scenario.habit_fixed = 0;
    scenario.habit_least_days = 30;
    scenario.habit_most_days = 60;
  });
  int changed = 0;
  for (std::uint32_t household = 0; household < 300; ++household)
    changed += favourite(*world, household, 0, someday, 0.3f) !=
                       favourite(*world, household, 0, someday + std::chrono::days(61), 0.3f)
                   ? 1
                   : 0;
  EXPECT_GT(changed, 250);
}

TEST(Favourites, OfThoseWhoLikeDearProductsAreDearer) {
  const auto world = tiny_world([](Scenario& scenario) {
    scenario.product_count = 5000;
    scenario.tier_sd = 2;
  });
  double prices[2] = {};
  int counts[2] = {};
  for (std::uint32_t household = 0; household < 300; ++household) {
    const float tier = world->households[household].tier;
    if (std::abs(tier) < 1) continue;
    for (int i = 1; i < 20; ++i) {
      const auto product = favourite(*world, household, 0, someday, 0.05f * static_cast<float>(i));
      prices[tier > 0 ? 1 : 0] += world->products[product].log_price;
      ++counts[tier > 0 ? 1 : 0];
    }
  }
  EXPECT_GT(prices[1] / counts[1], prices[0] / counts[0] + 0.2);
}

}  // namespace
}  // namespace retailsim::simulate
