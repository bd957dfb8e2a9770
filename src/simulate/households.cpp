// Households: how often they shop, where, and for how much.
#include <algorithm>
#include <array>

#include "simulate/distributions.h"
#include "simulate/world_parts.h"

namespace retailsim::simulate {
namespace {

constexpr double weeks_per_year = 365.25 / 7;

// Where a household shops: index of a store and its share of the visits.
struct StoreShare {
  std::uint32_t store;
  double share;
};

class StoreShares {
 public:
  void add(std::uint32_t store, double share) {
    for (StoreShare& each : std::span{shares_.data(), count_})
      if (each.store == store) return void(each.share += share);
    shares_[count_++] = {store, share};
  }
  std::span<const StoreShare> all() const { return {shares_.data(), count_}; }

 private:
  std::array<StoreShare, 8> shares_{};
  std::size_t count_ = 0;
};

// Shares are sticks broken off a whole (GEM law): the home store, then ever smaller parts
// for stores near it; a few trips wander to any store, larger ones more often.
StoreShares choose_stores(const World& world, std::uint32_t household,
                          std::span<const AliasCell> by_size) {
  Draws draws{world.seed, Stream::household_stores, {household}};
  const auto count = static_cast<std::uint32_t>(world.stores.size());
  const auto any_store = [&] { return draw_alias(by_size.data(), count, draws.word()); };
  const std::uint32_t home = any_store();
  const double wander_unit = draws.unit();
  const double wander = std::min(1.0, 2 * wander_unit * world.scenario.wander_share);
  StoreShares shares;
  double left = 1 - wander;
  constexpr int sticks = 5;
  for (int i = 0; i < sticks; ++i) {
    const double unit = draws.unit();
    const double distance = 1 + std::floor(2.5 * standard_exponential(draws));
    const bool is_after = (draws.word() & 1) != 0;
    const double part =
        i + 1 == sticks ? 1 : 1 - power(unit, 1 / world.scenario.store_concentration);
    const auto steps = i == 0 ? 0 : static_cast<std::uint32_t>(distance) % count;
    shares.add((home + (is_after ? steps : count - steps)) % count, left * part);
    left *= 1 - part;
  }
  for (int i = 0; i < 3; ++i) {
    const std::uint32_t store = any_store();
    shares.add(store, wander / 3);
  }
  return shares;
}

HouseholdState traits_of(const World& world, std::uint32_t household) {
  const Scenario& scenario = world.scenario;
  Draws draws{world.seed, Stream::household, {household}};
  HouseholdState state{};
  // Trips are counted in tickets; it takes more visits than that.
  state.visits = gamma(draws, scenario.trips_shape) / scenario.trips_shape *
                 scenario.trips_per_year / weeks_per_year / scenario.conversion;
  Draws rest{world.seed, Stream::household, {household}, 1};
  state.stock_up =
      logistic(logit(scenario.stock_up_share) + scenario.household_mission_sd * normal(rest));
  state.log_size = scenario.household_basket_sd * normal(rest);
  state.habit = rest.unit();
  const double joins = rest.unit();
  const double leaves = rest.unit();
  const double join_unit = rest.unit();
  const double leave_unit = rest.unit();
  const double member_years = 3 * standard_exponential(rest);
  const double days = static_cast<double>((scenario.to - scenario.from).count() + 1);
  const auto day_at = [&](double unit) {
    return scenario.from + std::chrono::days(static_cast<int>(unit * days));
  };
  state.joined = joins < scenario.late_join_share
                     ? day_at(join_unit)
                     : scenario.from - std::chrono::days(1 + static_cast<int>(member_years * 365));
  state.left = last_day;
  if (leaves < scenario.churn_share && day_at(leave_unit) > state.joined)
    state.left = day_at(leave_unit);
  return state;
}

}  // namespace

void add_households(World& world) {
  std::vector<double> sizes;
  double size_sum = 0;
  for (const StoreSite& store : world.stores) {
    sizes.push_back(store.size);
    size_sum += store.size;
  }
  std::vector<AliasCell> by_size(sizes.size());
  build_alias_table(sizes, by_size);

  const auto count = static_cast<std::uint32_t>(world.scenario.household_count);
  world.households.reserve(count);
  world.members.resize(world.stores.size());
  double visits = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto id = static_cast<std::uint32_t>(world.household_id(i).value);
    HouseholdState household = traits_of(world, id);
    const StoreShares shares = choose_stores(world, id, by_size);
    double largest = 0;
    for (const auto& [store, share] : shares.all()) {
      if (share <= 0) continue;
      if (share > largest) {
        largest = share;
        household.home = store;
      }
      world.members[store].push_back({i, household.visits * share});
    }
    visits += household.visits;
    world.households.push_back(household);
  }
  // Those who join late or leave early are away for half of the scenario on average.
  const Scenario& scenario = world.scenario;
  const double active = 1 - 0.5 * (scenario.late_join_share + scenario.churn_share) +
                        0.25 * scenario.late_join_share * scenario.churn_share;
  const double share = scenario.anonymous_share;
  for (StoreSite& store : world.stores)
    store.anonymous_visits = visits * active * share / (1 - share) * store.size / size_sum;
}

}  // namespace retailsim::simulate
