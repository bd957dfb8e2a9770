#include "simulate/trips.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sample.h"
#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

WeekDays even_week() {
  WeekDays days;
  days.parts.fill(1.0 / 7);
  return days;
}

struct Moments {
  double mean;
  double variance;
};

// Trips of one household, whose rate is `visits` a week, over many weeks.
Moments trips_of(const World& world, double visits) {
  const Member member{.household = 3, .visits = visits};
  constexpr int weeks = 4000;
  double sum = 0;
  double squares = 0;
  for (int week = 0; week < weeks; ++week) {
    const double count = usual_trips(world, 1, member, week, even_week()).count;
    sum += count;
    squares += count * count;
  }
  const double mean = sum / weeks;
  return {mean, squares / weeks - mean * mean};
}

std::shared_ptr<const World> steady_world(double regular) {
  return tiny_world([&](Scenario& scenario) {
    scenario.regular_share = regular;
    scenario.slow_sd = 0;
  });
}

TEST(Trips, HappenAsOftenAsTheRateSays) {
  for (const double regular : {0.0, 0.46, 1.0})
    for (const double visits : {0.2, 1.0, 3.0})
      EXPECT_NEAR(trips_of(*steady_world(regular), visits).mean, visits, 0.05 * visits + 0.02);
}

TEST(Trips, RegularOnesTakeTheirPartOutOfTheVariance) {
  EXPECT_NEAR(trips_of(*steady_world(0), 2).variance, 2, 0.2);
  // What is left to chance is Poisson with half the mean; the regular half is always one.
  EXPECT_NEAR(trips_of(*steady_world(0.5), 2).variance, 1, 0.1);
  EXPECT_NEAR(trips_of(*steady_world(1), 2).variance, 0, 0.01);
}

TEST(Trips, RatesDriftSlowlyByTheSpreadThatTheScenarioGives) {
  const auto world = tiny_world([](Scenario& scenario) { scenario.slow_sd = 0.45; });
  const Member member{.household = 3, .visits = 1};
  double sum = 0;
  double squares = 0;
  double jumps = 0;
  constexpr int periods = 2000;
  for (int period = 0; period < periods; ++period) {
    const auto log_mean = [&](int week) {
      return std::log(mean_trips(*world, member, week, even_week()));
    };
    const double value = log_mean(8 * period);
    sum += value;
    squares += value * value;
    jumps = std::max(jumps, std::abs(log_mean(8 * period + 1) - value));
  }
  EXPECT_NEAR(sum / periods, 0, 0.05);
  EXPECT_NEAR(std::sqrt(squares / periods), 0.45, 0.03);
  EXPECT_LT(jumps, 0.45);
}

TEST(Trips, RatesKeepForSomeWeeksAndAreForgottenAfterFourMonths) {
  constexpr double sd = 0.3;  // small enough that no rate is cut off
  const auto world = tiny_world([](Scenario& scenario) { scenario.slow_sd = sd; });
  Sample in_between;  // squares in the middle of two periods
  Sample moved[8];    // squares of what the log rate moves in so many weeks
  Sample later;       // products over two periods
  for (std::uint32_t index = 0; index < 200; ++index) {
    const Member member{.household = index, .visits = 1};
    const auto log_rate = [&](int week) {
      return std::log(mean_trips(*world, member, week, even_week()));
    };
    for (int period = 0; period < 40; period += 2) {
      const int first = 8 * period;
      const double rate = log_rate(first);
      for (int weeks = 1; weeks < 8; ++weeks)
        moved[weeks].add(std::pow(log_rate(first + weeks) - rate, 2));
      in_between.add(std::pow(log_rate(first + 4), 2));
      later.add(rate * log_rate(first + 16));
    }
  }
  // In a straight line from one draw to the next, which knows nothing of it.
  for (int weeks = 1; weeks < 8; ++weeks)
    EXPECT_NEAR(moved[weeks].mean(), 2 * sd * sd * weeks * weeks / 64, moved[weeks].tolerance());
  EXPECT_LT(moved[4].tolerance(), 0.1 * moved[4].mean());
  EXPECT_NEAR(in_between.mean(), sd * sd / 2, in_between.tolerance());
  EXPECT_NEAR(later.mean(), 0, later.tolerance());
}

TEST(Trips, FallOnTheDaysThatTheStoreExpects) {
  const auto world = steady_world(0.46);
  WeekDays days;
  days.parts = {0, 0.1, 0.1, 0.1, 0.1, 0.6, 0};
  const Member member{.household = 3, .visits = 2};
  std::array<int, 7> counts{};
  int all = 0;
  for (int week = 0; week < 3000; ++week) {
    const UsualTrips trips = usual_trips(*world, 1, member, week, days);
    for (std::uint32_t i = 0; i < trips.count; ++i) ++counts[trips.days[i]];
    all += static_cast<int>(trips.count);
  }
  EXPECT_EQ(counts[0], 0);
  EXPECT_EQ(counts[6], 0);
  const HouseholdState& household = world->households[3];
  double sum = 0;
  for (std::size_t day = 0; day < 7; ++day)
    sum += days.parts[day] * static_cast<double>(household.weekdays[day]);
  for (std::size_t day = 1; day < 6; ++day)
    EXPECT_NEAR(static_cast<double>(counts[day]) / all,
                days.parts[day] * static_cast<double>(household.weekdays[day]) / sum, 0.03);
}

}  // namespace
}  // namespace retailsim::simulate
