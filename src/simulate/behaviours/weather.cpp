// Rain keeps some at home, and so do frost and heat.
#include <algorithm>

#include "simulate/behaviour.h"
#include "simulate/distributions.h"
#include "simulate/weather.h"

namespace retailsim::simulate {
namespace {

void shape_by_weather(CellPlan& plan, const Cell& cell) {
  const double effect = cell.world.scenario.rain_effect;
  if (effect <= 0) return;
  for (int weekday = 0; weekday < 7; ++weekday) {
    const Day day = cell.monday + std::chrono::days(weekday);
    const Weather& weather = weather_on(cell.world, cell.store.zone, day);
    // The mean rain of a day is 2.1 mm, so that the year as a whole stays what it was. Frost
    // and heat cost as much as a millimetre of rain a degree.
    const double beyond =
        std::max(0.0, -weather.temperature_c) + std::max(0.0, weather.temperature_c - 30);
    const double discomfort = std::min(weather.rain_mm + beyond, 25.0) - 2.1;
    const double factor = exponential(-effect * discomfort / 10);
    for (double& entries : CellPlan::day(plan.entries, weekday)) entries *= factor;
  }
}

}  // namespace

const Behaviour weather{"weather", shape_by_weather};

}  // namespace retailsim::simulate
