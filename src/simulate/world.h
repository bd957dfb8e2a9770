// What scenario and seed fix once: stores, products, households and how they hang together.
// Immutable after build_world, so any number of threads may read it.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/scenario.h"
#include "model/scenario_places.h"
#include "model/schema.h"
#include "simulate/alias_table.h"
#include "simulate/assortment.h"

namespace retailsim::simulate {

// Whole weeks, both included, in which a store is closed.
struct ClosedWeeks {
  std::int32_t first;
  std::int32_t last;
};

struct StoreSite {
  Store row;                // as delivered
  const Town* town;         // in which it stands
  std::uint32_t zone;       // index of its region in Scenario::regions
  std::uint32_t clock;      // index in World::timezones
  std::uint32_t open_hour;  // as in `row`
  std::uint32_t close_hour;
  double size;              // 1 is the mean of the chain
  double anonymous_visits;  // per usual week
  bool is_core;             // households live near it
  std::optional<ClosedWeeks> refit;

  // False outside opened_on … closed_on and while it is refitted.
  bool is_open_in(int week) const;
};

// Promotion calendars that run side by side in each category; a product belongs to one.
inline constexpr std::uint32_t promotion_tracks = 4;
// Categories that one calls for another.
inline constexpr std::uint32_t partners_per_category = 8;
// Feasts before which some categories sell more; see seasons.h.
inline constexpr std::size_t feast_count = 6;
// A trip plans which aisles to visit, one bit each, and which departments of four aisles.
inline constexpr std::size_t most_aisles = 32;
inline constexpr std::size_t aisles_per_department = 4;

enum class MissionKind : std::uint8_t { fill_in, stock_up };
inline constexpr std::size_t mission_kinds = 2;

struct CategoryState {
  // What baskets ask for comes first, to lie together.
  std::uint32_t first_product;  // its products are neighbours in World::products
  std::uint32_t product_count;
  std::uint32_t same_bound;     // `word < bound`: the next line is of this category too
  std::uint16_t partner_bound;  // likewise, of half a word: of one of its partners
  float habit_alpha;            // concentration of the favourites within it
  SmallAliasCell partner_cells[partners_per_category];
  std::uint32_t partners[partners_per_category];
  const CategoryFacts* facts;
  std::string name;
  std::int32_t kind;  // index of the one of the facts' kinds that it is; -1: all of them
  double share;       // of lines, before mission, season, store and household
  double returned;    // as its department in Assortment
  double seasonal;    // likewise
  Rate tax_rate;
  double log_price;     // log of a middle product's price, in currency units
  double log_price_sd;  // over its products
  double private_share;
  double fill_in_tilt;  // log share in small baskets against the mean
  double season;        // amplitude and top (day of the year) of the yearly wave of its log share
  double peak_day;
  double feasts[feast_count];  // rise of the log share before each feast
  double taste_shape;          // gamma law over households of the taste for it
  double many_logit;           // added to that of its products
  bool is_weighed;
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
  float many_logit;               // logit of buying more than one, of a middle price
  float depth;                    // what it gets beside a promotion's depth
  std::uint32_t promotion_bound;  // `word < bound`: takes part in its category's promotion
  std::uint32_t ending_word;      // decides how its prices end
  std::int32_t first_week;        // on the shelf from this week on …
  std::int32_t last_week;         // … to this one
  std::int32_t price_weeks;       // length of a list-price episode
  std::int32_t price_phase;
  std::uint32_t first_price;  // of its episodes in World::prices
  std::uint8_t track;
  std::uint8_t kind;  // indices in the category's and assortment's lists of words
  std::uint8_t size;
  std::uint8_t qualifier;
  std::uint8_t brand;
  bool is_private;
  bool is_weighed;
  bool has_zone_prices;
};

// A product's price in one episode and zone.
struct EpisodePrice {
  std::int32_t list;  // cents
  std::int32_t cost;  // cents
  float pull;         // (usual price / list price) to the power of the elasticity
  float many_odds;    // of more than one unit on a line
};

// A product as a favourite may become of it: one cell of the alias table of usual popularity,
// with what a household weighs of both sides, so that a candidate is one read of memory.
struct Candidate {
  std::uint16_t bound;  // of 2^16
  std::uint16_t other;  // place within the category
  std::int8_t price;    // log price against the category's, in fortieths
  std::int8_t price_of_other;
  bool is_private;
  bool is_other_private;
};

struct HouseholdState {
  double visits;  // per usual week, all stores
  float stock_up_logit;
  float log_size;               // added to the log of lines per basket
  float habit;                  // its usual time, as a part of the day's trips (0 … 1)
  float weekdays[7];            // factors on its trips; mean 1 over the week's trips
  float tier;                   // taste for dear products: exponent per log price
  float private_taste;          // log weight of private labels
  float deal;                   // pull of promotions; mean about 1
  float forgotten_card;         // share of baskets that pay list prices
  float many_odds;              // factor on the odds of more than one unit on a line
  float habit_alpha;            // factor on the concentration of favourites
  float online_logit;           // of ordering online, when the scenario begins; see channels.h
  std::uint32_t taste;          // index of its profile in World::tastes
  std::uint32_t home;           // index of the store it visits most
  std::uint32_t neighbourhood;  // index in World::neighbourhoods, where there are any
  Day joined;                   // the card is used from this day on …
  Day left;                     // … and before this one
};

// What shoppers like, by profile, mission and aisle. A household has one profile; where there
// are more households than profiles, some share one. Anonymous buyers draw one.
struct Tastes {
  std::uint32_t count = 0;
  std::size_t category_count = 0;
  std::size_t aisle_count = 0;
  std::vector<SmallAliasCell> categories;  // by profile, mission and place in World::by_aisle
  std::vector<float> aisles;               // by profile, mission and aisle: weight
  std::vector<float> tiers;  // by profile: liking for dear categories, standard normal

