// Households: how often they shop, where, and for how much.
#include <algorithm>
#include <array>
#include <optional>

#include "simulate/clock.h"
#include "simulate/distributions.h"
#include "simulate/neighbourhoods.h"
#include "simulate/world_parts.h"

namespace retailsim::simulate {
namespace {

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
  std::array<StoreShare, 14> shares_{};
  std::size_t count_ = 0;
};

// The stores that can be a home or lie near one, and the others; by size.
struct Stores {
  explicit Stores(const World& world) {
    for (std::uint32_t i = 0; i < world.stores.size(); ++i)
      (world.stores[i].is_core ? core : tail).push_back(i);
    std::vector<double> sizes;
    sizes.reserve(core.size());
    for (const std::uint32_t store : core) sizes.push_back(world.stores[store].size);
    core_by_size.resize(sizes.size());
    build_alias_table(sizes, core_by_size);
    if (tail.empty()) return;
    // The farther away, the fewer find it. Prototype.
    std::vector<double> nearness;
    nearness.reserve(tail.size());
    for (std::size_t i = 0; i < tail.size(); ++i)
      nearness.push_back(exponential(-static_cast<double>(i) / 60));
    tail_by_nearness.resize(tail.size());
    build_alias_table(nearness, tail_by_nearness);
  }

  std::vector<std::uint32_t> core;
  std::vector<std::uint32_t> tail;
  std::vector<AliasCell> core_by_size;
  std::vector<AliasCell> tail_by_nearness;
};

// Where a household lives and the stores near it, where distance plays a part: draws of its own,
// so that the others are the same without.
class Surroundings {
 public:
  Surroundings(const Neighbourhoods& places, std::uint64_t seed, std::uint32_t household)
      : places_(places),
        draws_(seed, Stream::household_place, {household}),
        place_(places.draw(draws_)),
        home_(places.draw_store(place_, draws_)) {}

  std::uint32_t place() const { return place_; }
  std::uint32_t home() const { return home_; }
  std::uint32_t draw_other() { return places_.draw_other_store(place_, home_, draws_); }

