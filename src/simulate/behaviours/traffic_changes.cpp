// The scenario's experiments: what if more people, or nobody, came to this store?
#include "simulate/behaviour.h"

namespace retailsim::simulate {
namespace {

void shape_by_traffic_changes(CellPlan& plan, const Cell& cell) {
  for (const TrafficChange& change : cell.world.scenario.traffic_changes) {
    if (change.store_id != cell.store.row.store_id.value) continue;
    for (int weekday = 0; weekday < 7; ++weekday) {
      const Day day = cell.monday + std::chrono::days(weekday);
      if ((change.from && day < *change.from) || (change.to && day > *change.to)) continue;
      for (double& traffic : CellPlan::day(plan.traffic, weekday)) traffic *= change.factor;
    }
  }
}

}  // namespace

const Behaviour traffic_changes{"traffic_changes", shape_by_traffic_changes};

}  // namespace retailsim::simulate
