#include "model/scenario_behaviours.h"

#include <algorithm>
#include <array>

namespace retailsim {
namespace {

using S = Scenario;

constexpr auto switches = std::to_array<BehaviourSwitch>({
    {"calendar", "Weekdays, months and pay days differ in trips and baskets.",
     [](S& s) {
       s.weekday_trips.fill(1);
       s.weekday_basket.fill(1);
       s.month_trips.fill(1);
       s.month_basket.fill(1);
       s.month_part_trips.fill(1);
       s.month_part_basket.fill(1);
     }},
    {"holidays", "Feasts make days busier or close the doors.", [](S& s) { s.holidays.clear(); }},
    {"store_days", "Stores have good and bad days of their own.", [](S& s) { s.store_day_sd = 0; }},
    {"weather", "Rain, frost and heat act on entries, warm days on what is bought.",
     [](S& s) { s.rain_effect = s.warmth_effect = 0; }},
    {"seasons", "Categories have their time of the year.",
     [](S& s) { s.season_factor = s.season_amplitude = s.feast_share = 0; }},
    {"store_tastes", "Categories sell better in one store than in another.",
     [](S& s) { s.store_category_sd = 0; }},
    {"household_tastes", "Households like some categories and never buy others.",
     [](S& s) {
       s.taste_variance = s.nonbuyer_share = 0;
       s.aisle_taste = 1e6;
     }},
    {"tiers", "Some households buy dear products and categories, others cheap ones.",
     [](S& s) { s.tier_sd = 0; }},
    {"private_taste", "Some households prefer private labels.",
     [](S& s) { s.private_taste_sd = 0; }},
    {"favourites", "Households buy the same products again.",
     [](S& s) {
       s.habit_alpha = 1e6;
       s.habit_alpha_sd = 0;
     }},
    {"taste_drift", "Favourites are replaced with time.", [](S& s) { s.habit_fixed = 1; }},
    {"missions", "Trips are for filling in or for stocking up.",
     [](S& s) {
       s.fill_in_log_lines = s.stock_up_log_lines = 1.9;
       s.fill_in_log_sd = s.stock_up_log_sd = 0.9;
       s.household_mission_sd = s.mission_conversion = s.gap_effect = s.hour_effect = 0;
     }},
    {"household_size", "Some households fill larger baskets than others.",
     [](S& s) { s.household_basket_sd = 0; }},
    {"frequent_shoppers", "A few households come far more often, for little.",
     [](S& s) { s.frequent_share = 0; }},
    {"regular_trips", "A part of the trips comes evenly, not by chance.",
     [](S& s) { s.regular_share = 0; }},
    {"slow_rates", "Households come more often for some months, then less.",
     [](S& s) { s.slow_sd = 0; }},
    {"weekday_habits", "Households have their days of the week.",
     [](S& s) { s.weekday_habit = 1e6; }},
    {"hour_habits", "Households have their time of day.", [](S& s) { s.hour_habit = 0; }},
    {"wandering", "Some trips go to far stores.", [](S& s) { s.wander_share = 0; }},
    {"distance", "Households shop near where they live.", [](S& s) { s.distance_exponent = 0; }},
    {"store_lives", "Stores open, close and are refitted.",
     [](S& s) { s.store_opened_share = s.store_closed_share = s.store_refit_share = 0; }},
    {"transfers", "Trips to a closed store go to the household's other stores.",
     [](S& s) { s.store_transfer_share = 0; }},
    {"lifetimes", "Households join late or leave.",
     [](S& s) { s.late_join_share = s.churn_share = 0; }},
    {"queues", "Busy hours drive buyers away.", [](S& s) { s.queue_effect = 0; }},
    {"staffing", "Tills are staffed for the usual load of the hour.", [](S& s) { s.staffing = 0; }},
    {"planned_aisles", "A trip plans which aisles to visit.",
     [](S& s) { s.aisle_not_visited = s.department_not_visited = 1; }},
    {"affinity", "A line calls for more of its category or for what goes with it.",
     [](S& s) { s.same_category = s.partner_category = 0; }},
    {"quantities", "Some lines have more than one unit.", [](S& s) { s.many_logit = -1e4; }},
    {"launches", "Products arrive and leave.",
     [](S& s) { s.launched_share = s.delisted_share = 0; }},
    {"collections", "Some products are sold for one season only.",
     [](S& s) { s.collection_share = 0; }},
    {"clearance", "Before products leave, their prices are cut.",
     [](S& s) { s.clearance_weeks = 0; }},
    {"price_changes", "List prices move with time.",
     [](S& s) { s.list_price_sd = s.inflation = 0; }},
    {"zone_prices", "Some products have regional prices.", [](S& s) { s.zone_price_share = 0; }},
    {"price_response", "Shoppers buy more of what has become cheaper.",
     [](S& s) { s.elasticity_mean = s.elasticity_sd = 0; }},
    {"promotions", "Products are promoted in blocks of weeks.",
     [](S& s) { s.promotion_level = -1e4; }},
    {"promotion_notice", "Mailers and displays add to what the price does.",
     [](S& s) { s.mailer_lift = s.display_lift = 0; }},
    {"promotion_expansion", "Promotions add lines to baskets.",
     [](S& s) { s.promotion_expansion = 0; }},
    {"regional_promotions", "Some promotions hold in a part of the regions.",
     [](S& s) { s.promotion_everywhere = 1; }},
    {"deal_proneness", "Some households look for bargains more than others.",
     [](S& s) { s.deal_sd = 0; }},
    {"forgotten_cards", "Some baskets pay list prices.", [](S& s) { s.forgotten_card = 0; }},
    {"markdowns", "Stores cut prices of their own.", [](S& s) { s.markdown_share = 0; }},
    {"weighed_goods", "Pieces of some products have prices of their own.",
     [](S& s) { s.weighed_share = 0; }},
    {"stock", "Shelves run empty.", [](S& s) { s.stock_is_tracked = 0; }},
    {"missed_deliveries", "Some deliveries do not come.", [](S& s) { s.stock_missed_share = 0; }},
    {"substitution", "Before an empty shelf some take another product.",
     [](S& s) { s.stock_substitution = 0; }},
    {"spoilage", "Perishable goods are thrown away.", [](S& s) { s.stock_spoilage = 0; }},
    {"shrink", "Counts find goods missing.", [](S& s) { s.stock_shrink = 0; }},
    {"online", "Card holders order online instead of coming.", [](S& s) { s.online_share = 0; }},
    {"click_and_collect", "Some online orders are collected in the store.",
     [](S& s) { s.collect_share = 0; }},
    {"returns", "Some goods are brought back.", [](S& s) { s.return_share = 0; }},
});

}  // namespace

std::span<const BehaviourSwitch> behaviour_switches() { return switches; }

Scenario in_effect(Scenario scenario) {
  for (const std::string& name : scenario.behaviours_off) {
    const auto* found = std::ranges::find(switches, name, &BehaviourSwitch::name);
    if (found != switches.end()) found->turn_off(scenario);
  }
  return scenario;
}

}  // namespace retailsim
