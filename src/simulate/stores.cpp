// Where the stores stand, how large they are and when they open.
#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "base/failure.h"
#include "simulate/distributions.h"
#include "simulate/world_parts.h"

namespace retailsim::simulate {
namespace {

// Against the chain's mean floor. Assumed.
constexpr double convenience_below = 0.65;
constexpr double hypermarket_from = 1.6;
constexpr double smallest = 0.25;

StoreFormat format_of(double size) {
  if (size < convenience_below) return StoreFormat::convenience;
  return size < hypermarket_from ? StoreFormat::supermarket : StoreFormat::hypermarket;
}

}  // namespace

namespace {

// Which stores have no households near them, drawn without regard to region.
std::vector<bool> core_stores(const World& world, std::size_t count) {
  std::vector<std::pair<std::uint32_t, std::size_t>> order;
  for (std::size_t i = 0; i < count; ++i) {
    Draws draws{world.seed, Stream::store_rank, {static_cast<std::uint32_t>(i)}};
    order.emplace_back(draws.word(), i);
  }
  std::ranges::sort(order);
  const auto core = std::max<std::size_t>(
      1, static_cast<std::size_t>(
             std::floor(static_cast<double>(count) * world.scenario.store_core_share + 0.5)));
  std::vector<bool> is_core(count, false);
  for (std::size_t i = 0; i < std::min(core, count); ++i) is_core[order[i].second] = true;
  return is_core;
}

}  // namespace

void add_stores(World& world) {
  const Scenario& scenario = world.scenario;
  for (const std::string& name : scenario.regions) {
    const Region* region = find_region(name);
    if (region == nullptr)
      throw Failure(FailureKind::wrong_usage, fmt::format("no region is called {}", name));
    world.zones.push_back(region);
  }
  const auto count = static_cast<std::size_t>(scenario.store_count);
  const std::vector<bool> is_core = core_stores(world, count);
  for (std::size_t i = 0; i < count; ++i) {
    const StoreId id = world.store_id(i);
    Draws draws{world.seed, Stream::store, {static_cast<std::uint32_t>(id.value)}};
    const double size = std::max(smallest, 1 + scenario.store_size_sd * normal(draws));
    const double age_years = 4 + 26 * draws.unit();
    const double east = draws.unit() - 0.5;
    const double north = draws.unit() - 0.5;

    // Neighbours by number are neighbours on the map: regions are filled one after another.
    const std::size_t zone = i * world.zones.size() / count;
    const std::size_t in_zone = i - (zone * count + world.zones.size() - 1) / world.zones.size();
    const Region& region = *world.zones[zone];
    const Town& town = region.towns[in_zone % region.towns.size()];
    const std::size_t in_town = in_zone / region.towns.size();

    const StoreFormat format = format_of(size);
    const int longer = format == StoreFormat::convenience ? 1 : 0;
    constexpr double town_degrees = 0.06;  // stores of a town lie within some kilometres
    const int usual_open = static_cast<int>(scenario.open_hour);
    const int open_hour = std::max(std::min(5, usual_open), usual_open - longer);
    const int close_hour = std::min(24, static_cast<int>(scenario.close_hour) + longer);
    const auto moved = [](Degrees centre, double by) {
      return Degrees{centre.scaled +
                     static_cast<std::int32_t>(std::floor(by * town_degrees * 1e6))};
    };
    auto clock = std::ranges::find(world.timezones, region.timezone);
    if (clock == world.timezones.end())
      clock = world.timezones.insert(world.timezones.end(), region.timezone);

    world.stores.push_back(StoreSite{
        .row = {.store_id = id,
                .name = in_town == 0 ? std::string{town.name}
                                     : fmt::format("{} {}", town.name, in_town + 1),
                .format = format,
                .region = std::string{region.name},
                .city = std::string{town.name},
                .latitude = moved(town.latitude, north),
                .longitude = moved(town.longitude, east),
                .sales_area_sqm = static_cast<std::int32_t>(
                    std::floor(size * static_cast<double>(scenario.sales_area_sqm)) + 1),
                .opened_on = scenario.from - std::chrono::days(static_cast<int>(age_years * 365)),
                .closed_on = std::nullopt,
                .open_hour = open_hour,
                .close_hour = close_hour,
                .timezone = std::string{region.timezone},
                .currency = scenario.currency},
        .town = &town,
        .zone = static_cast<std::uint32_t>(zone),
        .clock = static_cast<std::uint32_t>(clock - world.timezones.begin()),
        .open_hour = static_cast<std::uint32_t>(open_hour),
        .close_hour = static_cast<std::uint32_t>(close_hour),
        .size = size,
        .anonymous_visits = 0,  // known once the households are
        .is_core = is_core[i],
        .refit = std::nullopt,
    });
  }
}

}  // namespace retailsim::simulate
