#include "simulate/favourites.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "sample.h"
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

// Part of the favourites that are another product so many days later.
double changed_share(double fixed, int least_days, int most_days, int days) {
  const auto world = tiny_world([&](Scenario& scenario) {
    scenario.product_count = 5000;
    scenario.habit_alpha_sd = 0;
    scenario.habit_fixed = fixed;
    scenario.habit_least_days = least_days;
    scenario.habit_most_days = most_days;
  });
  int changed = 0;
  int all = 0;
  for (std::uint32_t household = 0; household < 300; ++household) {
    for (std::uint32_t category = 0; category < 20; ++category) {
      const auto at = [&](Day day) { return favourite(*world, household, category, day, 0.3f); };
      changed += at(someday) != at(someday + std::chrono::days(days)) ? 1 : 0;
      ++all;
    }
  }
  return static_cast<double>(changed) / all;
}

TEST(Favourites, AreReplacedAfterTheTimesOfTheScenarioButForThoseThatLast) {
  constexpr int least = 5;
  constexpr int most = 50;
  // Now and then a favourite gives way to one that is the same product.
  const double other = changed_share(0, least, most, 10 * most);
  EXPECT_GT(other, 0.8);
  for (const double fixed : {0.0, 0.55}) {
    for (const int days : {5, 10, 20, 50}) {
      // Times are log-uniform; within `days` those end that are shorter, of the others a part.
      const double replaced =
          (std::log(static_cast<double>(days) / least) + 1 - static_cast<double>(days) / most) /
          std::log(static_cast<double>(most) / least);
      const double expected = (1 - fixed) * replaced * other;
      EXPECT_NEAR(changed_share(fixed, least, most, days), expected, 0.026) << fixed << ' ' << days;
    }
  }
}

// Each product's chance to be a favourite: of three candidates by usual popularity one wins in
// proportion to its weight.
std::vector<double> chances_of(const World& world, const CategoryState& goods,
                               const HouseholdState& likes) {
  const auto* products = &world.products[goods.first_product];
  std::vector<double> weights;
  for (std::uint32_t i = 0; i < goods.product_count; ++i)
    weights.push_back(
        std::exp(static_cast<double>(likes.tier) * (products[i].log_price - goods.log_price) +
                 (products[i].is_private ? static_cast<double>(likes.private_taste) : 0)));
  std::vector<double> chances(weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i)
    for (std::size_t j = 0; j < weights.size(); ++j)
      for (std::size_t k = 0; k < weights.size(); ++k)
        chances[i] += 3 * products[i].popularity * products[j].popularity * products[k].popularity *
                      weights[i] / (weights[i] + weights[j] + weights[k]);
  return chances;
}

// What a liking of households does to a trait of their favourites: the sum over favourites of the
// two multiplied, less what it is for households that like everything alike.
template <class Liking, class Trait>
SumAndLaw effect_of(const World& world, const Liking& liking, const Trait& trait) {
  SumAndLaw effect;
  constexpr int sticks = 12;  // different ones
  for (std::uint32_t id = 0; id < world.households.size(); ++id) {
    const HouseholdState& household = world.households[id];
    const double liked = liking(household);
    for (std::uint32_t category = 0; category < 20; ++category) {
      const CategoryState& goods = world.categories[category];
      const std::vector<double> chances = chances_of(world, goods, household);
      double usual = 0;
      double mean = 0;
      double squares = 0;
      for (std::uint32_t i = 0; i < goods.product_count; ++i) {
        const ProductState& product = world.products[goods.first_product + i];
        usual += product.popularity * trait(product);
        mean += chances[i] * trait(product);
        squares += chances[i] * trait(product) * trait(product);
      }
      for (int i = 0; i < sticks; ++i) {
        const float unit = 0.05f + 0.08f * static_cast<float>(i);
        const ProductState& product = world.products[favourite(world, id, category, someday, unit)];
        effect.found += liked * (trait(product) - usual);
        effect.expected += liked * (mean - usual);
        effect.variance += liked * liked * (squares - mean * mean);
      }
    }
  }
  return effect;
}

void expect_effect(const SumAndLaw& effect) {
  EXPECT_GT(effect.expected, 0);
  EXPECT_NEAR(effect.found, effect.expected, effect.tolerance());
  EXPECT_LT(effect.tolerance(), 0.1 * effect.expected);
}

std::shared_ptr<const World> world_of_tastes(double tier_sd, double private_taste_sd) {
  return tiny_world([&](Scenario& scenario) {
    scenario.household_count = 600;
    scenario.tier_sd = tier_sd;
    scenario.private_taste_sd = private_taste_sd;
    scenario.habit_alpha = 100;  // so that no two draws fall on one favourite
    scenario.habit_alpha_sd = 0;
  });
}

TEST(Favourites, AreTakenWithTheirPriceToThePowerOfTheHouseholdsTaste) {
  for (const double sd : {0.78, 1.5})
    expect_effect(effect_of(
        *world_of_tastes(sd, 1.1),
        [](const HouseholdState& h) { return static_cast<double>(h.tier); },
        [](const ProductState& product) { return product.log_price; }));
}

TEST(Favourites, OfPrivateLabelAreTakenByTheFactorOfTheHouseholdsTaste) {
  for (const double sd : {0.6, 1.1})
    expect_effect(effect_of(
        *world_of_tastes(0.78, sd),
        [](const HouseholdState& h) { return static_cast<double>(h.private_taste); },
        [](const ProductState& product) { return product.is_private ? 1.0 : 0.0; }));
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
