// What a chain can do without. Every behaviour of the simulation has a switch here: turning it
// off sets its knobs to the values at which it does nothing.
#pragma once

#include <span>
#include <string_view>

#include "model/scenario.h"

namespace retailsim {

struct BehaviourSwitch {
  std::string_view name;
  std::string_view meaning;  // what is there while it is on
  void (*turn_off)(Scenario& scenario);
};

std::span<const BehaviourSwitch> behaviour_switches();

// The scenario with the behaviours of Scenario::behaviours_off turned off. Knobs may then lie
// outside the range that a file may give.
Scenario in_effect(Scenario scenario);

}  // namespace retailsim
