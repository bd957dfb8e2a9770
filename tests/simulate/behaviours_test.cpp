#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <set>

#include "sample.h"
#include "simulate/behaviour.h"
#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

// Store 1 in the week of `monday`, shaped by these behaviours alone.
CellPlan shaped(const World& world, Day monday,
                std::initializer_list<const Behaviour*> behaviours) {
  CellPlan plan;
  plan.entries.fill(0.01);
  for (const Behaviour* behaviour : behaviours)
    behaviour->shape(plan, Cell{world, world.stores[0], monday});
  return plan;
}

constexpr Day january = std::chrono::year{2024} / 1 / 8;
constexpr int monday_noon = 12;
constexpr int saturday_noon = 5 * 24 + 12;

TEST(Behaviours, EachHasANameOfItsOwnAndLeavesNoHourNegative) {
  const auto world = tiny_world();
  std::set<std::string_view> names;
  for (const Behaviour* behaviour : all_behaviours()) {
    EXPECT_TRUE(names.insert(behaviour->name).second);
    const CellPlan plan = shaped(*world, january, {behaviour});
    for (const double entries : plan.entries) EXPECT_GE(entries, 0);
    for (const double basket : plan.basket) EXPECT_GT(basket, 0);
  }
}

TEST(OpeningHours, NobodyComesWhenTheStoreIsClosedAndEachDayGetsASeventh) {
  const auto world = tiny_world();
  CellPlan plan;
  opening_hours.shape(plan, Cell{*world, world->stores[0], january});
  const int open = *world->stores[0].row.open_hour;
  const int close = *world->stores[0].row.close_hour;
  double sum = 0;
  for (int hour = 0; hour < 24; ++hour) {
    const double entries = plan.entries[static_cast<std::size_t>(hour)];
    EXPECT_EQ(entries > 0, hour >= open && hour < close) << hour;
    sum += entries;
  }
  EXPECT_NEAR(sum, 1.0 / 7, 1e-12);
}

TEST(Calendar, SaturdayIsBusierAndFillsBaskets) {
  const auto world = tiny_world();
  const CellPlan plan = shaped(*world, january, {&calendar});
  EXPECT_GT(plan.entries[saturday_noon], 1.1 * plan.entries[monday_noon]);
  EXPECT_GT(plan.basket[5], plan.basket[3]);
}

TEST(Holidays, ChristmasDayIsClosedAndTheDaysBeforeAreBusy) {
  const auto world = tiny_world();
  // Monday the 23rd to Sunday the 29th of December 2024.
  const CellPlan plan = shaped(*world, std::chrono::year{2024} / 12 / 23, {&holidays});
  EXPECT_NEAR(plan.entries[monday_noon], 0.0134, 1e-12);
  EXPECT_EQ(plan.entries[2 * 24 + 12], 0);
  EXPECT_EQ(plan.entries[4 * 24 + 12], 0.01);
  EXPECT_NEAR(plan.basket[0], 1.28, 1e-12);
}

TEST(Holidays, EasterMovesFromYearToYear) {
  const auto world = tiny_world();
  const auto sunday_noon = static_cast<std::size_t>(6 * 24 + 12);
  EXPECT_LT(shaped(*world, std::chrono::year{2024} / 3 / 25, {&holidays}).entries[sunday_noon],
            0.01);
  EXPECT_EQ(shaped(*world, std::chrono::year{2025} / 3 / 24, {&holidays}).entries[sunday_noon],
            0.01);
}

TEST(StoreDays, AWholeDayIsBetterOrWorse) {
  const auto world = tiny_world();
  const CellPlan plan = shaped(*world, january, {&store_days});
  EXPECT_EQ(plan.entries[8], plan.entries[20]);
  EXPECT_NE(plan.entries[8], plan.entries[24 + 8]);
}

TEST(StoreDays, DifferByTheSpreadOfTheScenarioEachDayAndStoreByItself) {
  for (const double sd : {0.07, 0.3}) {
    const auto world = tiny_world([&](Scenario& scenario) { scenario.store_day_sd = sd; });
    Sample factors;
    Sample squares;     // of log factors from their mean
    Sample neighbours;  // products of two days in a row
    Sample stores;      // of two stores on one day
    for (int week = 0; week < 300; ++week) {
      const Day monday = january + std::chrono::weeks(week);
      std::array<std::array<double, 7>, 2> scores{};
      for (std::size_t store = 0; store < 2; ++store) {
        CellPlan plan;
        plan.entries.fill(0.01);
        store_days.shape(plan, Cell{*world, world->stores[store], monday});
        for (std::size_t day = 0; day < 7; ++day) {
          const double factor = plan.entries[24 * day] / 0.01;
          scores[store][day] = (std::log(factor) + 0.5 * sd * sd) / sd;  // standard normal
          factors.add(factor);
          squares.add(scores[store][day] * scores[store][day]);
          if (day > 0) neighbours.add(scores[store][day] * scores[store][day - 1]);
          if (store > 0) stores.add(scores[0][day] * scores[1][day]);
        }
      }
    }
    EXPECT_NEAR(factors.mean(), 1, factors.tolerance());
    EXPECT_NEAR(squares.mean(), 1, squares.tolerance());
    EXPECT_LT(squares.tolerance(), 0.1);
    EXPECT_NEAR(neighbours.mean(), 0, neighbours.tolerance());
    EXPECT_NEAR(stores.mean(), 0, stores.tolerance());
  }
}

TEST(TrafficChanges, TouchTheirStoreAndDaysOnly) {
  const auto world = tiny_world([](Scenario& scenario) {
    scenario.traffic_changes = {
        {.store_id = 1, .factor = 1.5, .from = january + std::chrono::days(2), .to = std::nullopt},
        {.store_id = 1, .factor = 2, .from = std::nullopt, .to = january},
        {.store_id = 2, .factor = 0, .from = std::nullopt, .to = std::nullopt}};
  });
  const CellPlan plan = shaped(*world, january, {&traffic_changes});
  EXPECT_EQ(plan.traffic[0], 2);
  EXPECT_EQ(plan.traffic[24], 1);
  EXPECT_EQ(plan.traffic[48], 1.5);
  EXPECT_EQ(plan.traffic[167], 1.5);
  EXPECT_EQ(plan.entries[0], 0.01);
}

}  // namespace
}  // namespace retailsim::simulate
