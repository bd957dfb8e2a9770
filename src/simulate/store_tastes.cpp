// What people around a store like more or less than the chain's shoppers do.
#include <algorithm>

#include "simulate/distributions.h"
#include "simulate/world_parts.h"

namespace retailsim::simulate {

void add_store_tastes(World& world) {
  const double sd = world.scenario.store_category_sd;
  world.store_categories.reserve(world.stores.size() * world.categories.size());
  for (const StoreSite& store : world.stores) {
    for (std::uint32_t category = 0; category < world.categories.size(); ++category) {
      Draws draws{world.seed,
                  Stream::store_category,
                  {static_cast<std::uint32_t>(store.row.store_id.value), category}};
      world.store_categories.push_back(static_cast<float>(exponential(sd * normal(draws))));
    }
  }
}

}  // namespace retailsim::simulate
