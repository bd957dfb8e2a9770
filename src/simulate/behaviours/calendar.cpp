// Weekdays, months and pay days: how many come, and how much they buy.
#include "simulate/behaviour.h"

namespace retailsim::simulate {
namespace {

// Days 1–3, 4–7, 8–14, 15–21, 22–31.
std::size_t part_of_month(unsigned day) {
  if (day <= 3) return 0;
  if (day <= 7) return 1;
  if (day <= 14) return 2;
  return day <= 21 ? 3 : 4;
}

void shape_by_calendar(CellPlan& plan, const Cell& cell) {
  const Scenario& scenario = cell.world.scenario;
  for (int weekday = 0; weekday < 7; ++weekday) {
    const std::chrono::year_month_day date{cell.monday + std::chrono::days(weekday)};
    const auto month = static_cast<std::size_t>(static_cast<unsigned>(date.month()) - 1);
    const std::size_t part = part_of_month(static_cast<unsigned>(date.day()));
    const auto day = static_cast<std::size_t>(weekday);
    const double trips =
        scenario.weekday_trips[day] * scenario.month_trips[month] * scenario.month_part_trips[part];
    for (double& entries : CellPlan::day(plan.entries, weekday)) entries *= trips;
    plan.basket[day] *= scenario.weekday_basket[day] * scenario.month_basket[month] *
                        scenario.month_part_basket[part];
  }
}

}  // namespace

const Behaviour calendar{"calendar", shape_by_calendar};

}  // namespace retailsim::simulate
