#include "simulate/truth_parameters.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "simulate/channels.h"
#include "simulate/elementary.h"
#include "simulate/neighbourhoods.h"

namespace retailsim::simulate {
namespace {

// What a parameter is where the chain has no such number: then there is no row.
constexpr double not_there = std::numeric_limits<double>::quiet_NaN();

// One number of every chain, category, product …: a new one is a line in the lists below.
template <class Owner>
struct Parameter {
  std::string_view name;
  std::string_view unit;
  std::string_view meaning;
  double (*value)(const World& world, const Owner& owner);
};

using W = const World&;

double expected_share_of_weeks(const World& world, const ProductState& product) {
  const Scenario& scenario = world.scenario;
  const double everywhere = scenario.promotion_everywhere;
  return product.promotion_bound * 0x1p-32 *
         (everywhere + (1 - everywhere) * scenario.promotion_in_zone);
}

double active_share(const World& world, const HouseholdState& household) {
  const Scenario& scenario = world.scenario;
  const Day end = scenario.to + std::chrono::days(1);
  const auto days = (std::min(household.left, end) - std::max(household.joined, scenario.from));
  return static_cast<double>(std::max(days.count(), std::chrono::days::rep{0})) /
         static_cast<double>((end - scenario.from).count());
}

// No place, where distance plays no part.
Neighbourhood home_of(const World& world, const HouseholdState& household) {
  if (world.neighbourhoods.empty()) return {not_there, not_there};
  return world.neighbourhoods[household.neighbourhood];
}

double home_distance(const World& world, const HouseholdState& household) {
  if (world.neighbourhoods.empty()) return not_there;
  return distance_km(home_of(world, household), world.stores[household.home]);
}

// clang-format off
constexpr Parameter<Scenario> of_chain[] = {
    {"churn_share", "share", "Households that leave during the scenario.", [](W, auto& s) { return s.churn_share; }},
    {"late_join_share", "share", "Households that join during the scenario.", [](W, auto& s) { return s.late_join_share; }},
    {"tickets_per_year", "tickets a year", "Mean over households with a card, while they are customers.", [](W, auto& s) { return s.trips_per_year; }},
    {"anonymous_share", "share", "Sale tickets without a card.", [](W, auto& s) { return s.anonymous_share; }},
    {"conversion", "share", "Visits that end in a purchase.", [](W, auto& s) { return s.conversion; }},
    {"mission_conversion", "share", "By how much conversion is higher when stocking up and lower when filling in.", [](W, auto& s) { return s.mission_conversion; }},
    {"queue_effect", "share", "Loss of conversion in an hour twice as busy as usual.", [](W, auto& s) { return s.queue_effect; }},
    {"staffing", "share", "How far tills are staffed for the usual load of the hour; 0: for that of the week.", [](W, auto& s) { return s.staffing; }},
    {"transfer_share", "share", "Trips to a closed store that go to the household's other stores.", [](W, auto& s) { return s.store_transfer_share; }},
    {"ramp_weeks", "weeks", "A new store has 1 - exp(-weeks / this) of its usual entries.", [](W, auto& s) { return static_cast<double>(s.store_ramp_weeks); }},
    {"distance_exponent", "exponent", "Stores are chosen with size × distance to the power of minus this; 0: distance plays no part.", [](W, auto& s) { return s.distance_exponent; }},
    {"elasticity_mean", "elasticity", "Mean of own_price_elasticity over the law from which products draw it.", [](W, auto& s) { return s.elasticity_mean; }},
    {"elasticity_sd", "elasticity", "Spread of that law.", [](W, auto& s) { return s.elasticity_sd; }},
    {"mailer_effect", "factor", "On the choice of a product while the mailer shows it, beside its price.", [](W, auto& s) { return exponential(s.mailer_lift); }},
    {"display_effect", "factor", "On the choice of a product while it stands on a display, beside its price.", [](W, auto& s) { return exponential(s.display_lift); }},
    {"promotion_expansion", "lines", "Added to the basket for each line that a promotion draws.", [](W, auto& s) { return s.promotion_expansion; }},
    {"price_inflation", "a year", "Growth of list prices and costs.", [](W, auto& s) { return s.inflation; }},
    {"list_price_sd", "log", "Spread of a product's list prices over time.", [](W, auto& s) { return s.list_price_sd; }},
    {"substitution", "share", "Shoppers before an empty shelf who look for another product of the category.", [](W, auto& s) { return s.stock_substitution; }},
    {"missed_delivery_share", "share", "Deliveries that do not come.", [](W, auto& s) { return s.stock_missed_share; }},
    {"forecast_sd", "log", "Spread of the planner's error over products, stores and weeks.", [](W, auto& s) { return s.stock_forecast_sd; }},
    {"shrink", "share", "Counted products of which units turn out to be missing.", [](W, auto& s) { return s.stock_shrink; }},
    {"clearance_depth", "share", "Taken off the list price of a product in its last week; less in the weeks before.", [](W, auto& s) { return s.clearance_weeks > 0 ? s.clearance_depth : 0; }},
    {"online_share", "share", "Orders of card holders that are placed online, when the scenario begins.", [](W, auto& s) { return s.online_share; }},
    {"online_growth", "logit a year", "Growth of that share.", [](W, auto& s) { return s.online_growth; }},
    {"collect_share", "share", "Online orders that are collected in the store.", [](W, auto& s) { return s.collect_share; }},
    {"online_basket_factor", "factor", "On lines of a basket that is ordered online.", [](W, auto& s) { return exponential(s.online_log_lines); }},
    {"online_return_share", "share", "Online orders of which something is brought back.", [](W, auto& s) { return return_share(s, Channel::online); }},
    {"return_share", "share", "Sale tickets of stores of which something is brought back.", [](W, auto& s) { return s.return_share; }},
    {"return_line_share", "share", "Lines of such a ticket that come back, before the category's return_factor; at least one does.", [](W, auto& s) { return s.return_line_share; }},
    {"return_delay", "days", "Mean until then, of a geometric law that is cut off after four weeks.", [](W, auto& s) { return s.return_delay_days; }},
};

constexpr Parameter<StoreSite> of_store[] = {
    {"size", "factor", "Against the mean of the chain.", [](W, auto& s) { return s.size; }},
    {"anonymous_visits", "visits a week", "Of people without a card, in a usual week.", [](W, auto& s) { return s.anonymous_visits; }},
};

constexpr Parameter<CategoryState> of_category[] = {
    {"share", "share", "Of lines, before season, store, mission and household.", [](W, auto& c) { return c.share; }},
    {"season_amplitude", "log", "Of the yearly wave of its log share.", [](W, auto& c) { return c.season; }},
    {"season_peak", "day of the year", "Top of that wave.", [](W, auto& c) { return c.peak_day; }},
    {"usual_price", "currency", "Of a middle product on 2024-01-01.", [](W, auto& c) { return exponential(c.log_price); }},
    {"return_factor", "factor", "On return_line_share.", [](W, auto& c) { return c.returned; }},
};

constexpr Parameter<ProductState> of_product[] = {
    {"own_price_elasticity", "elasticity", "Picks within its category go with price to the power of minus this; those of card holders less, as habits and promotion_pull have it.", [](W, auto& p) { return p.elasticity; }},
    {"base_popularity", "share", "Of its category's choices at usual prices.", [](W, auto& p) { return p.popularity; }},
    {"usual_price", "currency", "On 2024-01-01; list prices vary around it and grow with inflation.", [](W, auto& p) { return exponential(p.log_price); }},
    {"margin", "share", "Of the usual price.", [](W, auto& p) { return p.margin; }},
    {"promotion_share_of_weeks", "share", "Weeks on promotion in a region, as drawn for; those that came are in truth_event.", expected_share_of_weeks},
    {"promotion_depth_added", "share", "Taken off its list price beside its promotion's depth.", [](W, auto& p) { return static_cast<double>(p.depth); }},
};

constexpr Parameter<HouseholdState> of_household[] = {
    {"trip_rate", "visits a week", "All stores, in a usual week.", [](W, auto& h) { return h.visits; }},
    {"stock_up_probability", "share", "Of its tickets stock up, before the hour and the days since the last trip.", [](W, auto& h) { return logistic(static_cast<double>(h.stock_up_logit)); }},
    {"basket_factor", "factor", "On lines per basket.", [](W, auto& h) { return exponential(static_cast<double>(h.log_size)); }},
    {"promotion_pull", "factor", "On what promotions and low prices draw.", [](W, auto& h) { return static_cast<double>(h.deal); }},
    {"dear_taste", "exponent", "A favourite is taken with price to this power.", [](W, auto& h) { return static_cast<double>(h.tier); }},
    {"private_label_taste", "log", "Weight of private labels among favourites.", [](W, auto& h) { return static_cast<double>(h.private_taste); }},
    {"forgotten_card", "share", "Of its baskets pay list prices.", [](W, auto& h) { return static_cast<double>(h.forgotten_card); }},
    {"online_share", "share", "Of its orders are placed online, when the scenario begins.", [](W w, auto& h) { return online_share(w, h, w.scenario.from); }},
    {"active_share", "share", "Of the scenario's days it is a customer; truth_event has the days it joined and left.", active_share},
    {"home_latitude", "degrees", "Where it lives, north of the equator.", [](W w, auto& h) { return home_of(w, h).latitude; }},
    {"home_longitude", "degrees", "Where it lives, east of Greenwich.", [](W w, auto& h) { return home_of(w, h).longitude; }},
    {"home_distance", "km", "From there to the store it visits most.", home_distance},
};
// clang-format on

class Writer {
 public:
  Writer(const World& world, const std::function<void(const TruthParameter&)>& visit)
      : world_(world), visit_(visit) {}

