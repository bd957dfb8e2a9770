#include "simulate/world.h"

#include <fmt/core.h>

#include "base/failure.h"
#include "model/scenario_behaviours.h"
#include "simulate/ids.h"
#include "simulate/world_parts.h"

namespace retailsim::simulate {

std::shared_ptr<const World> build_world(const Scenario& scenario) {
  auto world = std::make_shared<World>();
  world->scenario = in_effect(scenario);
  world->seed = static_cast<std::uint64_t>(scenario.seed);
  world->assortment = find_assortment(scenario.assortment);
  if (world->assortment == nullptr) {
    throw Failure(FailureKind::wrong_usage,
                  fmt::format("no assortment is called {}", scenario.assortment));
  }
  for (const TrafficChange& change : scenario.traffic_changes) {
    if (change.store_id < 1 || change.store_id > scenario.store_count) {
      throw Failure(FailureKind::wrong_usage, fmt::format("traffic.store_id is {}; legal: 1 to {}",
                                                          change.store_id, scenario.store_count));
    }
  }
  add_stores(*world);
  add_store_lives(*world);
  add_weather(*world);
  add_holidays(*world);
  add_categories(*world);
  add_aisles_and_partners(*world);
  add_products(*world);
  add_prices(*world);
  add_store_tastes(*world);
  add_tastes(*world);
  add_habits(*world);
  add_households(*world);
  add_transfers(*world);
  add_channels(*world);
  add_stock_plan(*world);
  for (std::size_t store = 0; store < world->stores.size(); ++store) {
    if (world->members[store].size() > most_members) {
      throw Failure(FailureKind::wrong_usage,
                    fmt::format("store {} is visited by {} households, but {} are possible",
                                store + 1, world->members[store].size(), most_members),
                    "raise stores.count or lower households.count");
    }
  }
  return world;
}

}  // namespace retailsim::simulate
