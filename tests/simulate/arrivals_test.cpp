// Who comes when, and for how much.
#include "simulate/arrivals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sample.h"
#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

// Of all stores and weeks; open day and night, and every hour like any other.
std::vector<Arrival> arrivals_of(const World& world) {
  CellPlan plan;
  plan.entries.fill(1.0 / hours_per_week);
  std::vector<Arrival> all;
  std::vector<Arrival> arrivals;
  for (const StoreSite& store : world.stores) {
    for (int week = world.first_week(); week <= world.last_week(); ++week) {
      draw_arrivals({world, store, monday_of(week)}, plan, arrivals);
      all.insert(all.end(), arrivals.begin(), arrivals.end());
    }
  }
  return all;
}

// May a household come in this hour whose usual time is this part of the day? It is not punctual:
// it comes within 0.08 of it, on either side.
bool is_usual_hour(double habit, std::uint32_t hour) {
  for (const double days : {-1.0, 0.0, 1.0})
    if (hour / 24.0 < habit + days + 0.08 && (hour + 1) / 24.0 > habit + days - 0.08) return true;
  return false;
}

TEST(Arrivals, ComeAtTheHouseholdsTimeOfDayAsOftenAsTheScenarioSays) {
  for (const double share : {0.0, 0.35, 1.0}) {
    const auto world = tiny_world([&](Scenario& scenario) {
      scenario.household_count = 1000;
      scenario.hour_habit = share;
    });
    Sample at_usual_time;  // against what chance alone would give: 0 by chance, 1 by habit
    for (const Arrival& arrival : arrivals_of(*world)) {
      if (arrival.household == no_household) continue;
      const auto habit = static_cast<double>(world->households[arrival.household].habit);
      int usual_hours = 0;
      for (std::uint32_t hour = 0; hour < 24; ++hour)
        usual_hours += is_usual_hour(habit, hour) ? 1 : 0;
      const double by_chance = usual_hours / 24.0;
      const bool is_usual = is_usual_hour(habit, arrival.entered_s / 3600 % 24);
      at_usual_time.add(((is_usual ? 1 : 0) - by_chance) / (1 - by_chance));
    }
    EXPECT_NEAR(at_usual_time.mean(), share, at_usual_time.tolerance() + 1e-9) << share;
    EXPECT_LT(at_usual_time.tolerance(), 0.03);
  }
}

TEST(Arrivals, OfAllHouseholdsTogetherAreSpreadAsTheStoreExpectsWhateverTheirHabits) {
  const auto world = tiny_world([](Scenario& scenario) {
    scenario.household_count = 1000;
    scenario.hour_habit = 1;
    scenario.trips_shape = 400;  // all come about as often
  });
  Sample is_before_noon;
  for (const Arrival& arrival : arrivals_of(*world))
    if (arrival.household != no_household)
      is_before_noon.add(arrival.entered_s / 3600 % 24 < 12 ? 1 : 0);
  // As sure as a thousand households are, whose trips are all alike.
  EXPECT_NEAR(is_before_noon.mean(), 0.5, 4 * std::sqrt(0.25 / 1000));
}

TEST(Arrivals, DifferInLinesByTheSpreadOverHouseholds) {
  constexpr double log_lines = 3;
  constexpr double sd = 0.3;
  const auto world = tiny_world([](Scenario& scenario) {
    scenario.household_count = 1000;
    scenario.household_basket_sd = sd;
    scenario.fill_in_log_lines = scenario.stock_up_log_lines = log_lines;
    scenario.fill_in_log_sd = scenario.stock_up_log_sd = scenario.hour_effect = 0;
  });
  Sample squares_of_anonymous;
  for (const Arrival& arrival : arrivals_of(*world)) {
    if (arrival.lines == 0) continue;
    if (arrival.household == no_household) {
      const double score = std::log(arrival.lines) - log_lines;
      squares_of_anonymous.add(score * score);
      continue;
    }
    // To the nearest whole number, on either side where a float is not sure.
    const auto size = static_cast<double>(world->households[arrival.household].log_size);
    ASSERT_NEAR(arrival.lines, std::clamp(std::exp(log_lines + size), 1.0, 100.0), 0.501);
  }
  EXPECT_NEAR(squares_of_anonymous.mean(), sd * sd, squares_of_anonymous.tolerance());
  EXPECT_LT(squares_of_anonymous.tolerance(), 0.1 * sd * sd);
}

}  // namespace
}  // namespace retailsim::simulate
