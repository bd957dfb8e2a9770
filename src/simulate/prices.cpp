#include "simulate/prices.h"

#include <algorithm>

#include "simulate/clock.h"
#include "simulate/distributions.h"
#include "simulate/quantities.h"
#include "simulate/world_parts.h"

namespace retailsim::simulate {
namespace {

constexpr int inflation_origin = week_of(std::chrono::year{2024} / 1 / 1);

// The amount that ends in `ending` (modulo `step`) nearest to `cents`.
std::int64_t ended(double cents, std::int64_t step, std::int64_t ending) {
  return static_cast<std::int64_t>(
             std::floor((cents - static_cast<double>(ending)) / static_cast<double>(step) + 0.5)) *
             step +
         ending;
}

// Last digits of prices that end in none of 99, 49 and 9, as often as in the panel.
constexpr std::int64_t odd_digits[20] = {0, 0, 0, 0, 0, 5, 5, 5, 8, 8,
                                         2, 2, 4, 4, 3, 7, 6, 0, 1, 3};

// Two numbers from 0 to 1 out of one word.
struct TwoUnits {
  double first;
  double second;
  explicit TwoUnits(std::uint32_t word)
      : first((word >> 16) * 0x1p-16), second((word & 0xffff) * 0x1p-16) {}
};

struct Episodes {
  Episodes(World& world, std::size_t product)
      : world_(world), state_(world.products[product]), id_(static_cast<std::uint32_t>(product)) {
    log_zones_.assign(state_.has_zone_prices ? world.zones.size() : 1, 0);
    if (!state_.has_zone_prices) return;
    for (std::size_t zone = 0; zone < log_zones_.size(); ++zone) {
      Draws draws{world.seed, Stream::zone_price, {id_, static_cast<std::uint32_t>(zone)}};
      log_zones_[zone] = world.scenario.zone_price_sd * normal(draws);
    }
  }

  // Appends the prices of the episode of `week`; see prices_of().
  void add(int week) {
    const Scenario& scenario = world_.scenario;
    const int episode = (week + state_.price_phase) / state_.price_weeks;
    Draws draws{world_.seed, Stream::list_price, {id_, static_cast<std::uint32_t>(episode)}};
    const double deviation = scenario.list_price_sd * normal(draws);
    const double cost_deviation = 0.5 * deviation + 0.5 * scenario.list_price_sd * normal(draws);
    const int first_week = price_episode(state_, week).first_week;
    const double years = (first_week - inflation_origin) / weeks_per_year;
    const double log_usual = state_.log_price + natural_log(1 + scenario.inflation) * years;
    const double cost = exponential(log_usual + cost_deviation) * (1 - state_.margin) * 100;
    const auto cost_cents = static_cast<std::int64_t>(std::floor(cost + 0.5));
    for (const double log_zone : log_zones_) {
      const Cents list =
          shelf_price(exponential(log_usual + deviation + log_zone) * 100, state_.ending_word);
      constexpr double log_cents = 4.605170185988092;  // ln 100
      const double log_list = natural_log(static_cast<double>(list.value)) - log_cents;
      world_.prices.push_back(
          {.list = static_cast<std::int32_t>(list.value),
           .cost =
               static_cast<std::int32_t>(std::clamp<std::int64_t>(cost_cents, 1, list.value - 1)),
           .pull = static_cast<float>(exponential(state_.elasticity * (log_usual - log_list))),
           .many_odds = odds_of_many(state_.many_logit, static_cast<std::int32_t>(list.value))});
    }
  }

