// Feasts, movable ones included: busier days before them, closed doors on some.
#include "model/scenario_feasts.h"
#include "simulate/behaviour.h"

namespace retailsim::simulate {
namespace {

void shape(CellPlan& plan, const Cell& cell) {
  for (int weekday = 0; weekday < 7; ++weekday) {
    const Day day = cell.monday + std::chrono::days(weekday);
    const int year = static_cast<int>(std::chrono::year_month_day{day}.year());
    for (const Holiday& holiday : cell.world.scenario.holidays) {
      if (day_of_feast(holiday.when, year) != day) continue;
      for (double& entries : CellPlan::day(plan.entries, weekday)) entries *= holiday.trips;
      plan.basket[static_cast<std::size_t>(weekday)] *= holiday.basket;
    }
  }
}

}  // namespace

const Behaviour holidays{"holidays", shape};

}  // namespace retailsim::simulate
