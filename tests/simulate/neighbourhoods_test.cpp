// Households live somewhere, and shop near there: Huff's model.
#include "simulate/neighbourhoods.h"

#include <gtest/gtest.h>

#include <map>
#include <numeric>

#include "simulate/elementary.h"
#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

std::shared_ptr<const World> town(
    double exponent, const std::function<void(Scenario&)>& change = [](Scenario&) {}) {
  return tiny_world([&](Scenario& s) {
    s.store_count = 24;
    s.regions = {"Bretagne"};
    s.household_count = 6000;
    s.product_count = 40;
    s.store_size_sd = 0.4;
    s.distance_exponent = exponent;
    change(s);
  });
}

std::vector<std::uint32_t> all_stores(const World& world) {
  std::vector<std::uint32_t> stores(world.stores.size());
  std::iota(stores.begin(), stores.end(), 0);
  return stores;
}

TEST(Neighbourhoods, DistancesAreThoseOnTheGround) {
  const auto world = town(2);
  // Rennes to Brest: 208 km as the crow flies.
  const Neighbourhood rennes{48.1173, -1.6778};
  StoreSite brest = world->stores[0];
  brest.row.latitude = Degrees{48'390'400};
  brest.row.longitude = Degrees{-4'486'100};
  EXPECT_NEAR(distance_km(rennes, brest), 210, 4);
  EXPECT_EQ(distance_km({48.3904, -4.4861}, brest), 0.5);
}

TEST(Neighbourhoods, StoresAreDrawnWithSizeOverDistanceToThePower) {
  for (const double exponent : {0.7, 2.0}) {
    const auto world = town(exponent, [](Scenario& s) { s.household_count = 1; });
    const auto stores = all_stores(*world);
    const Neighbourhoods places{*world, stores};
    constexpr std::uint32_t place = 5;
    std::vector<double> expected;
    double sum = 0;
    for (const StoreSite& store : world->stores) {
      expected.push_back(store.size * power(distance_km(places.all()[place], store), -exponent));
      sum += expected.back();
    }
    std::vector<int> drawn(stores.size());
    Draws draws{1, Stream::household_place, {1}};
    constexpr int count = 4000;  // words of a sequence
    for (int i = 0; i < count; ++i) ++drawn[places.draw_store(place, draws)];
    double chi_squared = 0;
    int cells = 0;
    for (std::size_t i = 0; i < stores.size(); ++i) {
      const double mean = count * expected[i] / sum;
      if (mean < 5) continue;
      chi_squared += (drawn[i] - mean) * (drawn[i] - mean) / mean;
      ++cells;
    }
    EXPECT_GT(cells, 1);
    EXPECT_LT(chi_squared, cells + 5 * std::sqrt(2.0 * cells)) << exponent;
  }
}

double mean_distance_to_home(const World& world) {
  double sum = 0;
  for (const HouseholdState& household : world.households)
    sum += distance_km(world.neighbourhoods[household.neighbourhood], world.stores[household.home]);
  return sum / static_cast<double>(world.households.size());
}

TEST(Neighbourhoods, AGreaterExponentKeepsHouseholdsNearer) {
  const double loose = mean_distance_to_home(*town(0.5));
  const double usual = mean_distance_to_home(*town(2));
  const double strict = mean_distance_to_home(*town(4));
  EXPECT_GT(loose, 3 * usual);
  EXPECT_GT(usual, strict);
  EXPECT_LT(usual, 20);
}

TEST(Neighbourhoods, LargeStoresStillDrawMore) {
  const auto world = town(2, [](Scenario& s) { s.wander_share = 0; });
  double sizes = 0, visits = 0;
  for (const StoreSite& store : world->stores) sizes += store.size;
  std::vector<double> of_store;
  for (const auto& members : world->members) {
    double sum = 0;
    for (const Member& member : members) sum += member.visits;
    of_store.push_back(sum);
    visits += sum;
  }
  double xy = 0, xx = 0, yy = 0;
  const auto count = static_cast<double>(world->stores.size());
  for (std::size_t i = 0; i < world->stores.size(); ++i) {
    const double x = world->stores[i].size / sizes - 1 / count;
    const double y = of_store[i] / visits - 1 / count;
    xy += x * y;
    xx += x * x;
    yy += y * y;
  }
  EXPECT_GT(xy / std::sqrt(xx * yy), 0.8);
  EXPECT_NEAR(xy / xx, 1, 0.35);
}

TEST(Neighbourhoods, HouseholdsAreAsLoyalAsWithoutThem) {
  const auto largest_shares = [](const World& world) {
    std::vector<double> largest(world.households.size()), all(world.households.size());
    for (const auto& members : world.members)
      for (const Member& member : members) {
        all[member.household] += member.visits;
        largest[member.household] = std::max(largest[member.household], member.visits);
      }
    double sum = 0;
    for (std::size_t i = 0; i < all.size(); ++i) sum += largest[i] / all[i];
    return sum / static_cast<double>(all.size());
  };
  EXPECT_NEAR(largest_shares(*town(2)), largest_shares(*town(0)), 0.04);
}

TEST(Neighbourhoods, WithoutDistanceNobodyHasAnAddressAndNothingElseChanges) {
  const auto without = town(0);
  EXPECT_TRUE(without->neighbourhoods.empty());
  const auto with = town(2);
  for (std::size_t i = 0; i < with->households.size(); i += 97) {
    EXPECT_EQ(with->households[i].visits, without->households[i].visits);
    EXPECT_EQ(with->households[i].log_size, without->households[i].log_size);
  }
}

TEST(Neighbourhoods, ManyHouseholdsLiveInATownWithMuchFloor) {
  const auto world = town(2);
  std::map<std::string, double> floor_of, people_of;
  double floor = 0;
  for (const StoreSite& store : world->stores) {
    floor_of[*store.row.city] += store.size;
    floor += store.size;
  }
  const auto stores = all_stores(*world);
  for (const HouseholdState& household : world->households) {
    const Neighbourhood& home = world->neighbourhoods[household.neighbourhood];
    const auto nearest = std::ranges::min(
        world->stores, {}, [&](const StoreSite& store) { return distance_km(home, store); });
    people_of[*nearest.row.city] += 1;
  }
  for (const auto& [city, size] : floor_of)
    EXPECT_NEAR(people_of[city] / static_cast<double>(world->households.size()), size / floor, 0.03)
        << city;
}

}  // namespace
}  // namespace retailsim::simulate
