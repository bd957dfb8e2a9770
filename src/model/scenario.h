// What a user may decide about the simulated chain. Every knob is a field here with its
// default, and one entry in scenario_knobs.cpp with its key, unit, legal range and the
// source of the default; reading, checking and writing scenario files walk that list.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/time.h"

namespace retailsim {

// A day of the year on which people shop differently. `when` is "12-25" (month-day) or a
// movable feast: "easter", "easter-2", "easter+39".
struct Holiday {
  std::string name;
  std::string when;
  double trips = 1;   // factor on entries; 0 closes the stores
  double basket = 1;  // factor on lines per basket
  bool operator==(const Holiday&) const = default;
};

// An experiment: a store's entries are multiplied from one day to another, both included.
struct TrafficChange {
  std::int64_t store_id = 0;
  double factor = 1;
  std::optional<Day> from;  // absent: from the beginning
  std::optional<Day> to;    // absent: for ever
  bool operator==(const TrafficChange&) const = default;
};

// An experiment: one promotion gets another depth. Depth 0 withdraws it.
struct PromotionChange {
  std::int64_t promo_id = 0;
  std::int64_t depth_pct = 0;
  bool operator==(const PromotionChange&) const = default;
};

// How often one kind of defect strikes, and how hard. See model/quality.h for the kinds.
struct DefectRate {
  std::string kind;
  double rate = 0;  // share of the rows (lines, store-days, stores: by kind) it strikes
  std::string mechanism = "MCAR";
  double at_least = 1;  // magnitude: a factor, days, hours or rows, by kind
  double at_most = 1;
  bool operator==(const DefectRate&) const = default;
};

struct Scenario {
  std::string name = "unnamed";
  std::int64_t seed = 1;
  Day from = std::chrono::year{2024} / 1 / 1;  // first and last simulated day, inclusive
  Day to = std::chrono::year{2024} / 12 / 31;

  std::int64_t store_count = 10;
  std::vector<std::string> regions = {"Bretagne", "Normandie", "Occitanie"};
  std::string currency = "EUR";
  std::int64_t open_hour = 7;
  std::int64_t close_hour = 22;
  double store_size_sd = 0.47;
  double store_core_share = 1;
  std::int64_t sales_area_sqm = 900;
  double store_opened_share = 0;
  double store_closed_share = 0;
  double store_refit_share = 0;
  std::int64_t store_refit_weeks = 4;
  std::int64_t store_ramp_weeks = 8;
  double store_transfer_share = 0.5;

  std::string assortment = "grocery";
  std::int64_t product_count = 3000;
  std::int64_t category_count = 0;
  double category_log_price = 1.36;
  double category_log_price_sd = 0.48;
  double product_log_price_sd = 0.49;
  double private_share = 0.21;
  double private_sd = 1.1;
  double popularity_exponent = 1.0;
  double popularity_exponent_sd = 0.42;
  double popularity_offset = 4;
  double star_share = 0.075;
  double elasticity_mean = 1.7;
  double elasticity_sd = 0.6;
  double many_logit = -1.85;
  double weighed_share = 0;
  double launched_share = 0.06;
  double delisted_share = 0.06;
  double collection_share = 0;

  std::int64_t household_count = 1850;
  double trips_per_year = 57.1;
  double trips_shape = 1.4;
  double frequent_share = 0.045;
  double frequent_factor = 2.6;
  double regular_share = 0.46;
  double slow_sd = 0.45;
  double weekday_habit = 14;
  double store_concentration = 0.49;
  double distance_exponent = 0;
  double wander_share = 0.035;
  double tail_share = 0.3;
  double household_basket_sd = 0.44;
  double household_mission_sd = 1.1;
  double hour_habit = 0.35;
  double tier_sd = 0.78;
  double private_taste_sd = 1.1;
  double many_sd = 0.95;
  double deal_sd = 0.9;
  double forgotten_card = 0.027;
  double taste_variance = 0.6;
  double taste_exponent = -0.65;
  double taste_sd = 0.7;
  double aisle_taste = 2.8;
  double nonbuyer_share = 0.04;
  double habit_alpha = 0.6;
  double habit_alpha_sd = 0.8;
  double habit_tail = 0.85;
  double habit_fixed = 0.55;
  double habit_least_days = 30;
  double habit_most_days = 400;
  double late_join_share = 0.06;
  double churn_share = 0.045;

  double anonymous_share = 0.30;
  double conversion = 0.60;
  double mission_conversion = 0.12;
  double queue_effect = 0.10;
  double staffing = 0;
  double browse_share = 0.70;

