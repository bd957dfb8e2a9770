// Feasts, movable ones included: busier days before them, closed doors on some.
#include <algorithm>

#include "model/scenario_feasts.h"
#include "simulate/behaviour.h"
#include "simulate/world_parts.h"

namespace retailsim::simulate {
namespace {

void shape_by_holidays(CellPlan& plan, const Cell& cell) {
  const auto& all = cell.world.holidays;
  for (auto each = std::ranges::lower_bound(all, cell.monday, {}, &HolidayOnDay::day);
       each != all.end() && each->day < cell.monday + std::chrono::days(7); ++each) {
    const auto weekday = static_cast<int>((each->day - cell.monday).count());
    for (double& entries : CellPlan::day(plan.entries, weekday)) entries *= each->trips;
    plan.basket[static_cast<std::size_t>(weekday)] *= each->basket;
  }
}

}  // namespace

void add_holidays(World& world) {
  const auto year_of = [](Day day) {
    return static_cast<int>(std::chrono::year_month_day{day}.year());
  };
  const int last = year_of(monday_of(world.last_week() + 1));
  for (int year = year_of(world.first_weather_day()); year <= last; ++year)
    for (const Holiday& holiday : world.scenario.holidays)
      if (const auto day = day_of_feast(holiday.when, year))
        world.holidays.push_back({*day, holiday.trips, holiday.basket});
  std::ranges::stable_sort(world.holidays, {}, &HolidayOnDay::day);
}

const Behaviour holidays{"holidays", shape_by_holidays};

}  // namespace retailsim::simulate
