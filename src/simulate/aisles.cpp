// Where categories stand in the store, and which call for which others.
#include <algorithm>
#include <numeric>

#include "simulate/distributions.h"
#include "simulate/world_parts.h"

namespace retailsim::simulate {
namespace {

// Departments follow one another as in the assortment's list; within them, categories.
std::vector<std::uint32_t> walk_through_the_store(const World& world) {
  const auto place_of = [&](std::uint32_t category) {
    const CategoryState& state = world.categories[category];
    const auto& departments = world.assortment->departments;
    const auto department =
        std::ranges::find(departments, state.facts->department, &DepartmentFacts::name);
    const auto parent = state.facts - world.assortment->categories.data();
    return std::tuple{department - departments.begin(), parent, state.kind};
  };
  std::vector<std::uint32_t> order(world.categories.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::sort(order, {}, place_of);
  return order;
}

// Categories of that name, whole or parted; the named partner of an assortment's category.
std::vector<std::uint32_t> of_name(const World& world, std::string_view name) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < world.categories.size(); ++i)
    if (world.categories[i].facts->name == name) found.push_back(i);
  return found;
}

// Most partners stand near by; the first two are kinds of the partner that the assortment
// names. How well two go together: prototype.
void find_partners(World& world, std::uint32_t category, std::size_t place) {
  CategoryState& state = world.categories[category];
  const auto count = static_cast<std::int64_t>(world.by_aisle.size());
  Draws draws{world.seed, Stream::partner, {category}};
  const std::vector<std::uint32_t> named = of_name(world, state.facts->partner);
  std::array<double, partners_per_category> weights{};
  for (std::size_t i = 0; i < partners_per_category; ++i) {
    const std::int64_t step =
        i < 4 ? static_cast<std::int64_t>(i) - 4 : static_cast<std::int64_t>(i) - 3;
    const std::uint32_t far_word = draws.word();
    const std::uint32_t name_word = draws.word();
    const std::int64_t off = step * (1 + (i % 2 == 1 ? below(3, far_word) : 0));
    const std::int64_t there = ((static_cast<std::int64_t>(place) + off) % count + count) % count;
    std::uint32_t partner = world.by_aisle[static_cast<std::size_t>(there)];
    double weight = 1;
    if (i < 2 && !named.empty()) {
      partner = named[below(static_cast<std::uint32_t>(named.size()), name_word)];
      weight = 2;
    }
    state.partners[i] = partner;
    weights[i] = weight * world.categories[partner].share *
                 exponential(world.scenario.partner_sd * normal(draws));
  }
  std::array<AliasCell, partners_per_category> cells;
  build_alias_table(weights, cells);
  std::ranges::transform(cells, state.partner_cells, small_cell);
}

}  // namespace

void add_aisles_and_partners(World& world) {
  world.by_aisle = walk_through_the_store(world);
  const std::size_t count = world.by_aisle.size();
  const std::size_t aisles = std::min(most_aisles, count);
  for (std::size_t aisle = 0; aisle <= aisles; ++aisle)
    world.aisle_begin.push_back(static_cast<std::uint32_t>(aisle * count / aisles));
  for (std::size_t place = 0; place < count; ++place)
    find_partners(world, world.by_aisle[place], place);
}

}  // namespace retailsim::simulate