  const SmallAliasCell* categories_of(std::uint32_t profile, MissionKind mission) const {
    return categories.data() + row(profile, mission) * category_count;
  }
  const float* aisles_of(std::uint32_t profile, MissionKind mission) const {
    return aisles.data() + row(profile, mission) * aisle_count;
  }

 private:
  static std::size_t row(std::uint32_t profile, MissionKind mission) {
    return profile * mission_kinds + static_cast<std::size_t>(mission);
  }
};

// A household in the list of a store it visits.
struct Member {
  std::uint32_t household;  // index in World::households
  double visits;            // per usual week in this store
};

// What a member comes more often while another of its stores is closed.
struct Transfer {
  std::uint32_t place;  // in World::members of the store
  double visits;        // per usual week
  ClosedWeeks weeks;
};

// Where households live: at one point, as far as distances go.
struct Neighbourhood {
  double latitude;  // degrees
  double longitude;
};

struct Weather {
  double usual_c;        // mean temperature of that day of the year, °C
  double temperature_c;  // of this one
  double rain_mm;
};

// A feast of the scenario in one year.
struct HolidayOnDay {
  Day day;
  double trips;  // factors, as in Holiday
  double basket;
};

struct StockPlan;  // see stock_forecast.h

struct World {
  Scenario scenario;
  std::uint64_t seed;
  const Assortment* assortment;
  std::vector<const Region*> zones;         // as in Scenario::regions
  std::vector<std::string_view> timezones;  // distinct, in order of first use
  std::vector<StoreSite> stores;            // store_id is the index + 1
  std::vector<CategoryState> categories;
  std::vector<std::uint32_t> by_aisle;     // categories, aisle after aisle
  std::vector<std::uint32_t> aisle_begin;  // in by_aisle; one more than there are aisles
  std::vector<ProductState> products;      // product_id is the index + 1
  std::vector<Candidate> candidates;       // by product
  std::vector<float> popularities;         // by product, as in ProductState
  std::vector<EpisodePrice> prices;        // by product, episode from first_week() on; see prices.h
  std::vector<float> store_categories;     // by store, category: factor on its share
  Tastes tastes;
  // How often in a day a favourite is replaced, equally likely; 0 for those that last for ever.
  std::array<float, 1024> habit_rates;
  std::vector<HouseholdState> households;        // household_id is the index + 1
  std::vector<std::vector<Member>> members;      // by store; place in the list is part of ids
  std::vector<std::vector<Transfer>> transfers;  // by store, then place; empty: no store closes
  std::vector<Neighbourhood> neighbourhoods;     // empty: distance plays no part
  std::shared_ptr<const StockPlan> stock;        // null: there is always enough of everything

  std::vector<Weather> weather;        // by zone, then day; see weather_on()
  std::vector<HolidayOnDay> holidays;  // by day

  // Behaviours look back a few weeks.
  Day first_weather_day() const { return monday_of(first_week() - 4); }
  std::size_t weather_days() const {
    return 7 * static_cast<std::size_t>(last_week() - first_week() + 5);
  }
  // By category: factors on its share in that store.
  const float* tastes_of_store(std::size_t store) const {
    return store_categories.data() + store * categories.size();
  }
  std::size_t aisle_count() const { return aisle_begin.size() - 1; }
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
