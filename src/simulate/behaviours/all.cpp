#include "simulate/behaviour.h"

namespace retailsim::simulate {

std::span<const Behaviour* const> all_behaviours() {
  static constexpr const Behaviour* all[] = {&opening_hours, &calendar,       &store_lives,
                                             &staffing,      &holidays,       &store_days,
                                             &weather,       &traffic_changes};
  return all;
}

CellPlan plan_of(const Cell& cell) {
  CellPlan plan;
  for (const Behaviour* behaviour : all_behaviours()) behaviour->shape(plan, cell);
  return plan;
}

}  // namespace retailsim::simulate