  std::array<double, 24> weekday_hours = {.0076, .0038, .0050, .0017, .0014, .0021, .0074, .0135,
                                          .0196, .0261, .0397, .0546, .0610, .0614, .0656, .0744,
                                          .0895, .1064, .1013, .0868, .0703, .0516, .0324, .0168};
  std::array<double, 24> weekend_hours = {.0088, .0042, .0048, .0021, .0016, .0016, .0043, .0104,
                                          .0188, .0329, .0491, .0679, .0775, .0801, .0813, .0824,
                                          .0908, .0903, .0819, .0679, .0563, .0435, .0274, .0143};
  std::array<double, 7> weekday_trips = {.9807, .9359, .9184, .9275, .9534, 1.1172, 1.1676};
  std::array<double, 7> weekday_basket = {1.0146, .9672, .9505, .9167, .9871, 1.0490, 1.1362};
  std::array<double, 12> month_trips = {.974,  .997,  .988, .980, 1.037, 1.018,
                                        1.027, 1.012, .981, .993, 1.003, 1.016};
  std::array<double, 12> month_basket = {1.003, 1.022, 1.011, .997,  1.004, .979,
                                         .971,  .980,  1.002, 1.009, 1.053, 1.105};
  std::array<double, 5> month_part_trips = {1.047, 1.050, 1.000, .993, .989};
  std::array<double, 5> month_part_basket = {1.047, 1.050, 1.000, .993, .989};
  double store_day_sd = 0.07;
  double rain_effect = 0.06;
  double warmth_effect = 1;

  double online_share = 0;
  double online_sd = 1.5;
  double online_growth = 0.15;
  double collect_share = 0;
  double online_log_lines = 0.3;
  double online_return_factor = 1;
  std::array<double, 24> online_hours = {.018, .006, .000, .000, .000, .008, .014, .025,
                                         .036, .044, .050, .052, .055, .052, .048, .047,
                                         .049, .054, .062, .075, .092, .096, .073, .039};

  double stock_up_share = 0.5;
  double fill_in_log_lines = 0.94;
  double fill_in_log_sd = 0.66;
  double stock_up_log_lines = 2.60;
  double stock_up_log_sd = 0.56;
  double gap_effect = 0.8;
  double hour_effect = 1.0;
  double same_category = 0.08;
  double partner_category = 0.25;
  double partner_sd = 1.8;
  double mission_tilt_sd = 1.4;
  double aisle_not_visited = 0.35;
  double department_not_visited = 0.45;
  double season_factor = 1;
  double season_amplitude = 0.045;
  double season_amplitude_sd = 1.2;
  double feast_share = 0.06;
  double feast_amplitude = 0.9;
  double store_category_sd = 0.28;

  double inflation = 0.02;
  double list_price_sd = 0.03;
  double zone_price_share = 0.25;
  double zone_price_sd = 0.07;
  double private_label_gap = 0.25;

  double promotion_level = -1.05;
  double promotion_category_sd = 1.1;
  double promotion_product_sd = 2.2;
  double promotion_depth_mean = 0.23;
  double promotion_depth_sd = 0.06;
  double promotion_product_depth_sd = 0.10;
  double promotion_everywhere = 0.82;
  double promotion_in_zone = 0.25;
  double promotion_expansion = 0.12;
  double markdown_share = 0;
  double markdown_depth = 0.3;
  double mailer_share = 0.45;
  double mailer_lift = 0.65;
  double display_share = 0.30;
  double display_lift = 0.65;
  std::int64_t clearance_weeks = 0;
  double clearance_depth = 0.5;

  double return_share = 0.015;
  double return_line_share = 0.3;
  double return_delay_days = 6;

  std::int64_t stock_is_tracked = 0;
  double stock_coverage = 1.3;
  double stock_safety = 1.6;
  double stock_presence = 1.2;
  double stock_forecast_sd = 0.25;
  double stock_promotion_forecast_sd = 0.45;
  double stock_missed_share = 0.01;
  double stock_substitution = 0.45;
  double stock_spoilage = 0.15;
  double stock_shrink = 0.02;
  std::int64_t stock_count_weeks = 4;

  double tax_standard = 0.20;
  double tax_reduced = 0.055;

  double defect_factor = 0;

  std::vector<std::string> behaviours_off;

  // The default list holds the feasts of scenario_knobs.cpp; a scenario that names any
  // holiday replaces the list; likewise that of defects, which strike only when defect_factor
  // is above 0. The two lists of experiments are empty by default.
  std::vector<Holiday> holidays = usual_holidays();
  std::vector<DefectRate> defects = usual_defects();
  std::vector<TrafficChange> traffic_changes;
  std::vector<PromotionChange> promotion_changes;

  bool operator==(const Scenario&) const = default;
  static std::vector<Holiday> usual_holidays();
  static std::vector<DefectRate> usual_defects();
};

// Throw Failure(wrong_usage) with file:line:column: for text that is no TOML, an unknown
// key (with the nearest legal one), a value of the wrong type or outside its range.
Scenario load_scenario(const std::filesystem::path& path);
// `origin` stands for the file name in error messages.
Scenario parse_scenario(std::string_view toml, std::string_view origin);
// `scenario` with the values that `toml` has for it; the others stay.
Scenario with_values(const Scenario& scenario, std::string_view toml, std::string_view origin);

// Every value, resolved, always in the same order: reading it gives the same scenario.
std::string to_toml(const Scenario& scenario);

// Raise by hand when the same scenario gives other rows than before.
inline constexpr int simulation_format = 4;

// SHA-256 of everything that decides the rows: the scenario and simulation_format.
std::string digest(const Scenario& scenario);

// Multiplies stores and households (each at least 1), so that a store stays as busy as it
// was. Throws Failure(wrong_usage) when the result is outside the legal range.
void scale(Scenario& scenario, double factor);

}  // namespace retailsim
