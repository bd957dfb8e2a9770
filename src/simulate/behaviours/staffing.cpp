// Who sits at the tills: as many as the week needs on average, or as the hour needs, as far as it
// can be foreseen. Planners know profiles, weekdays, months and openings; not the behaviours that
// come after this one. Queues come where the load exceeds it; see plan_conversion().
#include "simulate/behaviour.h"

namespace retailsim::simulate {
namespace {

void shape_by_staffing(CellPlan& plan, const Cell&) { plan.staffed = plan.entries; }

}  // namespace

const Behaviour staffing{"staffing", shape_by_staffing};

}  // namespace retailsim::simulate
