// What scenario and seed fix once: stores, products, households and how they hang together.
// Immutable after build_world, so any number of threads may read it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "model/scenario.h"
#include "model/scenario_places.h"
#include "model/schema.h"
#include "simulate/alias_table.h"
#include "simulate/assortment.h"

namespace retailsim::simulate {

struct StoreSite {
  Store row;                // as delivered
  std::uint32_t zone;       // index of its region in Scenario::regions
  std::uint32_t clock;      // index in World::timezones
  std::uint32_t open_hour;  // as in `row`
  std::uint32_t close_hour;
  double size;              // 1 is the mean of the chain
  double anonymous_visits;  // per usual week
};

// Two promotion calendars run side by side in each category; a product belongs to one.
inline constexpr std::uint32_t promotion_tracks = 2;

struct CategoryState {
  const CategoryFacts* facts;
  double share;                 // of lines, before mission, season and store
  std::uint32_t first_product;  // its products are neighbours in World::products
  std::uint32_t product_count;
  std::uint32_t partner;  // index of a category; itself when it has none
  double returned;        // as its department in Assortment
  Rate tax_rate;
  struct Track {
    std::int32_t weeks;  // length of a promotion block
    std::int32_t phase;
  };
  Track tracks[promotion_tracks];
};

struct ProductState {
  std::uint32_t category;
  double popularity;  // share within its category at usual prices
  double log_price;   // log of its usual price on 2024-01-01, in currency units
  double margin;      // (price - cost) / price at usual prices
  double elasticity;
  double many_logit;              // logit of buying more than one
  std::uint32_t promotion_bound;  // `word < bound`: takes part in its category's promotion
  std::uint32_t ending_word;      // decides how its prices end
  std::int32_t first_week;        // on the shelf from this week on …
  std::int32_t last_week;         // … to this one
  std::int32_t price_weeks;       // length of a list-price episode
  std::int32_t price_phase;
  std::uint8_t track;
  std::uint8_t kind;  // indices in the category's and assortment's lists of words
  std::uint8_t size;
  std::uint8_t qualifier;
  std::uint8_t brand;
  bool is_private;
  bool has_zone_prices;
};

struct HouseholdState {
  double visits;       // per usual week, all stores
  double stock_up;     // probability that a trip stocks up
  double log_size;     // added to the log of lines per basket
  double habit;        // its usual time, as a part of the day's trips (0 … 1)
  std::uint32_t home;  // index of the store it visits most
  Day joined;          // the card is used from this day on …
  Day left;            // … and before this one
};

// A household in the list of a store it visits.
struct Member {
  std::uint32_t household;  // index in World::households
  double visits;            // per usual week in this store
};

struct World {
  Scenario scenario;
  std::uint64_t seed;
  const Assortment* assortment;
  std::vector<const Region*> zones;         // as in Scenario::regions
  std::vector<std::string_view> timezones;  // distinct, in order of first use
  std::vector<StoreSite> stores;            // store_id is the index + 1
  std::vector<CategoryState> categories;
  std::vector<ProductState> products;        // product_id is the index + 1
  std::vector<HouseholdState> households;    // household_id is the index + 1
  std::vector<std::vector<Member>> members;  // by store; place in the list is part of ids

  int first_week() const { return week_of(scenario.from); }
  int last_week() const { return week_of(scenario.to); }
  ProductId product_id(std::size_t index) const { return {static_cast<std::int64_t>(index) + 1}; }
  StoreId store_id(std::size_t index) const { return {static_cast<std::int64_t>(index) + 1}; }
  HouseholdId household_id(std::size_t index) const {
    return {static_cast<std::int64_t>(index) + 1};
  }
};

// Throws Failure(wrong_usage) when the scenario names what does not exist (a traffic
// change's store) or puts more members in one store than ids have room for.
std::shared_ptr<const World> build_world(const Scenario& scenario);

}  // namespace retailsim::simulate
