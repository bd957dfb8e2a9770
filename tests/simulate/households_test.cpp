// How households differ: in how often they come and on which days, in how much they buy and in what
// they like.
#include <gtest/gtest.h>

#include <cmath>

#include "sample.h"
#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

constexpr double weeks_per_year = 365.25 / 7;
constexpr double conversion = 0.6;  // visits are tickets / this

// All of them come about as often, and none so often that it comes for little only.
std::shared_ptr<const World> many_households(const std::function<void(Scenario&)>& change) {
  return tiny_world([&](Scenario& scenario) {
    scenario.household_count = 4000;
    scenario.conversion = conversion;
    scenario.trips_per_year = 40;
    scenario.trips_shape = 400;
    scenario.frequent_share = 0;
    change(scenario);
  });
}

// Of something about a household whose mean is 0: the mean of its square is its variance.
template <class Score>
Sample squares_of(const World& world, const Score& score_of) {
  Sample squares;
  for (const HouseholdState& household : world.households) {
    const double score = score_of(household);
    squares.add(score * score);
  }
  return squares;
}

// As ten of a hundred thousand would: the four errors are below a tenth of what they are an error
// of.
void expect_size(const Sample& sample, double expected) {
  EXPECT_NEAR(sample.mean(), expected, sample.tolerance());
  EXPECT_LT(sample.tolerance(), 0.1 * expected);
}

TEST(Households, HaveTheirWeekdaysByADirichletLawOfTheScenariosShape) {
  for (const double shape : {1.0, 14.0}) {
    const auto world = many_households([&](Scenario& scenario) {
      scenario.weekday_habit = shape;
      scenario.behaviours_off = {"calendar"};  // usually all days are alike
    });
    Sample squares;
    for (const HouseholdState& household : world->households) {
      double sum = 0;
      for (const float factor : household.weekdays)
        sum += std::pow(static_cast<double>(factor) - 1, 2);
      squares.add(sum / 7);
    }
    // A factor is seven times the day's share, whose variance is 1/7 · 6/7 / (7 shape + 1).
    expect_size(squares, 6 / (7 * shape + 1));
  }
}

TEST(Households, OfEvenHabitsComeOnAllDaysAlike) {
  const auto world =
      many_households([](Scenario& scenario) { scenario.behaviours_off = {"weekday_habits"}; });
  for (const HouseholdState& household : world->households)
    for (const float factor : household.weekdays) ASSERT_NEAR(static_cast<double>(factor), 1, 0.01);
}

TEST(Households, MoveTheirTripsAmongWeekdaysAndMakeNoMore) {
  const auto world = many_households([](Scenario& scenario) { scenario.weekday_habit = 1; });
  const auto& trips = world->scenario.weekday_trips;
  for (const HouseholdState& household : world->households) {
    double sum = 0;
    double usual = 0;
    for (std::size_t day = 0; day < 7; ++day) {
      sum += static_cast<double>(household.weekdays[day]) * trips[day];
      usual += trips[day];
    }
    ASSERT_NEAR(sum, usual, 1e-5);
  }
}

TEST(Households, SomeComeMoreOftenByTheFactorAndAllTogetherAsOftenAsBefore) {
  for (const double share : {0.05, 0.3}) {
    constexpr double factor = 4;
    const auto world = many_households([&](Scenario& scenario) {
      scenario.frequent_share = share;
      scenario.frequent_factor = factor;
    });
    const double usual = 40 / (weeks_per_year * conversion);
    const double seldom = usual / (1 + share * (factor - 1));
    Sample all;
    Sample is_frequent;
    Sample rates[2];
    for (const HouseholdState& household : world->households) {
      // Far from both: rates of one kind differ by a twentieth.
      const bool often = household.visits > std::sqrt(factor) * seldom;
      is_frequent.add(often ? 1 : 0);
      rates[often ? 1 : 0].add(household.visits);
      all.add(household.visits);
    }
    EXPECT_NEAR(is_frequent.mean(), share, is_frequent.tolerance());
    EXPECT_NEAR(rates[0].mean(), seldom, rates[0].tolerance());
    EXPECT_NEAR(rates[1].mean(), factor * seldom, rates[1].tolerance());
    EXPECT_NEAR(all.mean(), usual, all.tolerance());
  }
}

