// The steps of build_world, in order; each fills its part of the world from earlier ones.
#pragma once

#include "simulate/world.h"

namespace retailsim::simulate {

void add_stores(World& world);
void add_store_lives(World& world);
void add_weather(World& world);
void add_holidays(World& world);
void add_categories(World& world);  // throws Failure(wrong_usage): more than the assortment has
void add_aisles_and_partners(World& world);
void add_products(World& world);  // throws Failure(wrong_usage): too many in one category
void add_prices(World& world);
void add_store_tastes(World& world);
void add_tastes(World& world);
void add_habits(World& world);
void add_households(World& world);
void add_transfers(World& world);
void add_channels(World& world);
void add_stock_plan(World& world);

}  // namespace retailsim::simulate
