#include "simulate/behaviour.h"

namespace retailsim::simulate {

std::span<const Behaviour* const> all_behaviours() {
  static constexpr const Behaviour* all[] = {&opening_hours, &calendar, &holidays, &store_days,
                                             &traffic_changes};
  return all;
}

}  // namespace retailsim::simulate