TEST(Households, ThatComeMoreThanTwiceAWeekComeForLittleAndCheapThings) {
  const auto world = many_households([](Scenario& scenario) {
    scenario.trips_per_year = 220;
    scenario.tier_sd = 0.78;
  });
  const Scenario& scenario = world->scenario;
  const double usual_logit = std::log(scenario.stock_up_share / (1 - scenario.stock_up_share));
  Sample logits;
  Sample sizes;
  Sample tiers;
  for (const HouseholdState& household : world->households) {
    const double trips = household.visits * weeks_per_year * conversion;
    const double beyond = std::log(trips / 110);  // of which the mean household loses all
    logits.add((static_cast<double>(household.stock_up_logit) - usual_logit) / beyond);
    tiers.add(static_cast<double>(household.tier) / beyond);
    const double usual_size = 0.03 * (std::log(trips + 1) - 3.6);
    sizes.add((static_cast<double>(household.log_size) - usual_size) / beyond);
  }
  EXPECT_NEAR(logits.mean(), -1.5, logits.tolerance());
  EXPECT_NEAR(sizes.mean(), -0.28, sizes.tolerance());
  EXPECT_NEAR(tiers.mean(), -2.2 * scenario.tier_sd, tiers.tolerance());
}

TEST(Households, DifferInBasketsByTheSpreadOfTheScenario) {
  for (const double sd : {0.2, 0.44}) {
    const auto world = many_households([&](Scenario& scenario) {
      scenario.household_basket_sd = sd;
      scenario.tier_sd = 0;
    });
    expect_size(squares_of(*world,
                           [](const HouseholdState& household) {
                             const double trips = household.visits * weeks_per_year * conversion;
                             return static_cast<double>(household.log_size) -
                                    0.03 * (std::log(trips + 1) - 3.6);
                           }),
                sd * sd);
  }
}

TEST(Households, DifferInTheTasteForDearThingsByTheSpreadOfTheScenario) {
  for (const double sd : {0.3, 0.78}) {
    const auto world = many_households([&](Scenario& scenario) { scenario.tier_sd = sd; });
    // The sum of three tastes: for dear categories, for dear products and against bargains.
    const double parts = 0.3 * 0.3 + 0.95 * 0.95 + 0.35 * 0.35;
    expect_size(squares_of(*world,
                           [](const HouseholdState& household) {
                             return static_cast<double>(household.tier);
                           }),
                sd * sd * parts);
  }
}

TEST(Households, DifferInTheTasteForPrivateLabelsByTheSpreadOfTheScenario) {
  const auto squares = [](double sd, double tier_sd) {
    const auto world = many_households([&](Scenario& scenario) {
      scenario.private_taste_sd = sd;
      scenario.tier_sd = tier_sd;
    });
    return squares_of(*world, [](const HouseholdState& household) {
      return static_cast<double>(household.private_taste);
    });
  };
  // Bargain hunters like them; who likes dear things does not, for whatever reason of the three.
  const double alone = 0.6 * 0.6 + 0.76 * 0.76;
  const double with_tiers = std::pow(0.6 + 0.25 * 0.35, 2) + std::pow(0.25 * 0.3, 2) +
                            std::pow(0.25 * 0.95, 2) + 0.76 * 0.76;
  expect_size(squares(0.5, 0), 0.25 * alone);
  expect_size(squares(1.1, 0), 1.21 * alone);
  expect_size(squares(1.1, 0.78), 1.21 * with_tiers);
}

}  // namespace
}  // namespace retailsim::simulate
