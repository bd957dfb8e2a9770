// The steps of build_world, in order; each fills its part of the world from earlier ones.
#pragma once

#include "simulate/world.h"

namespace retailsim::simulate {

void add_stores(World& world);
void add_categories_and_products(World& world);
void add_households(World& world);

}  // namespace retailsim::simulate
