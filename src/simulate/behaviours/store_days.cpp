// Some days are better than others at a store, for reasons of its own: weather, road works,
// a match on television.
#include "simulate/behaviour.h"
#include "simulate/distributions.h"

namespace retailsim::simulate {
namespace {

void shape_by_store_days(CellPlan& plan, const Cell& cell) {
  const double sd = cell.world.scenario.store_day_sd;
  const auto store = static_cast<std::uint32_t>(cell.store.row.store_id.value);
  for (int weekday = 0; weekday < 7; ++weekday) {
    const Day day = cell.monday + std::chrono::days(weekday);
    Draws draws{cell.world.seed,
                Stream::store_day,
                {store, static_cast<std::uint32_t>((day - first_monday).count())}};
    // Mean 1.
    const double factor = exponential(sd * normal(draws) - 0.5 * sd * sd);
    for (double& entries : CellPlan::day(plan.entries, weekday)) entries *= factor;
  }
}

}  // namespace

const Behaviour store_days{"store_days", shape_by_store_days};

}  // namespace retailsim::simulate
