// Which categories the chain carries, and what is typical of each. An assortment states facts
// of its categories; a scenario that asks for more gets them parted into their kinds, with
// numbers that vary as those of a real chain's categories do.
#include <fmt/core.h>

#include <algorithm>

#include "base/failure.h"
#include "simulate/distributions.h"
#include "simulate/words.h"
#include "simulate/world_parts.h"

namespace retailsim::simulate {
namespace {

constexpr std::uint32_t least_products = 4;  // of a category
// Small chains carry fewer categories, so that each keeps some choice.
constexpr std::size_t products_per_category = 8;

// Shares of parted categories by rank: rank^-exponent * e^(-rank / cutoff). Prototype, so that
// lines follow the panel's law (0.32 and 74) once households have their tastes.
constexpr double parted_exponent = 0.45;
constexpr double parted_cutoff = 92;

// A category of the assortment, or one of its kinds.
struct Part {
  const CategoryFacts* facts;
  std::int32_t kind;
};

std::vector<Part> parts_of(const Assortment& goods, std::size_t wanted) {
  std::vector<Part> parts;
  if (wanted <= goods.categories.size()) {
    for (const CategoryFacts& facts : goods.categories.first(wanted)) parts.push_back({&facts, -1});
    return parts;
  }
  // First the first kind of each, then the second: the popular ones come first.
  for (std::int32_t kind = 0; parts.size() < wanted; ++kind) {
    const std::size_t before = parts.size();
    for (const CategoryFacts& facts : goods.categories)
      if (static_cast<std::uint32_t>(kind) < words_in(facts.kinds)) parts.push_back({&facts, kind});
    if (parts.size() == before) {
      throw Failure(FailureKind::wrong_usage,
                    fmt::format("products.categories is {}; legal: 0 to {} for the {} assortment",
                                wanted, before, goods.name));
    }
  }
  parts.resize(wanted);
  return parts;
}

std::size_t wanted_categories(const World& world) {
  const auto asked = static_cast<std::size_t>(world.scenario.category_count);
  if (asked > 0) return asked;
  return std::clamp<std::size_t>(
      static_cast<std::size_t>(world.scenario.product_count) / products_per_category, 5,
      world.assortment->categories.size());
}

// Block lengths and their shares: prototype, from the panel's runs of promoted weeks.
std::int32_t promotion_weeks(double u) {
  if (u < 0.08) return 1;
  if (u < 0.34) return 2;
  if (u < 0.56) return 3;
  return u < 0.82 ? 4 : 7;
}

// Mean and spread of the log of the assortment's prices, so that parted categories keep
// the order of their parents' and follow the scenario's law.
struct PriceScale {
  double mean = 0;
  double sd = 0;
  explicit PriceScale(const Assortment& goods) {
    const auto count = static_cast<double>(goods.categories.size());
    for (const CategoryFacts& facts : goods.categories)
      mean += natural_log(facts.median_price) / count;
    for (const CategoryFacts& facts : goods.categories) {
      const double off = natural_log(facts.median_price) - mean;
      sd += off * off / count;
    }
    sd = std::max(1e-6, std::sqrt(sd));
  }
};

// The numbers of a category as the assortment states them.
void state_facts(CategoryState& state) {
  const CategoryFacts& facts = *state.facts;
  state.log_price = natural_log(facts.median_price);
  state.log_price_sd = facts.price_log_sd;
  state.private_share = facts.private_share;
  state.fill_in_tilt = facts.fill_in_tilt;
  state.season = facts.season;
  state.peak_day = facts.peak_day;
}

// The numbers of a parted category. All laws and constants: prototype.
void draw_facts(const Scenario& scenario, const PriceScale& scale, Draws& draws,
                CategoryState& state) {
  const double parent = (natural_log(state.facts->median_price) - scale.mean) / scale.sd;
  const double price_score = 0.7 * parent + 0.714 * normal(draws);
  state.log_price = scenario.category_log_price - 0.12 * (natural_log(state.share) + 5.5) +
                    scenario.category_log_price_sd * price_score;
  state.log_price_sd = scenario.product_log_price_sd * exponential(0.4 * normal(draws) - 0.06);
  const double private_score = normal(draws);
  state.private_share = scenario.private_share <= 0
                            ? 0
                            : std::min(0.95, logistic(logit(scenario.private_share) +
                                                      scenario.private_sd * private_score));
  // Most goods belong to the large shop and a few to the short trip. Dear and cheap ones are bought
  // on short trips rather than those of middling prices.
  state.fill_in_tilt = scenario.mission_tilt_sd * (standard_exponential(draws) - 1) +
                       0.42 * price_score + 0.50 * (std::min(price_score * price_score, 4.0) - 1);
  state.season =
      scenario.season_amplitude * exponential(scenario.season_amplitude_sd * normal(draws));
  const double half = draws.unit();
  state.peak_day = (half < 0.5 ? 15 : 197) + 40 * normal(draws);
}

// How shoppers take to a category. All laws and constants: prototype.
void draw_tastes(const Scenario& scenario, Draws& draws, CategoryState& state) {
  for (double& feast : state.feasts) {
    const double belongs = draws.unit();
    const double score = normal(draws);
    feast =
        belongs < scenario.feast_share ? scenario.feast_amplitude * exponential(0.6 * score) : 0;
  }
  const double sd = scenario.taste_sd;
  const double variance = scenario.taste_variance *
                          power(state.share / 0.02, scenario.taste_exponent) *
                          exponential(sd * (normal(draws) - 0.5 * sd));
  state.taste_shape = scenario.taste_variance > 0 ? 1 / std::clamp(variance, 0.1, 40.0) : 1e6;
  state.habit_alpha = static_cast<float>(scenario.habit_alpha *
                                         exponential(scenario.habit_alpha_sd * normal(draws)));
  state.many_logit = 0.6 * normal(draws);
  state.is_weighed = draws.unit() < scenario.weighed_share;
  const double same = scenario.same_category * gamma(draws, 0.5) / 0.5;
  state.same_bound = word_bound(std::min(0.75, same));
  const double partner = scenario.partner_category * standard_exponential(draws);
  state.partner_bound = static_cast<std::uint16_t>(word_bound(std::min(0.6, partner)) >> 16);
}

}  // namespace

void add_categories(World& world) {
  const Scenario& scenario = world.scenario;
  const Assortment& goods = *world.assortment;
  const std::vector<Part> parts = parts_of(goods, wanted_categories(world));
  const bool are_parted = parts.back().kind >= 0;
  const PriceScale scale{goods};
  const double exponent = are_parted ? parted_exponent : goods.share_exponent;
  const double cutoff = are_parted ? parted_cutoff : goods.share_cutoff;
  double share_sum = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const double rank = static_cast<double>(i + 1);
    CategoryState state{};
    state.facts = parts[i].facts;
    state.kind = parts[i].kind;
    state.name = state.facts->name;
    if (are_parted)
      state.name +=
          fmt::format(": {}", word_at(state.facts->kinds, static_cast<std::size_t>(state.kind)));
    state.share = power(rank, -exponent) * exponential(-rank / cutoff);
    share_sum += state.share;
    const auto department =
        std::ranges::find(goods.departments, state.facts->department, &DepartmentFacts::name);
    const bool is_stated = department != goods.departments.end();
    state.returned = is_stated ? department->returned : 1;
    state.seasonal = is_stated ? department->seasonal : 1;
    const double rate =
        state.facts->tax == TaxClass::reduced ? scenario.tax_reduced : scenario.tax_standard;
    state.tax_rate = {static_cast<std::int32_t>(std::floor(rate * 10'000 + 0.5))};
    world.categories.push_back(std::move(state));
  }

  std::vector<double> room;  // how many products a category attracts; exponent: prototype
  double room_sum = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    CategoryState& state = world.categories[i];
    state.share /= share_sum;
    Draws draws{world.seed, Stream::category, {static_cast<std::uint32_t>(i)}};
    room.push_back(power(state.share, 0.4) * exponential((are_parted ? 0.7 : 0.5) * normal(draws)));
    room_sum += room.back();
    for (auto& track : state.tracks) {
      track.weeks = promotion_weeks(draws.unit());
      track.phase =
          static_cast<std::int32_t>(below(static_cast<std::uint32_t>(track.weeks), draws.word()));
    }
    Draws facts{world.seed, Stream::category, {static_cast<std::uint32_t>(i)}, 1};
    if (are_parted)
      draw_facts(scenario, scale, facts, state);
    else
      state_facts(state);
    state.season *= scenario.season_factor;
    Draws tastes{world.seed, Stream::category, {static_cast<std::uint32_t>(i)}, 2};
    draw_tastes(scenario, tastes, state);
  }

  const auto product_count = static_cast<std::size_t>(scenario.product_count);
  if (product_count < least_products * parts.size()) {
    throw Failure(
        FailureKind::wrong_usage,
        fmt::format("{} products are too few for {} categories", product_count, parts.size()),
        fmt::format("set products.count to {} or more, or products.categories to 0",
                    least_products * parts.size()));
  }
  const auto spare = static_cast<double>(product_count - least_products * parts.size());
  double before = 0;
  std::uint32_t first = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    CategoryState& state = world.categories[i];
    const double after = i + 1 == parts.size() ? spare : before + spare * room[i] / room_sum;
    state.first_product = first;
    state.product_count =
        least_products + static_cast<std::uint32_t>(std::floor(after) - std::floor(before));
    before = after;
    first += state.product_count;
  }
}

}  // namespace retailsim::simulate
