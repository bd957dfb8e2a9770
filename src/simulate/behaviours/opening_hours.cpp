// Shoppers spread over the open hours as the scenario's profiles say; each day gets a
// seventh of the week.
#include "simulate/behaviour.h"

namespace retailsim::simulate {
namespace {

void shape_by_opening_hours(CellPlan& plan, const Cell& cell) {
  const auto open = std::size_t{cell.store.open_hour};
  const auto close = std::size_t{cell.store.close_hour};
  constexpr int saturday = 5;
  for (int weekday = 0; weekday < 7; ++weekday) {
    const auto& profile =
        weekday < saturday ? cell.world.scenario.weekday_hours : cell.world.scenario.weekend_hours;
    double sum = 0;
    for (std::size_t hour = open; hour < close; ++hour) sum += profile[hour];
    if (sum <= 0) continue;  // closed all day
    const auto hours = CellPlan::day(plan.entries, weekday);
    for (std::size_t hour = open; hour < close; ++hour) hours[hour] = profile[hour] / sum / 7;
  }
}

}  // namespace

const Behaviour opening_hours{"opening_hours", shape_by_opening_hours};

}  // namespace retailsim::simulate