 private:
  const Neighbourhoods& places_;
  Draws draws_;
  std::uint32_t place_;
  std::uint32_t home_;
};

// Shares are sticks broken off a whole (GEM law): the home store, then ever smaller parts
// for stores near it, which are those with the next numbers if there are no `surroundings`; a few
// trips wander to any store, larger ones more often.
StoreShares choose_stores(const World& world, std::uint32_t household, const Stores& stores,
                          Surroundings* surroundings) {
  const Scenario& scenario = world.scenario;
  Draws draws{world.seed, Stream::household_stores, {household}};
  const auto count = static_cast<std::uint32_t>(stores.core.size());
  const auto any_core = [&](std::uint32_t word) {
    return draw_alias(stores.core_by_size.data(), count, word);
  };
  const std::uint32_t any_home = any_core(draws.word());
  const std::uint32_t home = surroundings != nullptr ? surroundings->home() : any_home;
  const double wander_unit = draws.unit();
  const double wander = std::min(1.0, 2 * wander_unit * scenario.wander_share);
  StoreShares shares;
  double left = 1 - wander;
  constexpr int sticks = 7;
  for (int i = 0; i < sticks; ++i) {
    const double unit = draws.unit();
    const double distance = 1 + std::floor(2.5 * standard_exponential(draws));
    const bool is_after = (draws.word() & 1) != 0;
    const double part = i + 1 == sticks ? 1 : 1 - power(unit, 1 / scenario.store_concentration);
    const auto steps = i == 0 ? 0 : static_cast<std::uint32_t>(distance) % count;
    std::uint32_t store = (home + (is_after ? steps : count - steps)) % count;
    if (surroundings != nullptr && i > 0) store = surroundings->draw_other();
    shares.add(stores.core[store], left * part);
    left *= 1 - part;
  }
  constexpr int far_stores = 7;
  for (int i = 0; i < far_stores; ++i) {
    const double tail_unit = draws.unit();
    const std::uint32_t word = draws.word();
    const bool is_tail = tail_unit < scenario.tail_share && !stores.tail.empty();
    shares.add(is_tail
                   ? stores.tail[draw_alias(stores.tail_by_nearness.data(),
                                            static_cast<std::uint32_t>(stores.tail.size()), word)]
                   : stores.core[any_core(word)],
               wander / far_stores);
  }
  return shares;
}

// How often it comes and how much it buys then. All laws and constants: prototype.
void set_rates(const World& world, std::uint32_t household, HouseholdState& state) {
  const Scenario& scenario = world.scenario;
  Draws draws{world.seed, Stream::household, {household}};
  double trips = gamma(draws, scenario.trips_shape) / scenario.trips_shape *
                 scenario.trips_per_year /
                 (1 + scenario.frequent_share * (scenario.frequent_factor - 1));
  Draws rest{world.seed, Stream::household, {household}, 1};
  if (rest.unit() < scenario.frequent_share) trips *= scenario.frequent_factor;
  // Trips are counted in tickets; it takes more visits than that.
  state.visits = trips / weeks_per_year / scenario.conversion;
  const double mission_score = normal(rest);
  const double size_score = normal(rest);
  const double deal_score = normal(rest);
  const double tier_score = normal(rest);
  const double private_score = normal(rest);
  const double many_score = normal(rest);
  const double habit_score = normal(rest);
  const double often_score = standard_exponential(rest);
  state.habit = static_cast<float>(rest.unit());
  state.forgotten_card = static_cast<float>(2 * scenario.forgotten_card * rest.unit());

  // Bargain hunters like what is cheap, and private labels.
  const double of_profile = static_cast<double>(world.tastes.tiers[state.taste]);
  double tier = scenario.tier_sd * (0.3 * of_profile + 0.95 * tier_score - 0.35 * deal_score);
  double logit_up = logit(scenario.stock_up_share) + scenario.household_mission_sd * mission_score;
  double size = scenario.household_basket_sd * size_score + 0.03 * (natural_log(trips + 1) - 3.6);
  if (scenario.tier_sd > 0) size += 0.25 * tier / scenario.tier_sd * scenario.household_basket_sd;
  // Who comes more than twice a week mostly comes for little, and for cheap things.
  constexpr double often = 110;
  const double beyond = std::max(0.0, natural_log(std::max(trips, 1e-9) / often));
  const double haste = beyond * (0.5 + 0.5 * often_score);
  logit_up -= 1.5 * haste;
  size -= 0.28 * haste;
  tier -= 2.2 * haste * std::min(1.0, scenario.tier_sd);
  state.stock_up_logit = static_cast<float>(logit_up);
  state.log_size = static_cast<float>(size);
  state.tier = static_cast<float>(tier);
  const double tier_part = scenario.tier_sd > 0 ? tier / scenario.tier_sd : 0;
  state.private_taste = static_cast<float>(
      scenario.private_taste_sd * (0.6 * deal_score - 0.25 * tier_part + 0.76 * private_score));
  const double deal_sd = scenario.deal_sd;
  state.deal = static_cast<float>(exponential(deal_sd * deal_score - 0.5 * deal_sd * deal_sd));
  state.many_odds = static_cast<float>(exponential(scenario.many_sd * many_score));
  state.habit_alpha = static_cast<float>(exponential(0.5 * scenario.habit_alpha_sd * habit_score));
}

void set_weekdays(const World& world, std::uint32_t household, HouseholdState& state) {
  const Scenario& scenario = world.scenario;
  Draws draws{world.seed, Stream::household, {household}, 3};
  double sum = 0;
  double usual = 0;
  double factors[7];
  for (std::size_t day = 0; day < 7; ++day) {
    factors[day] = gamma(draws, scenario.weekday_habit);
    sum += factors[day] * scenario.weekday_trips[day];
    usual += scenario.weekday_trips[day];
  }
  for (std::size_t day = 0; day < 7; ++day)
    state.weekdays[day] = static_cast<float>(sum > 0 ? factors[day] * usual / sum : 1);
}

void set_lifetime(const World& world, std::uint32_t household, HouseholdState& state) {
  const Scenario& scenario = world.scenario;
  Draws draws{world.seed, Stream::household, {household}, 2};
  const double joins = draws.unit();
  const double leaves = draws.unit();
  const double join_unit = draws.unit();
  const double leave_unit = draws.unit();
  const double member_years = 3 * standard_exponential(draws);
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
}

HouseholdState traits_of(const World& world, std::uint32_t index) {
  const auto household = static_cast<std::uint32_t>(world.household_id(index).value);
  HouseholdState state{};
  state.taste = index % world.tastes.count;
  set_rates(world, household, state);
  set_weekdays(world, household, state);
  set_lifetime(world, household, state);
  return state;
}

}  // namespace

void add_households(World& world) {
  double size_sum = 0;
  for (const StoreSite& store : world.stores) size_sum += store.size;
  const Stores stores{world};
  std::optional<Neighbourhoods> places;
  if (world.scenario.distance_exponent > 0) {
    places.emplace(world, stores.core);
    world.neighbourhoods = places->all();
  }

  const auto count = static_cast<std::uint32_t>(world.scenario.household_count);
  world.households.reserve(count);
  world.members.resize(world.stores.size());
  double visits = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto id = static_cast<std::uint32_t>(world.household_id(i).value);
    HouseholdState household = traits_of(world, i);
    std::optional<Surroundings> surroundings;
    if (places) {
      surroundings.emplace(*places, world.seed, id);
      household.neighbourhood = surroundings->place();
    }
    const StoreShares shares =
        choose_stores(world, id, stores, surroundings ? &*surroundings : nullptr);
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
