// Queues come where more people enter than the tills are staffed for.
#include <gtest/gtest.h>

#include "simulate/behaviour.h"
#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

constexpr double conversion = 0.6;
constexpr double queue_effect = 0.4;

std::shared_ptr<const World> busy_chain(double staffing, double store_day_sd) {
  return tiny_world([&](Scenario& s) {
    s.household_count = 900;
    s.conversion = conversion;
    s.mission_conversion = 0;
    s.queue_effect = queue_effect;
    s.staffing = staffing;
    s.store_day_sd = store_day_sd;
    s.rain_effect = 0;
    s.holidays.clear();
    s.return_share = 0;
  });
}

// How the share of visits that buy goes with the load of their hour: the slope of a regression.
template <class Load>
double slope_of_conversion(const World& world, const Load& load_of) {
  double n = 0, sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0;
  for (std::size_t store = 0; store < world.stores.size(); ++store) {
    for (int week = world.first_week(); week <= world.last_week(); ++week) {
      const Day monday = monday_of(week);
      const CellPlan plan = plan_of({world, world.stores[store], monday});
      for (const Visit& visit : cell_of(world, store, week).visits) {
        const auto hour = static_cast<std::size_t>((visit.business_date - monday).count() * 24 +
                                                   visit.local_hour);
        const double x = load_of(plan, hour);
        const double y = visit.transaction_id ? 1 : 0;
        n += 1;
        sum_x += x;
        sum_y += y;
        sum_xx += x * x;
        sum_xy += x * y;
      }
    }
  }
  return (n * sum_xy - sum_x * sum_y) / (n * sum_xx - sum_x * sum_x);
}

// Entries of an hour against those of a mean visit's hour in its week.
double against_the_week(const CellPlan& plan, std::size_t hour) {
  double sum = 0, squares = 0;
  for (const double entries : plan.entries) {
    sum += entries;
    squares += entries * entries;
  }
  return plan.entries[hour] * sum / squares;
}

double against_what_is_usual(const CellPlan& plan, std::size_t hour) {
  return plan.entries[hour] / plan.staffed[hour];
}

TEST(Staffing, TheSameStaffAllWeekMakesQueuesInRushHours) {
  const double slope = slope_of_conversion(*busy_chain(0, 0), against_the_week);
  EXPECT_NEAR(slope, -queue_effect * conversion, 0.04);
}

TEST(Staffing, StaffForTheUsualLoadOfTheHourLeavesNoQueuesOnUsualDays) {
  const double slope = slope_of_conversion(*busy_chain(1, 0), against_the_week);
  EXPECT_NEAR(slope, 0, 0.03);
}

TEST(Staffing, QueuesThenComeOnDaysThatAreBusierThanUsual) {
  const double slope = slope_of_conversion(*busy_chain(1, 0.35), against_what_is_usual);
  EXPECT_NEAR(slope, -queue_effect * conversion, 0.05);
}

TEST(Staffing, KnowsWeekdaysAndHoursButNeitherFeastsNorChance) {
  const auto plain = busy_chain(1, 0);
  const auto unusual = tiny_world([](Scenario& s) { s.store_day_sd = 0.3; });
  const Day monday = std::chrono::year{2024} / 1 / 8;
  EXPECT_EQ(plan_of({*plain, plain->stores[0], monday}).staffed,
            plan_of({*unusual, unusual->stores[0], monday}).staffed);
}

}  // namespace
}  // namespace retailsim::simulate