  template <class Owner>
  void add(TruthEntity entity, const std::string& id, std::span<const Parameter<Owner>> parameters,
           const Owner& owner) {
    for (const auto& [name, unit, meaning, value] : parameters)
      add(entity, id, name, value(world_, owner), unit, meaning);
  }

  // Of weekdays or months.
  void add_factors(TruthEntity entity, std::span<const double> trips,
                   std::span<const double> basket) {
    for (std::size_t i = 0; i < trips.size(); ++i) {
      const std::string id = fmt::format("{}", i + 1);
      add(entity, id, "trips_factor", trips[i], "factor", "On entries.");
      add(entity, id, "basket_factor", basket[i], "factor", "On lines per basket.");
    }
  }

 private:
  void add(TruthEntity entity, const std::string& id, std::string_view name, double value,
           std::string_view unit, std::string_view meaning) {
    if (std::isnan(value)) return;
    row_.entity = entity;
    row_.entity_id = id;
    row_.name = std::string{name};
    row_.value = number_of(value);
    row_.unit = std::string{unit};
    row_.explanation = std::string{meaning};
    visit_(row_);
  }

  const World& world_;
  const std::function<void(const TruthParameter&)>& visit_;
  TruthParameter row_{};
};

}  // namespace

void for_each_parameter(const World& world,
                        const std::function<void(const TruthParameter&)>& visit) {
  const Scenario& scenario = world.scenario;
  Writer writer{world, visit};
  writer.add<Scenario>(TruthEntity::chain, "chain", of_chain, scenario);
  writer.add_factors(TruthEntity::weekday, scenario.weekday_trips, scenario.weekday_basket);
  writer.add_factors(TruthEntity::month, scenario.month_trips, scenario.month_basket);
  const auto id_of = [](std::size_t index) { return fmt::format("{}", index + 1); };
  for (std::size_t i = 0; i < world.stores.size(); ++i)
    writer.add<StoreSite>(TruthEntity::store, id_of(i), of_store, world.stores[i]);
  for (const CategoryState& category : world.categories)
    writer.add<CategoryState>(TruthEntity::category, category.name, of_category, category);
  for (std::size_t i = 0; i < world.products.size(); ++i)
    writer.add<ProductState>(TruthEntity::product, id_of(i), of_product, world.products[i]);
  for (std::size_t i = 0; i < world.households.size(); ++i)
    writer.add<HouseholdState>(TruthEntity::household, id_of(i), of_household, world.households[i]);
}

}  // namespace retailsim::simulate
