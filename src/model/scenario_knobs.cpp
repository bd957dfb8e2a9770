#include "model/scenario_knobs.h"

#include "model/quality.h"
#include "model/scenario_behaviours.h"
#include "model/scenario_feasts.h"
#include "model/scenario_places.h"

// Sources named below. "Panel": fitted on the Complete Journey panel (84.51°, 2017: 2,467
// households, 1.44 M lines). "Prototype": tuned so that simulated facts match the panel's.
// "Assumed": no data; a round number that retailers would find plausible.

namespace retailsim {
namespace {

std::vector<std::string> region_names() {
  std::vector<std::string> names;
  for (const Region& region : all_regions()) names.emplace_back(region.name);
  return names;
}

std::vector<std::string> assortment_names() { return {"grocery", "fashion"}; }

bool is_currency(std::string_view text) {
  if (text.size() != 3) return false;
  for (const char c : text)
    if (c < 'A' || c > 'Z') return false;
  return true;
}

// Checked in a leap year, so that 02-29 is a day.
bool is_feast(std::string_view text) { return day_of_feast(text, 2024).has_value(); }

template <class Enum>
std::vector<std::string> words_of() {
  std::vector<std::string> words;
  for (const auto word : labels(Enum{})) words.emplace_back(word);
  return words;
}
std::vector<std::string> defect_words() { return words_of<DefectKind>(); }
std::vector<std::string> behaviour_words() {
  std::vector<std::string> words;
  for (const BehaviourSwitch& each : behaviour_switches()) words.emplace_back(each.name);
  return words;
}
std::vector<std::string> mechanism_words() { return words_of<Mechanism>(); }

using S = Scenario;

}  // namespace

template <>
std::span<const Knob<Scenario>> knobs() {
  // clang-format off
  static const std::vector<Knob<Scenario>> all = {
      {.key = "name", .field = &S::name, .meaning = "Name of the chain in reports."},
      {.key = "seed", .field = &S::seed, .at_least = 0, .meaning = "Another seed, another chain of the same kind."},
      {.key = "from", .field = &S::from, .meaning = "First simulated day, 2000-01-03 or later."},
      {.key = "to", .field = &S::to, .meaning = "Last simulated day, 2078-06-30 or earlier."},

      {.key = "stores.count", .field = &S::store_count, .at_least = 1, .at_most = 16'383, .unit = "stores", .meaning = "Number of stores."},
      {.key = "stores.regions", .field = &S::regions, .meaning = "Regions in which they stand; each is a price zone.", .words = region_names},
      {.key = "stores.currency", .field = &S::currency, .meaning = "Currency of all amounts.", .is_legal = is_currency, .form = "an ISO 4217 code such as \"EUR\""},
      {.key = "stores.open_hour", .field = &S::open_hour, .at_least = 0, .at_most = 22, .unit = "hour", .meaning = "Opening hour of a supermarket; convenience stores open one hour earlier, but none between midnight and 5 that supermarkets do not. Assumed."},
      {.key = "stores.close_hour", .field = &S::close_hour, .at_least = 6, .at_most = 24, .unit = "hour", .meaning = "Closing hour of a supermarket; convenience stores close one hour later. Assumed."},
      {.key = "stores.size_sd", .field = &S::store_size_sd, .at_least = 0, .at_most = 2, .unit = "share", .meaning = "Spread of store sizes around their mean. Prototype."},
      {.key = "stores.core_share", .field = &S::store_core_share, .at_least = 0.01, .at_most = 1, .unit = "share", .meaning = "Stores where households live; the others are found by wandering shoppers only, so the panel sees little of them. Panel: 0.26."},
      {.key = "stores.sales_area_sqm", .field = &S::sales_area_sqm, .at_least = 20, .at_most = 100'000, .unit = "m²", .meaning = "Floor of a store of mean size. Assumed."},
      {.key = "stores.opened_share", .field = &S::store_opened_share, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Stores that open during the scenario, on a Monday after its first week. Off by default: most studies want a chain that stays as it is."},
      {.key = "stores.closed_share", .field = &S::store_closed_share, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Stores that close for good during the scenario, after a Sunday; none within eight weeks of its opening. Off by default."},
      {.key = "stores.refit_share", .field = &S::store_refit_share, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Stores that are closed for some weeks to be refitted, where these weeks lie between opening and closing. Off by default."},
      {.key = "stores.refit_weeks", .field = &S::store_refit_weeks, .at_least = 1, .at_most = 52, .unit = "weeks", .meaning = "How long that takes, Monday to Sunday. Assumed."},
      {.key = "stores.ramp_weeks", .field = &S::store_ramp_weeks, .at_least = 0, .at_most = 104, .unit = "weeks", .meaning = "A new store has 1 - exp(-weeks since its opening / this) of its usual entries; 0: all of them at once. Assumed."},
      {.key = "stores.transfer_share", .field = &S::store_transfer_share, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Part of a household's trips to a closed store that it makes to its other stores instead. Assumed."},

      {.key = "products.assortment", .field = &S::assortment, .meaning = "Kind of goods.", .words = assortment_names},
      {.key = "products.count", .field = &S::product_count, .at_least = 40, .at_most = 500'000, .unit = "products", .meaning = "Number of products."},
      {.key = "products.categories", .field = &S::category_count, .at_least = 0, .at_most = 2'000, .unit = "categories", .meaning = "Number of categories; more than the assortment has: each is parted into its kinds. 0: as many as the assortment has."},
      {.key = "products.category_log_price", .field = &S::category_log_price, .at_least = -2, .at_most = 6, .meaning = "Mean over parted categories of the log of their usual price. Panel."},
      {.key = "products.category_log_price_sd", .field = &S::category_log_price_sd, .at_least = 0, .at_most = 2, .meaning = "Its spread. Panel: 0.48."},
      {.key = "products.log_price_sd", .field = &S::product_log_price_sd, .at_least = 0, .at_most = 2, .meaning = "Spread of log prices within a parted category. Prototype; panel 0.58 with time."},
      {.key = "products.private_share", .field = &S::private_share, .at_least = 0, .at_most = 0.9, .unit = "share", .meaning = "Private-label products of a parted category. Prototype."},
      {.key = "products.private_sd", .field = &S::private_sd, .at_least = 0, .at_most = 4, .meaning = "Spread of its logit over parted categories. Prototype."},
      {.key = "products.popularity_exponent", .field = &S::popularity_exponent, .at_least = 0.1, .at_most = 3, .meaning = "s of the Zipf–Mandelbrot law (rank + q)^-s within a category. Prototype."},
      {.key = "products.popularity_exponent_sd", .field = &S::popularity_exponent_sd, .at_least = 0, .at_most = 1, .meaning = "Spread of s over categories. Prototype."},
      {.key = "products.popularity_offset", .field = &S::popularity_offset, .at_least = 0, .at_most = 100, .unit = "ranks", .meaning = "q of the same law. Prototype."},
      {.key = "products.star_share", .field = &S::star_share, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Categories in which one product outsells all others. Prototype."},
      {.key = "products.elasticity_mean", .field = &S::elasticity_mean, .at_least = 0, .at_most = 12, .meaning = "Choice within a category goes with price^-elasticity, gamma over products; card holders follow it about half as much, for habit comes first. Panel: median 2.1 over products."},
      {.key = "products.elasticity_sd", .field = &S::elasticity_sd, .at_least = 0, .at_most = 6, .meaning = "Its spread over products. Panel: quartiles 1.0 and 3.1, which include chance."},
      {.key = "products.many_logit", .field = &S::many_logit, .at_least = -20, .at_most = 5, .meaning = "Logit of more than one unit on a line. Prototype."},
      {.key = "products.weighed_share", .field = &S::weighed_share, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Categories sold by weight: each piece has a price of its own. Prototype: 0.09."},
      {.key = "products.launched_share", .field = &S::launched_share, .at_least = 0, .at_most = 0.9, .unit = "share", .meaning = "Products that arrive during the scenario. Assumed."},
      {.key = "products.delisted_share", .field = &S::delisted_share, .at_least = 0, .at_most = 0.9, .unit = "share", .meaning = "Products that leave during the scenario. Assumed."},
      {.key = "products.collection_share", .field = &S::collection_share, .at_least = 0, .at_most = 0.9, .unit = "share", .meaning = "Products that are sold for one half-year's season only, spring or autumn, each of some season of the scenario; in some departments more, in others less. Assumed: 0.7 of a fashion chain."},

      {.key = "households.count", .field = &S::household_count, .at_least = 1, .at_most = 100'000'000, .unit = "households", .meaning = "Households with a loyalty card."},
      {.key = "households.trips_per_year", .field = &S::trips_per_year, .at_least = 0, .at_most = 400, .unit = "tickets", .meaning = "Mean tickets of a household. Panel: negative binomial, mean 57.1."},
      {.key = "households.trips_shape", .field = &S::trips_shape, .at_least = 0.1, .at_most = 100, .meaning = "Shape of the gamma law of trip rates. Prototype; panel 1.18 with the frequent."},
      {.key = "households.frequent_share", .field = &S::frequent_share, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Households that come far more often, mostly for little. Prototype."},
      {.key = "households.frequent_factor", .field = &S::frequent_factor, .at_least = 1, .at_most = 10, .unit = "factor", .meaning = "How much more often. Prototype."},
      {.key = "households.regular_share", .field = &S::regular_share, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Trips that are spread evenly over weeks instead of falling as chance has it. Prototype."},
      {.key = "households.slow_sd", .field = &S::slow_sd, .at_least = 0, .at_most = 1.2, .meaning = "Log spread of a household's trip rate from one two-month period to another. Prototype."},
      {.key = "households.weekday_habit", .field = &S::weekday_habit, .at_least = 0.5, .at_most = 10'000, .meaning = "Shape of the gamma law of a household's weekdays: small means set days. Prototype."},
      {.key = "households.store_concentration", .field = &S::store_concentration, .at_least = 0.01, .at_most = 10, .meaning = "Stick-breaking parameter of store choice: small means loyal. Prototype; panel 0.45."},
      {.key = "households.distance_exponent", .field = &S::distance_exponent, .at_least = 0, .at_most = 5, .meaning = "Households live in neighbourhoods of the towns, and choose stores with probability size × distance^-this (Huff 1963, who found about 2). 0: they have no address, and near are the stores with the next numbers."},
      {.key = "households.wander_share", .field = &S::wander_share, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Mean share of trips to far stores. Prototype."},
      {.key = "households.tail_share", .field = &S::tail_share, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Part of these that go to stores outside the core. Prototype."},
      {.key = "households.basket_sd", .field = &S::household_basket_sd, .at_least = 0, .at_most = 2, .meaning = "Spread over households of log lines per basket. Prototype; panel 0.54."},
      {.key = "households.mission_sd", .field = &S::household_mission_sd, .at_least = 0, .at_most = 5, .meaning = "Spread over households of the logit of stocking up. Prototype."},
      {.key = "households.hour_habit", .field = &S::hour_habit, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Trips made at the household's usual time of day. Prototype."},
      {.key = "households.tier_sd", .field = &S::tier_sd, .at_least = 0, .at_most = 3, .meaning = "Spread of the taste for dear or cheap products. Prototype."},
      {.key = "households.private_taste_sd", .field = &S::private_taste_sd, .at_least = 0, .at_most = 4, .meaning = "Spread of the taste for private labels. Prototype."},
      {.key = "households.many_sd", .field = &S::many_sd, .at_least = 0, .at_most = 4, .meaning = "Spread over households of the logit of more than one unit. Prototype."},
      {.key = "households.deal_sd", .field = &S::deal_sd, .at_least = 0, .at_most = 3, .meaning = "Log spread of the pull of promotions. Prototype."},
      {.key = "households.forgotten_card", .field = &S::forgotten_card, .at_least = 0, .at_most = 0.5, .unit = "share", .meaning = "Mean share of baskets that pay list prices. Prototype."},
      {.key = "households.taste_variance", .field = &S::taste_variance, .at_least = 0, .at_most = 10, .meaning = "Variance over households of the taste for a category with 2 % of lines. Prototype."},
      {.key = "households.taste_exponent", .field = &S::taste_exponent, .at_least = -2, .at_most = 1, .meaning = "How that variance goes with the category's share. Prototype."},
      {.key = "households.taste_sd", .field = &S::taste_sd, .at_least = 0, .at_most = 2, .meaning = "Log spread of that variance over categories. Prototype."},
      {.key = "households.aisle_taste", .field = &S::aisle_taste, .at_least = 0.1, .at_most = 10'000, .meaning = "Shape of the gamma law of the taste for an aisle. Prototype."},
      {.key = "households.nonbuyer_share", .field = &S::nonbuyer_share, .at_least = 0, .at_most = 0.9, .unit = "share", .meaning = "Households that never buy a category with 2 % of lines; more for smaller ones. Prototype."},
      {.key = "households.habit_alpha", .field = &S::habit_alpha, .at_least = 0.01, .at_most = 1'000, .meaning = "Concentration of the Dirichlet process of products bought again: small means few favourites. Prototype."},
      {.key = "households.habit_alpha_sd", .field = &S::habit_alpha_sd, .at_least = 0, .at_most = 3, .meaning = "Its log spread over categories; over households half of it. Prototype."},
      {.key = "households.habit_tail", .field = &S::habit_tail, .at_least = 0.05, .at_most = 5, .meaning = "How fast the weights of favourites fall. Prototype."},
      {.key = "households.habit_fixed", .field = &S::habit_fixed, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Favourites that never change. Prototype."},
      {.key = "households.habit_least_days", .field = &S::habit_least_days, .at_least = 1, .at_most = 5'000, .unit = "days", .meaning = "The others are replaced after this time … Prototype."},
      {.key = "households.habit_most_days", .field = &S::habit_most_days, .at_least = 1, .at_most = 5'000, .unit = "days", .meaning = "… to this time. Prototype."},
      {.key = "households.late_join_share", .field = &S::late_join_share, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Households whose card is handed out during the scenario. Prototype."},
      {.key = "households.churn_share", .field = &S::churn_share, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Households that leave during the scenario. Prototype."},

      {.key = "visits.anonymous_share", .field = &S::anonymous_share, .at_least = 0, .at_most = 0.99, .unit = "share", .meaning = "Tickets without a loyalty card. Assumed."},
      {.key = "visits.conversion", .field = &S::conversion, .at_least = 0.05, .at_most = 1, .unit = "share", .meaning = "Visits that end in a purchase. Assumed."},
      {.key = "visits.mission_conversion", .field = &S::mission_conversion, .at_least = 0, .at_most = 0.5, .unit = "share", .meaning = "Conversion is higher by this part when stocking up and lower when filling in. Assumed."},
      {.key = "visits.queue_effect", .field = &S::queue_effect, .at_least = 0, .at_most = 0.5, .unit = "share", .meaning = "Loss of conversion in an hour twice as busy as usual. Assumed."},
      {.key = "visits.staffing", .field = &S::staffing, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "How far tills are staffed for the usual load of the hour. 0: the same staff all week, so that queues come with rush hours; 1: queues come only where feasts, weather or chance bring more than usual. Off by default."},
      {.key = "visits.browse_share", .field = &S::browse_share, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Visits without purchase that had no purpose. Assumed."},

      {.key = "calendar.weekday_hours", .field = &S::weekday_hours, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Trips per hour of day, Monday to Friday. Panel."},
      {.key = "calendar.weekend_hours", .field = &S::weekend_hours, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "The same for Saturday and Sunday. Panel."},
      {.key = "calendar.weekday_trips", .field = &S::weekday_trips, .at_least = 0, .at_most = 10, .unit = "factor", .meaning = "Trips on Monday … Sunday. Panel."},
      {.key = "calendar.weekday_basket", .field = &S::weekday_basket, .at_least = 0.1, .at_most = 10, .unit = "factor", .meaning = "Lines per basket on Monday … Sunday. Panel."},
      {.key = "calendar.month_trips", .field = &S::month_trips, .at_least = 0, .at_most = 10, .unit = "factor", .meaning = "Trips in January … December. Panel."},
      {.key = "calendar.month_basket", .field = &S::month_basket, .at_least = 0.1, .at_most = 10, .unit = "factor", .meaning = "Lines per basket in January … December. Panel: sales over trips."},
      {.key = "calendar.month_part_trips", .field = &S::month_part_trips, .at_least = 0, .at_most = 10, .unit = "factor", .meaning = "Trips on days 1–3, 4–7, 8–14, 15–21, 22–31. Panel: square root of the sales factor."},
      {.key = "calendar.month_part_basket", .field = &S::month_part_basket, .at_least = 0.1, .at_most = 10, .unit = "factor", .meaning = "Lines per basket on the same days. Panel: the other square root."},
      {.key = "calendar.store_day_sd", .field = &S::store_day_sd, .at_least = 0, .at_most = 1, .meaning = "Log spread of a store's days beyond all of this. Panel: 0.072."},
      {.key = "weather.rain_effect", .field = &S::rain_effect, .at_least = 0, .at_most = 1, .meaning = "Log of the entries that 10 mm of rain cost, or 10 °C of frost or heat. Assumed."},
      {.key = "weather.warmth_effect", .field = &S::warmth_effect, .at_least = 0, .at_most = 5, .unit = "factor", .meaning = "How much warm days sell of what summers sell, against the usual 6 % per °C for a category that doubles in summer. Assumed."},

      {.key = "channels.online_share", .field = &S::online_share, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Orders that card holders place online instead of coming, of all of theirs, when the scenario begins; those to be collected are among them. Assumed: about 0.1 of French grocery baskets, 0.25 of fashion."},
      {.key = "channels.household_sd", .field = &S::online_sd, .at_least = 0, .at_most = 10, .meaning = "Spread over households of the logit of ordering online: large means that some order everything online and others nothing. Assumed."},
      {.key = "channels.growth", .field = &S::online_growth, .at_least = -3, .at_most = 3, .unit = "a year", .meaning = "Added to that logit with time, counted from the scenario's first day. Assumed."},
      {.key = "channels.collect_share", .field = &S::collect_share, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Online orders that are collected in the store. Assumed: most of French grocery orders."},
      {.key = "channels.online_log_lines", .field = &S::online_log_lines, .at_least = -2, .at_most = 2, .meaning = "Added to the log of lines of a basket that is ordered online. Assumed."},
      {.key = "channels.online_return_factor", .field = &S::online_return_factor, .at_least = 0, .at_most = 100, .unit = "factor", .meaning = "On returns.share, for goods that were ordered without having been seen. Assumed: 1 for groceries, 3 for fashion."},
      {.key = "channels.online_hours", .field = &S::online_hours, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Orders to be sent home, per hour of day. Assumed: most in the evening."},

      {.key = "baskets.stock_up_share", .field = &S::stock_up_share, .at_least = 0.01, .at_most = 0.99, .unit = "share", .meaning = "Trips of a middle household that stock up. Panel: 0.50."},
      {.key = "baskets.fill_in_log_lines", .field = &S::fill_in_log_lines, .at_least = -2, .at_most = 4, .meaning = "Mean log of lines of a fill-in basket. Prototype."},
      {.key = "baskets.fill_in_log_sd", .field = &S::fill_in_log_sd, .at_least = 0, .at_most = 2, .meaning = "Its spread. Prototype."},
      {.key = "baskets.stock_up_log_lines", .field = &S::stock_up_log_lines, .at_least = -2, .at_most = 4, .meaning = "Mean log of lines of a stock-up basket. Prototype."},
      {.key = "baskets.stock_up_log_sd", .field = &S::stock_up_log_sd, .at_least = 0, .at_most = 2, .meaning = "Its spread. Prototype."},
      {.key = "baskets.gap_effect", .field = &S::gap_effect, .at_least = 0, .at_most = 3, .unit = "factor", .meaning = "How much the days since the last trip to the store decide whether it stocks up. Prototype."},
      {.key = "baskets.hour_effect", .field = &S::hour_effect, .at_least = 0, .at_most = 3, .unit = "factor", .meaning = "How much the hour does. Prototype."},
      {.key = "baskets.same_category", .field = &S::same_category, .at_least = 0, .at_most = 0.8, .unit = "share", .meaning = "Lines of the category of the line before. Prototype."},
      {.key = "baskets.partner_category", .field = &S::partner_category, .at_least = 0, .at_most = 0.8, .unit = "share", .meaning = "Lines of a category that goes with the line before. Prototype."},
      {.key = "baskets.partner_sd", .field = &S::partner_sd, .at_least = 0, .at_most = 4, .meaning = "Log spread of how well two categories go together. Prototype."},
      {.key = "baskets.mission_tilt_sd", .field = &S::mission_tilt_sd, .at_least = 0, .at_most = 4, .meaning = "Spread over parted categories of the log share in small baskets against large ones; most lean a little to the large shop, a few strongly to the short trip. Fitted on the panel's pairs of categories; panel 0.86 over the 150 largest."},
      {.key = "baskets.aisle_not_visited", .field = &S::aisle_not_visited, .at_least = 0, .at_most = 1, .unit = "factor", .meaning = "Weight of an aisle that a trip does not plan to visit. Prototype."},
      {.key = "baskets.department_not_visited", .field = &S::department_not_visited, .at_least = 0, .at_most = 1, .unit = "factor", .meaning = "The same for a department. Prototype."},
      {.key = "baskets.store_category_sd", .field = &S::store_category_sd, .at_least = 0, .at_most = 2, .meaning = "Log spread over stores of a category's share. Prototype."},
      {.key = "baskets.season_factor", .field = &S::season_factor, .at_least = 0, .at_most = 3, .unit = "factor", .meaning = "Multiplies every category's yearly wave."},
      {.key = "baskets.season_amplitude", .field = &S::season_amplitude, .at_least = 0, .at_most = 2, .meaning = "Amplitude of the yearly wave of a parted category's log share. Prototype."},
      {.key = "baskets.season_amplitude_sd", .field = &S::season_amplitude_sd, .at_least = 0, .at_most = 3, .meaning = "Its log spread. Prototype."},
      {.key = "baskets.feast_share", .field = &S::feast_share, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Chance that a category belongs to a given feast. Prototype."},
      {.key = "baskets.feast_amplitude", .field = &S::feast_amplitude, .at_least = 0, .at_most = 3, .meaning = "Rise of its log share then. Prototype."},

      {.key = "prices.inflation", .field = &S::inflation, .at_least = -0.2, .at_most = 0.5, .unit = "a year", .meaning = "Growth of list prices and costs, counted from 2024-01-01. Assumed."},
      {.key = "prices.list_price_sd", .field = &S::list_price_sd, .at_least = 0, .at_most = 0.5, .meaning = "Log spread of a product's list prices over time. Prototype."},
      {.key = "prices.zone_price_share", .field = &S::zone_price_share, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Products with regional prices. Prototype."},
      {.key = "prices.zone_price_sd", .field = &S::zone_price_sd, .at_least = 0, .at_most = 0.5, .meaning = "Log spread of these over regions. Prototype."},
      {.key = "prices.private_label_gap", .field = &S::private_label_gap, .at_least = 0, .at_most = 1, .meaning = "Log distance of private labels below brands. Prototype."},

      {.key = "promotions.level", .field = &S::promotion_level, .at_least = -20, .at_most = 5, .meaning = "Logit of a middle product's share of weeks on promotion. Prototype."},
      {.key = "promotions.category_sd", .field = &S::promotion_category_sd, .at_least = 0, .at_most = 5, .meaning = "Spread of that logit over categories. Prototype."},
      {.key = "promotions.product_sd", .field = &S::promotion_product_sd, .at_least = 0, .at_most = 5, .meaning = "Spread of that logit over products. Prototype."},
      {.key = "promotions.depth_mean", .field = &S::promotion_depth_mean, .at_least = 0.05, .at_most = 0.6, .unit = "share", .meaning = "Mean part taken off the list price. Panel: median 0.244."},
      {.key = "promotions.depth_sd", .field = &S::promotion_depth_sd, .at_least = 0, .at_most = 0.3, .meaning = "Its spread over promotions. Panel: deciles 0.13 and 0.44, with products."},
      {.key = "promotions.product_depth_sd", .field = &S::promotion_product_depth_sd, .at_least = 0, .at_most = 0.3, .meaning = "Spread over products of what they get beside the promotion's depth. Prototype."},
      {.key = "promotions.everywhere", .field = &S::promotion_everywhere, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Products of a promotion that take part in all regions. Prototype."},
      {.key = "promotions.in_zone", .field = &S::promotion_in_zone, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Chance of the others in each region. Prototype."},
      {.key = "promotions.expansion", .field = &S::promotion_expansion, .at_least = 0, .at_most = 2, .unit = "share", .meaning = "Lines added to the basket for each line that a promotion draws. Prototype."},
      {.key = "promotions.markdown_share", .field = &S::markdown_share, .at_least = 0, .at_most = 0.5, .unit = "share", .meaning = "Lines of a product and store whose price is cut in one week by the store alone. Panel: about 0.08."},
      {.key = "promotions.markdown_depth", .field = &S::markdown_depth, .at_least = 0.05, .at_most = 0.9, .unit = "share", .meaning = "Mean part taken off then. Assumed."},
      {.key = "promotions.mailer_share", .field = &S::mailer_share, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Promotions announced in the mailer. Prototype."},
      {.key = "promotions.mailer_lift", .field = &S::mailer_lift, .at_least = 0, .at_most = 3, .meaning = "What the mailer adds to the log weight of its products. Prototype."},
      {.key = "promotions.display_share", .field = &S::display_share, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Promotions shown on a display. Prototype."},
      {.key = "promotions.display_lift", .field = &S::display_lift, .at_least = 0, .at_most = 3, .meaning = "What a display adds to the log weight of its products. Prototype."},

      {.key = "clearance.weeks", .field = &S::clearance_weeks, .at_least = 0, .at_most = 26, .unit = "weeks", .meaning = "Before a product leaves, its price is cut for so long, every week deeper. 0: never. Assumed: 6 of a fashion chain."},
      {.key = "clearance.depth", .field = &S::clearance_depth, .at_least = 0.05, .at_most = 0.9, .unit = "share", .meaning = "Part taken off its list price in the last of these weeks. Assumed: sales end at half price."},

      {.key = "returns.share", .field = &S::return_share, .at_least = 0, .at_most = 0.5, .unit = "share", .meaning = "Sales of which something is brought back. Assumed: grocery returns are 1–2 % of tickets."},
      {.key = "returns.line_share", .field = &S::return_line_share, .at_least = 0.01, .at_most = 1, .unit = "share", .meaning = "Lines of such a sale that come back, at least one; fresh food less, other goods more. Assumed."},
      {.key = "returns.mean_delay_days", .field = &S::return_delay_days, .at_least = 1, .at_most = 28, .unit = "days", .meaning = "Mean of the geometric law of days until then, which is cut off after 28. Assumed."},

      {.key = "stock.is_tracked", .field = &S::stock_is_tracked, .at_least = 0, .at_most = 1, .unit = "0 or 1", .meaning = "1: shelves run empty, and the feed has inventory_day. 0: there is always enough of everything."},
      {.key = "stock.coverage", .field = &S::stock_coverage, .at_least = 0, .at_most = 1e6, .unit = "factor", .meaning = "A delivery fills a shelf up to the forecast until the next one times this, and the safety and presence stock. Prototype."},
      {.key = "stock.safety", .field = &S::stock_safety, .at_least = 0, .at_most = 1e6, .meaning = "Safety stock: this times the square root of the forecast. Prototype."},
      {.key = "stock.presence", .field = &S::stock_presence, .at_least = 0, .at_most = 1e6, .unit = "units", .meaning = "Stock of a product that hardly sells. Prototype."},
      {.key = "stock.forecast_sd", .field = &S::stock_forecast_sd, .at_least = 0, .at_most = 2, .meaning = "Log spread of the planner's error over products, stores and weeks. Assumed."},
      {.key = "stock.promotion_forecast_sd", .field = &S::stock_promotion_forecast_sd, .at_least = 0, .at_most = 2, .meaning = "The same for products on promotion. Assumed."},
      {.key = "stock.missed_share", .field = &S::stock_missed_share, .at_least = 0, .at_most = 0.5, .unit = "share", .meaning = "Deliveries, of two a week and store, that do not come; never two in a row. Assumed."},
      {.key = "stock.substitution", .field = &S::stock_substitution, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Shoppers before an empty shelf who look for another product of the category. Prototype."},
      {.key = "stock.spoilage", .field = &S::stock_spoilage, .at_least = 0, .at_most = 10, .unit = "factor", .meaning = "Multiplies what perishable goods lose by age; 0: nothing spoils. Shelf lives of departments: assumed."},
      {.key = "stock.shrink", .field = &S::stock_shrink, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Counted products of which units turn out to be missing. Assumed."},
      {.key = "stock.count_weeks", .field = &S::stock_count_weeks, .at_least = 1, .at_most = 52, .unit = "weeks", .meaning = "Weeks until all categories of a store have been counted once, on Tuesdays. Assumed."},

      {.key = "defects.factor", .field = &S::defect_factor, .at_least = 0, .at_most = 50, .unit = "factor", .meaning = "Multiplies the rate of every [[defect]]; 0: the feed is what is true."},

      {.key = "tax.standard", .field = &S::tax_standard, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Tax on goods other than food. France: 20 %."},
      {.key = "tax.reduced", .field = &S::tax_reduced, .at_least = 0, .at_most = 1, .unit = "share", .meaning = "Tax on food. France: 5.5 %."},

      {.key = "behaviours.off", .field = &S::behaviours_off, .meaning = "Behaviours that the chain does without, each by its name.", .may_be_empty = true, .words = behaviour_words},
  };
  // clang-format on
  return all;
}

template <>
std::span<const Knob<Holiday>> knobs() {
  using H = Holiday;
  static const std::vector<Knob<Holiday>> all = {
      {.key = "name", .field = &H::name, .meaning = "Name of the day.", .is_required = true},
      {.key = "when",
       .field = &H::when,
       .meaning = "The day of the year.",
       .is_required = true,
       .is_legal = is_feast,
       .form = "\"MM-DD\", \"easter\", \"easter-2\", \"easter+39\" or \"thanksgiving-1\""},
      {.key = "trips",
       .field = &H::trips,
       .at_least = 0,
       .at_most = 10,
       .unit = "factor",
       .meaning = "Factor on entries; 0 closes the stores."},
      {.key = "basket",
       .field = &H::basket,
       .at_least = 0.1,
       .at_most = 10,
       .unit = "factor",
       .meaning = "Factor on lines per basket."},
  };
  return all;
}

template <>
std::span<const Knob<DefectRate>> knobs() {
  using D = DefectRate;
  static const std::vector<Knob<DefectRate>> all = {
      {.key = "kind",
       .field = &D::kind,
       .meaning = "What is done to a row.",
       .is_required = true,
       .words = defect_words},
      {.key = "rate",
       .field = &D::rate,
       .at_least = 0,
       .at_most = 1,
       .unit = "share",
       .meaning = "Share of rows it strikes; of store-days for late and sensor_gap, of stores for "
                  "schema_drift.",
       .is_required = true},
      {.key = "mechanism",
       .field = &D::mechanism,
       .meaning = "MCAR: blindly; MAR: four times as often from 17 o'clock on; MNAR: four times "
                  "as often where the row's own amount is large.",
       .words = mechanism_words},
      {.key = "at_least",
       .field = &D::at_least,
       .at_least = 1,
       .at_most = 1000,
       .meaning = "Least magnitude: factor of an outlier, days late or of a clock glitch, hours "
                  "of a sensor gap, rows until a duplicate or displaced row follows."},
      {.key = "at_most",
       .field = &D::at_most,
       .at_least = 1,
       .at_most = 1000,
       .meaning = "Greatest magnitude; drawn log-uniformly between the two."},
  };
  return all;
}

template <>
std::span<const Knob<TrafficChange>> knobs() {
  using T = TrafficChange;
  static const std::vector<Knob<TrafficChange>> all = {
      {.key = "store_id",
       .field = &T::store_id,
       .at_least = 1,
       .at_most = 16'383,
       .meaning = "The store.",
       .is_required = true},
      {.key = "factor",
       .field = &T::factor,
       .at_least = 0,
       .at_most = 10,
       .meaning = "Entries are multiplied by this; 0 means nobody comes.",
       .is_required = true},
      {.key = "from", .field = &T::from, .meaning = "First day; absent: from the beginning."},
      {.key = "to", .field = &T::to, .meaning = "Last day; absent: for ever."},
  };
  return all;
}

template <>
std::span<const Knob<PromotionChange>> knobs() {
  using P = PromotionChange;
  static const std::vector<Knob<PromotionChange>> all = {
      {.key = "promo_id",
       .field = &P::promo_id,
       .at_least = 1,
       .at_most = 9e15,
       .meaning = "The promotion.",
       .is_required = true},
      {.key = "depth_pct",
       .field = &P::depth_pct,
       .at_least = 0,
       .at_most = 90,
       .unit = "%",
       .meaning = "Part taken off the list price; 0 withdraws the promotion.",
       .is_required = true},
  };
  return all;
}

// Panel (2017) for New Year, Easter and the days before Christmas; the two days on which
// shops are closed and the eve of the national day (the panel's 4 July) are assumed.
std::vector<Holiday> Scenario::usual_holidays() {
  return {
      {"New Year's Day", "01-01", 0.82, 0.83},
      {"Good Friday", "easter-2", 1.08, 1.28},
      {"Holy Saturday", "easter-1", 1.09, 1.17},
      {"Easter Sunday", "easter", 0.95, 0.80},
      {"Labour Day", "05-01", 0, 1},
      {"Eve of the national day", "07-13", 1.39, 1.17},
      {"Christmas run-up", "12-21", 1.13, 1.12},
      {"Christmas run-up", "12-22", 1.14, 1.41},
      {"Christmas run-up", "12-23", 1.34, 1.28},
      {"Christmas Day", "12-25", 0, 1},
  };
}

// Assumed: rates of a source system that is looked after. The magnitudes of outliers are
// those that cashiers and price files are known for: a digit too many, or a case for a piece.
std::vector<DefectRate> Scenario::usual_defects() {
  return {
      {"malformed", 0.0005, "MCAR", 1, 1},
      {"null_key", 0.0005, "MCAR", 1, 1},
      {"mistyped_key", 0.0005, "MAR", 1, 1},
      {"bad_date", 0.0005, "MCAR", 1, 1},
      {"broken_rule", 0.0005, "MCAR", 1, 1},
      {"schema_drift", 0.1, "MCAR", 1, 1},
      {"encoding", 0.0003, "MCAR", 1, 1},
      {"null_value", 0.0006, "MNAR", 1, 1},
      {"unit_slip", 0.0003, "MAR", 1, 1},
      {"sign_flip", 0.0003, "MCAR", 1, 1},
      {"duplicate", 0.0005, "MCAR", 1, 20},
      {"orphan", 0.0003, "MCAR", 1, 1},
      {"price_outlier", 0.0001, "MCAR", 4, 20},
      {"quantity_outlier", 0.0001, "MAR", 15, 100},
      {"clock_glitch", 0.0005, "MCAR", 2, 400},
      {"sensor_gap", 0.005, "MCAR", 2, 5},
      {"late", 0.01, "MCAR", 1, 35},
      {"out_of_order", 0.0005, "MCAR", 1, 20},
  };
}

}  // namespace retailsim
