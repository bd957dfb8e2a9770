// truth_parameter: the numbers that the simulation goes by, so that whoever estimates them from
// sales can be graded.
#pragma once

#include <functional>

#include "simulate/world.h"

namespace retailsim::simulate {

// Every number of the world: the chain's, then those of weekdays and months, stores, categories,
// products and households. The row is valid until `visit` returns.
void for_each_parameter(const World& world,
                        const std::function<void(const TruthParameter&)>& visit);

}  // namespace retailsim::simulate
