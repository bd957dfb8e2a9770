#include "simulate/stock_forecast.h"

#include <algorithm>

#include "simulate/channels.h"
#include "simulate/distributions.h"
#include "simulate/quantities.h"
#include "simulate/seasons.h"
#include "simulate/world_parts.h"

namespace retailsim::simulate {
namespace {

// Lines per basket in the mean, given the chance of a large one and the log of its size.
double mean_lines(const Scenario& scenario, double stock_up, double log_size) {
  const double up =
      scenario.stock_up_log_lines + 0.5 * scenario.stock_up_log_sd * scenario.stock_up_log_sd;
  const double in =
      scenario.fill_in_log_lines + 0.5 * scenario.fill_in_log_sd * scenario.fill_in_log_sd;
  return (stock_up * exponential(up) + (1 - stock_up) * exponential(in)) * exponential(log_size);
}

double lines_of_store(const World& world, std::size_t store) {
  const Scenario& scenario = world.scenario;
  const double spread = scenario.household_basket_sd;
  double lines = world.stores[store].anonymous_visits *
                 mean_lines(scenario, scenario.stock_up_share, 0.5 * spread * spread);
  const Day middle = scenario.from + (scenario.to - scenario.from) / 2;
  const double more_online = exponential(scenario.online_log_lines) - 1;
  for (const Member& member : world.members[store]) {
    const HouseholdState& household = world.households[member.household];
    lines += member.visits * (1 + online_share(world, household, middle) * more_online) *
             mean_lines(scenario, logistic(static_cast<double>(household.stock_up_logit)),
                        static_cast<double>(household.log_size));
  }
  return lines * scenario.conversion;
}

// Chances of each partner.
std::array<double, partners_per_category> partner_shares(const CategoryState& category) {
  std::array<double, partners_per_category> shares{};
  for (std::size_t i = 0; i < partners_per_category; ++i) {
    const SmallAliasCell& cell = category.partner_cells[i];
    const double own = cell.bound * 0x1p-16;
    shares[i] += own / partners_per_category;
    shares[cell.other] += (1 - own) / partners_per_category;
  }
  return shares;
}

// The categories' shares of a store's lines: what shoppers come for, what they take more of,
// and what goes with it, until these shares give themselves.
std::vector<double> shares_of_store(const World& world, std::size_t store) {
  const std::size_t count = world.categories.size();
  const auto scaled = [](std::vector<double>& shares) {
    double sum = 0;
    for (const double share : shares) sum += share;
    for (double& share : shares) share /= sum;
  };
  std::vector<double> planned(count);
  for (std::size_t i = 0; i < count; ++i) {
    const CategoryState& category = world.categories[i];
    const double here = static_cast<double>(world.store_categories[store * count + i]);
    planned[i] = category.share * std::min(season_peak(category), 0.75 * here);
  }
  scaled(planned);
  std::vector<double> shares = planned;
  constexpr int rounds = 12;
  constexpr double later_slots = 0.9;  // lines that are not the first of their basket
  for (int round = 0; round < rounds; ++round) {
    std::vector<double> next(count);
    double same = 0;
    double with_partner = 0;
    for (std::size_t i = 0; i < count; ++i) {
      same += shares[i] * world.categories[i].same_bound * 0x1p-32;
      with_partner += shares[i] * world.categories[i].partner_bound * 0x1p-16;
    }
    const double planned_part = 1 - later_slots + later_slots * (1 - same) * (1 - with_partner);
    for (std::size_t i = 0; i < count; ++i) {
      const CategoryState& category = world.categories[i];
      next[i] += planned_part * planned[i];
      next[i] += later_slots * shares[i] * category.same_bound * 0x1p-32;
      const double called = later_slots * (1 - same) * shares[i] * category.partner_bound * 0x1p-16;
      const auto partners = partner_shares(category);
      for (std::size_t k = 0; k < partners.size(); ++k)
        next[category.partners[k]] += called * partners[k];
    }
    scaled(next);
    shares = std::move(next);
  }
  return shares;
}

// Factors of mean 1, so that a larger error alone does not fill the shelves.
std::array<float, StockPlan::error_steps> errors_of(double sd) {
  std::array<float, StockPlan::error_steps> errors{};
  for (std::size_t i = 0; i < errors.size(); ++i) {
    const double unit = (static_cast<double>(i) + 0.5) / StockPlan::error_steps;
    errors[i] = static_cast<float>(exponential(sd * normal_quantile(unit) - 0.5 * sd * sd));
  }
  return errors;
}

}  // namespace

void add_stock_plan(World& world) {
  const Scenario& scenario = world.scenario;
  if (scenario.stock_is_tracked == 0) return;
  auto plan = std::make_shared<StockPlan>();
  for (std::size_t store = 0; store < world.stores.size(); ++store) {
    const double lines = lines_of_store(world, store);
    for (const double share : shares_of_store(world, store))
      plan->usual_lines.push_back(static_cast<float>(lines * share));
  }
  for (const CategoryState& category : world.categories) {
    plan->season_peaks.push_back(static_cast<float>(season_peak(category)));
    const auto& departments = world.assortment->departments;
    const auto department =
        std::ranges::find(departments, category.facts->department, &DepartmentFacts::name);
    const double life = department == departments.end() ? 0 : department->shelf_life_days;
    plan->spoiled_a_day.push_back(life <= 0 ? 0.0f
                                            : static_cast<float>(scenario.stock_spoilage / life));
  }
  plan->errors = errors_of(scenario.stock_forecast_sd);
  plan->promoted_errors = errors_of(scenario.stock_promotion_forecast_sd);
  plan->is_looked_for = word_bound(scenario.stock_substitution);
  plan->is_missed = word_bound(scenario.stock_missed_share);
  plan->is_short = word_bound(scenario.stock_shrink);
  world.stock = std::move(plan);
}

std::vector<float> expected_units(const World& world, const WeekTables& tables) {
  std::vector<float> expected(tables.pulls.size());
  // Some households like to take many: the mean over them lies above a middle household's.
  const auto many =
      static_cast<float>(exponential(0.3 * world.scenario.many_sd * world.scenario.many_sd));
  for (std::uint32_t zone = 0; zone < world.zones.size(); ++zone) {
    for (const CategoryState& category : world.categories) {
      const std::size_t first = tables.place_of(zone, category.first_product);
      float sum = 0;
      for (std::uint32_t i = 0; i < category.product_count; ++i) {
        const ProductState& product = world.products[category.first_product + i];
        expected[first + i] =
            static_cast<float>(product.popularity) * static_cast<float>(tables.pulls[first + i]);
        sum += expected[first + i];
      }
      if (sum <= 0) continue;
      for (std::uint32_t i = 0; i < category.product_count; ++i) {
        if (tables.pulls[first + i] == 0) continue;
        const ProductState& product = world.products[category.first_product + i];
        const Shelf& shelf = tables.shelf(zone, category.first_product + i);
        expected[first + i] /= sum;
        if (!product.is_weighed)
          expected[first + i] *=
              mean_units_of_line(many * shelf.many_odds, shelf.list, shelf.net < shelf.list);
      }
    }
  }
  return expected;
}

void forecast_week(const World& world, const WeekTables& tables, std::uint32_t store,
                   StockForecast& forecast) {
  const StockPlan& plan = *world.stock;
  constexpr std::uint32_t block = 8;  // products that one call of the generator decides
  const std::size_t count = world.products.size();
  forecast.words.resize((count + block - 1) / block * block);
  forecast.units.resize(count);
  forecast.roots.resize(count);
  for (std::uint32_t at = 0; at < forecast.words.size(); at += block) {
    Draws draws{world.seed,
                Stream::stock_forecast,
                {store, static_cast<std::uint32_t>(tables.week), at / block}};
    for (std::uint32_t i = 0; i < block; i += 2) {
      const std::uint32_t word = draws.word();
      forecast.words[at + i] = static_cast<std::uint16_t>(word);
      forecast.words[at + i + 1] = static_cast<std::uint16_t>(word >> 16);
    }
  }
  const std::uint32_t zone = world.stores[store - 1].zone;
  const float* usual = plan.usual_lines.data() + (store - 1) * world.categories.size();
  for (std::size_t index = 0; index < world.categories.size(); ++index) {
    const CategoryState& category = world.categories[index];
    const float lines = usual[index] * tables.calendar[index] * plan.season_peaks[index];
    const std::size_t first = tables.place_of(zone, category.first_product);
    for (std::uint32_t i = 0; i < category.product_count; ++i) {
      const std::uint32_t product = category.first_product + i;
      const Shelf& shelf = tables.shelf(zone, product);
      const auto& errors = shelf.net < shelf.list ? plan.promoted_errors : plan.errors;
      const float units =
          lines * tables.expected[first + i] * errors[forecast.words[product] >> 8u];
      forecast.units[product] = units;
      forecast.roots[product] = std::sqrt(units);
    }
  }
}

void plan_stock(const Scenario& scenario, const StockForecast& forecast, double part,
                std::vector<std::int32_t>& units) {
  const auto coverage = static_cast<float>(scenario.stock_coverage * part);
  const auto safety = static_cast<float>(scenario.stock_safety * std::sqrt(part));
  // A store that stays closed needs nothing.
  const auto presence = part > 0 ? static_cast<float>(scenario.stock_presence) : 0;
  constexpr float most_units = 1e9f;
  const std::size_t count = forecast.units.size();
  units.resize(count);
  for (std::size_t product = 0; product < count; ++product) {
    const float expected = forecast.units[product];
    const float filled = expected * coverage + forecast.roots[product] * safety + presence;
    units[product] = expected > 0 ? static_cast<std::int32_t>(std::min(filled, most_units)) : 0;
  }
}

}  // namespace retailsim::simulate
