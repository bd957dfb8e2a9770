#include "simulate/favourites.h"

#include <algorithm>
#include <array>

#include "simulate/distributions.h"
#include "simulate/world_parts.h"

namespace retailsim::simulate {
namespace {

constexpr std::uint32_t stick_bits = 12;
constexpr float last_stick = (1 << stick_bits) - 1;

// -log(an exponential variable), by ten random bits.
const std::array<float, 1024>& gumbels() {
  static const auto table = [] {
    std::array<float, 1024> values{};
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] = -quick_log(-quick_log((static_cast<float>(i) + 0.5f) / 1024));
    return values;
  }();
  return table;
}

// Which stick: weights fall like (1 + b i / alpha)^(-1/b), whose distribution function has this
// inverse. Prototype.
std::uint32_t stick_at(float alpha, float tail, float unit) {
  const float index = alpha / tail * (quick_exponential(-tail * quick_log(unit)) - 1);
  return static_cast<std::uint32_t>(std::min(index, last_stick));
}

// How often the stick has been replaced until then.
std::uint32_t replacements(float rate, Day date, double phase) {
  if (rate <= 0) return 0;
  const double day = static_cast<double>((date - first_monday).count()) + 997 * phase;
  return 1 + static_cast<std::uint32_t>(day * static_cast<double>(rate));
}

}  // namespace

void add_habits(World& world) {
  const Scenario& scenario = world.scenario;
  const double spread = natural_log(scenario.habit_most_days / scenario.habit_least_days);
  for (std::size_t i = 0; i < world.habit_rates.size(); ++i) {
    const double kind =
        (static_cast<double>(i) + 0.5) / static_cast<double>(world.habit_rates.size());
    const double part = (kind - scenario.habit_fixed) / std::max(1e-9, 1 - scenario.habit_fixed);
    world.habit_rates[i] =
        part < 0 ? 0 : static_cast<float>(exponential(-part * spread) / scenario.habit_least_days);
  }
}

std::uint32_t favourite(const World& world, std::uint32_t household, std::uint32_t category,
                        Day date, float unit) {
  const Scenario& scenario = world.scenario;
  const HouseholdState& state = world.households[household];
  const CategoryState& goods = world.categories[category];
  const std::uint32_t stick = stick_at(goods.habit_alpha * state.habit_alpha,
                                       static_cast<float>(scenario.habit_tail), unit);
  const std::uint32_t key = category << stick_bits | stick;
  Draws draws{world.seed, Stream::favourite, {household, key}};
  const float rate = world.habit_rates[draws.word() >> 22];
  const double phase = draws.unit();
  const std::uint32_t own = draws.word();
  const std::uint32_t number = replacements(rate, date, phase);

  // Of three candidates by usual popularity, the one the household likes best wins more often, in
  // proportion to its weight: the largest log weight plus a Gumbel variable of its own.
  constexpr std::size_t candidates = 3;
  std::uint32_t words[candidates + 1];
  for (std::uint32_t i = 0; i <= candidates; ++i)
    words[i] = mixed(own + 0x9e3779b9u * (4 * number + i));
  const auto& luck = gumbels();
  std::uint32_t best = 0;
  float best_score = -1e9f;
  for (std::size_t i = 0; i < candidates; ++i) {
    const std::uint64_t product = static_cast<std::uint64_t>(words[i]) * goods.product_count;
    const auto place = static_cast<std::uint32_t>(product >> 32);
    const Candidate& cell = world.candidates[goods.first_product + place];
    const bool is_own = static_cast<std::uint32_t>(product) >> 16 < cell.bound;
    const float price = static_cast<float>(is_own ? cell.price : cell.price_of_other) / 40;
    const bool is_private = is_own ? cell.is_private : cell.is_other_private;
    const float score = state.tier * price + (is_private ? state.private_taste : 0) +
                        luck[words[candidates] >> (10 * i) & 1023];
    if (score > best_score) {
      best_score = score;
      best = goods.first_product + (is_own ? place : cell.other);
    }
  }
  return best;
}

}  // namespace retailsim::simulate
