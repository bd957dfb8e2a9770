#include "simulate/neighbourhoods.h"

#include <algorithm>

#include "simulate/distributions.h"

namespace retailsim::simulate {
namespace {

constexpr double km_per_degree = 111.2;  // of latitude, on a sphere
constexpr double next_door_km = 0.5;
constexpr double scatter_km = 3;  // of neighbourhoods around the middle of a town. Assumed.
constexpr std::uint32_t most_per_town = 64;
constexpr std::size_t most_cells = 4'000'000;  // of all tables: 32 MB

double degrees(Degrees value) { return value.scaled * 1e-6; }
double degrees(const std::optional<Degrees>& value) { return degrees(value.value_or(Degrees{})); }

double cosine_of_degrees(double angle) { return cosine_of_turns(angle / 360); }

struct TownSize {
  const Town* town;
  double size;
};

// The towns of some stores, in the order of these.
std::vector<TownSize> towns_of(const World& world, std::span<const std::uint32_t> stores) {
  std::vector<TownSize> towns;
  for (const std::uint32_t store : stores) {
    const StoreSite& site = world.stores[store];
    auto found = std::ranges::find(towns, site.town, &TownSize::town);
    if (found == towns.end()) found = towns.insert(towns.end(), {site.town, 0});
    found->size += site.size;
  }
  return towns;
}

// The same town and number give the same point, whatever the stores.
Neighbourhood point_near(const World& world, const Town& town, std::uint32_t number) {
  Draws draws{world.seed,
              Stream::neighbourhood,
              {static_cast<std::uint32_t>(town.latitude.scaled),
               static_cast<std::uint32_t>(town.longitude.scaled), number}};
  const double north_km = scatter_km * normal(draws);
  const double east_km = scatter_km * normal(draws);
  const double latitude = degrees(town.latitude);
  return {latitude + north_km / km_per_degree,
          degrees(town.longitude) + east_km / km_per_degree / cosine_of_degrees(latitude)};
}

}  // namespace

double distance_km(const Neighbourhood& from, const StoreSite& to) {
  const double latitude = degrees(to.row.latitude);
  const double north = latitude - from.latitude;
  const double east = (degrees(to.row.longitude) - from.longitude) *
                      cosine_of_degrees((latitude + from.latitude) / 2);
  return std::max(next_door_km, km_per_degree * std::sqrt(north * north + east * east));
}

Neighbourhoods::Neighbourhoods(const World& world, std::span<const std::uint32_t> candidates)
    : store_count_(static_cast<std::uint32_t>(candidates.size())) {
  const std::vector<TownSize> towns = towns_of(world, candidates);
  const std::size_t room = most_cells / (towns.size() * candidates.size());
  per_town_ = static_cast<std::uint32_t>(std::clamp<std::size_t>(room, 2, most_per_town));
  std::vector<double> weights;
  for (const TownSize& each : towns) {
    weights.push_back(each.size);
    for (std::uint32_t number = 0; number < per_town_; ++number)
      points_.push_back(point_near(world, *each.town, number));
  }
  towns_.resize(towns.size());
  build_alias_table(weights, towns_);

  stores_.resize(points_.size() * candidates.size());
  weights.resize(candidates.size());
  const double exponent = world.scenario.distance_exponent;
  for (std::size_t point = 0; point < points_.size(); ++point) {
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const StoreSite& store = world.stores[candidates[i]];
      weights[i] = store.size * power(distance_km(points_[point], store), -exponent);
    }
    build_alias_table(weights,
                      std::span{stores_}.subspan(point * candidates.size(), candidates.size()));
  }
}

std::uint32_t Neighbourhoods::draw(Draws& draws) const {
  const std::uint32_t town =
      draw_alias(towns_.data(), static_cast<std::uint32_t>(towns_.size()), draws.word());
  return town * per_town_ + below(per_town_, draws.word());
}

std::uint32_t Neighbourhoods::draw_store(std::uint32_t neighbourhood, Draws& draws) const {
  return draw_alias(cells_of(neighbourhood), store_count_, draws.word());
}

std::uint32_t Neighbourhoods::draw_other_store(std::uint32_t neighbourhood, std::uint32_t home,
                                               Draws& draws) const {
  // Where nearly everybody goes to one store, the others are too far away for most.
  constexpr int tries = 50;
  for (int attempt = 0; attempt < tries; ++attempt) {
    const std::uint32_t store = draw_store(neighbourhood, draws);
    if (store != home) return store;
  }
  return home;
}

}  // namespace retailsim::simulate