 private:
  World& world_;
  const ProductState& state_;
  std::uint32_t id_;
  std::vector<double> log_zones_;
};

}  // namespace

PriceEpisode price_episode(const ProductState& product, int week) {
  const int episode = (week + product.price_phase) / product.price_weeks;
  const int first_week = episode * product.price_weeks - product.price_phase;
  return {first_week, first_week + product.price_weeks - 1};
}

// Endings of the panel's list prices: a fifth of the products and more of the cheap ones end in
// another digit than 9; .99 is the more common the dearer the product.
Cents shelf_price(double cents, std::uint32_t word) {
  const auto [kind, choice] = TwoUnits{word};
  std::int64_t price = 0;
  if (kind < (cents < 160 ? 0.225 : 0.20)) {
    const std::int64_t digit = odd_digits[static_cast<std::size_t>(choice * 20)];
    price = ended(cents - 4.5, 10, 0) + digit;
  } else if (cents < 100) {
    const std::int64_t round = cents > 72 ? 99 : cents > 52 ? 59 : 39;
    price = choice < 0.22 ? round : ended(cents, 10, 9);
  } else {
    const double whole = cents < 200 ? 0.18 : cents < 500 ? 0.29 : cents < 1000 ? 0.47 : 0.58;
    if (choice < whole)
      price = ended(cents, 100, 99);
    else if (choice < whole + 0.06)
      price = ended(cents, 100, 49);
    else
      price = ended(cents, 10, 9);
  }
  return {std::max<std::int64_t>(price, 9)};
}

// Endings of the panel's promoted prices: whole, half or odd amounts that a shopper remembers;
// where these are too far away, a 9; where that is too far, the exact price.
Cents promotion_price(Cents list, double depth, std::uint32_t word) {
  const auto [kind, choice] = TwoUnits{word};
  const auto full = static_cast<double>(list.value);
  const double exact = full * (1 - depth);
  const std::int64_t nearest = static_cast<std::int64_t>(std::floor(exact + 0.5));
  const std::int64_t ending = kind < 0.25   ? 0
                              : kind < 0.41 ? 50
                              : kind < 0.52 ? 99
                              : kind < 0.57 ? 67
                              : kind < 0.61 ? 88
                              : kind < 0.64 ? 25
                                            : -1;
  std::int64_t price = choice < 0.7 ? ended(exact, 10, 9) : nearest;
  if (ending >= 0 && exact > 80) price = ended(exact, 100, ending);
  const auto is_far = [&] {
    const auto value = static_cast<double>(price);
    return value < 0.86 * exact || value > 1.14 * exact || value > std::floor(0.96 * full);
  };
  if (is_far()) price = choice < 0.75 ? ended(exact, 10, 9) : nearest;
  if (static_cast<double>(price) < 0.3 * full || price > list.value - 2) price = nearest;
  return {std::clamp<std::int64_t>(price, 0, list.value - 1)};
}

void add_prices(World& world) {
  for (std::size_t i = 0; i < world.products.size(); ++i) {
    ProductState& product = world.products[i];
    product.first_price = static_cast<std::uint32_t>(world.prices.size());
    Episodes episodes{world, i};
    for (int week = world.first_week(); week <= world.last_week();
         week = price_episode(product, week).last_week + 1)
      episodes.add(week);
  }
}

std::vector<Price> price_rows(const World& world) {
  std::vector<Price> rows;
  std::vector<std::vector<Price>> by_zone(world.zones.size());
  for (std::size_t product = 0; product < world.products.size(); ++product) {
    const ProductState& state = world.products[product];
    const int first = std::max(world.first_week(), state.first_week);
    const int last = std::min(world.last_week(), state.last_week);
    for (int week = first; week <= last;) {
      const auto prices = prices_of(world, state, week);
      const int next = price_episode(state, week).last_week + 1;
      for (std::size_t zone = 0; zone < by_zone.size(); ++zone) {
        const EpisodePrice& price = prices[prices.size() > 1 ? zone : 0];
        by_zone[zone].push_back(
            {.product_id = world.product_id(product),
             .zone = std::string{world.zones[zone]->name},
             .valid_from = std::max(monday_of(week), world.scenario.from),
             .valid_to = next > last ? std::nullopt
                                     : std::optional<Day>{monday_of(next) - std::chrono::days(1)},
             .list_price = Cents{price.list},
             .unit_cost = Cents{price.cost}});
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
