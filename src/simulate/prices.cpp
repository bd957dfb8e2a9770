#include "simulate/prices.h"

#include <algorithm>

#include "simulate/distributions.h"

namespace retailsim::simulate {
namespace {

constexpr int inflation_origin = week_of(std::chrono::year{2024} / 1 / 1);
constexpr double weeks_per_year = 365.25 / 7;

// The amount that ends in `ending` (modulo `step`) nearest to `cents`.
std::int64_t ended(double cents, std::int64_t step, std::int64_t ending) {
  return static_cast<std::int64_t>(
             std::floor((cents - static_cast<double>(ending)) / static_cast<double>(step) + 0.5)) *
             step +
         ending;
}

// Price endings of the panel: .99 for 24 % of products, more often on dear ones, .49 for 8 %,
// another 9 for most, something else on a fifth of the cheap ones.
Cents shelf_price(double cents, std::uint32_t word) {
  const double u = word * 0x1p-32;
  std::int64_t price = 0;
  if (u >= 0.80 && cents < 300) {
    price = ended(cents, 10, (word & 1) != 0 ? 5 : 0);
  } else if (cents < 100) {
    price = ended(cents, 10, 9);
  } else {
    const double whole = cents < 200 ? 0.18 : cents < 500 ? 0.29 : cents < 1000 ? 0.47 : 0.58;
    if (u < whole)
      price = ended(cents, 100, 99);
    else if (u < whole + 0.08)
      price = ended(cents, 100, 49);
    else
      price = ended(cents, 10, 9);
  }
  return {std::max<std::int64_t>(price, 9)};
}

}  // namespace

void list_prices(const World& world, std::size_t product, int week, std::vector<ListPrice>& zones) {
  const Scenario& scenario = world.scenario;
  const ProductState& state = world.products[product];
  const int episode = (week + state.price_phase) / state.price_weeks;
  const int first_week = episode * state.price_weeks - state.price_phase;
  const auto id = static_cast<std::uint32_t>(product);
  Draws draws{world.seed, Stream::list_price, {id, static_cast<std::uint32_t>(episode)}};
  const double deviation = scenario.list_price_sd * normal(draws);
  const double cost_deviation = 0.5 * deviation + 0.5 * scenario.list_price_sd * normal(draws);
  const double years = (first_week - inflation_origin) / weeks_per_year;
  const double log_usual = state.log_price + natural_log(1 + scenario.inflation) * years;
  const double cost = exponential(log_usual + cost_deviation) * (1 - state.margin) * 100;
  const double usual = exponential(log_usual + deviation) * 100;

  zones.clear();
  for (std::size_t zone = 0; zone < world.zones.size(); ++zone) {
    double here = usual;
    if (state.has_zone_prices) {
      Draws of_zone{world.seed, Stream::zone_price, {id, static_cast<std::uint32_t>(zone)}};
      here *= exponential(scenario.zone_price_sd * normal(of_zone));
    }
    const Cents list = shelf_price(here, state.ending_word);
    const auto cost_cents = static_cast<std::int64_t>(std::floor(cost + 0.5));
    zones.push_back({.list = list,
                     .cost = {std::clamp<std::int64_t>(cost_cents, 1, list.value - 1)},
                     .log_usual = log_usual,
                     .first_week = first_week,
                     .last_week = first_week + state.price_weeks - 1});
  }
}

Cents promotion_price(Cents list, std::int32_t depth_pct, std::uint32_t ending_word) {
  const std::int64_t exact = divide_rounded(list.value * (100 - depth_pct), 100);
  std::int64_t price = exact;
  // Half of the promoted prices end in 9, the others are what the percentage gives. An ending
  // that would move the price by more than a twentieth is not used.
  if ((ending_word >> 8 & 1) != 0) {
    const std::int64_t nine = ended(static_cast<double>(exact), 10, 9);
    const std::int64_t off = nine > exact ? nine - exact : exact - nine;
    if (off * 20 <= exact) price = nine;
  }
  return {std::clamp<std::int64_t>(price, 0, list.value - 1)};
}

std::vector<Price> price_rows(const World& world) {
  std::vector<Price> rows;
  std::vector<ListPrice> zones;
  std::vector<std::vector<Price>> by_zone(world.zones.size());
  for (std::size_t product = 0; product < world.products.size(); ++product) {
    const ProductState& state = world.products[product];
    const int first = std::max(world.first_week(), state.first_week);
    const int last = std::min(world.last_week(), state.last_week);
    for (int week = first; week <= last;) {
      list_prices(world, product, week, zones);
      const int next = zones.front().last_week + 1;
      for (std::size_t zone = 0; zone < zones.size(); ++zone) {
        by_zone[zone].push_back(
            {.product_id = world.product_id(product),
             .zone = std::string{world.zones[zone]->name},
             .valid_from = std::max(monday_of(week), world.scenario.from),
             .valid_to = next > last ? std::nullopt
                                     : std::optional<Day>{monday_of(next) - std::chrono::days(1)},
             .list_price = zones[zone].list,
             .unit_cost = zones[zone].cost});
      }
      week = next;
    }
    for (auto& episodes : by_zone) {
      std::ranges::move(episodes, std::back_inserter(rows));
      episodes.clear();
    }
  }
  return rows;
}

}  // namespace retailsim::simulate
