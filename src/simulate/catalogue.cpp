// Which categories and products the chain carries, and what is typical of each product.
#include <algorithm>
#include <numeric>

#include "simulate/distributions.h"
#include "simulate/world_parts.h"

namespace retailsim::simulate {
namespace {

constexpr std::uint32_t least_products = 4;  // of a category
// Small chains carry fewer categories, so that each keeps some choice.
constexpr std::size_t products_per_category = 8;

std::uint32_t words_in(std::string_view list) {
  return 1 + static_cast<std::uint32_t>(std::ranges::count(list, '|'));
}

Draws draws_of_category(const World& world, std::size_t category) {
  return {world.seed, Stream::category, {static_cast<std::uint32_t>(category)}};
}

// Block lengths and their shares: prototype, from the panel's runs of promoted weeks.
std::int32_t promotion_weeks(double u) {
  if (u < 0.10) return 1;
  if (u < 0.40) return 2;
  if (u < 0.62) return 3;
  return u < 0.85 ? 4 : 7;
}

// Episodes of the list price: a quarter to over a year. Prototype.
std::int32_t price_weeks(double u) { return u < 0.3 ? 17 : u < 0.7 ? 35 : 70; }

void add_categories(World& world) {
  const Assortment& goods = *world.assortment;
  const auto product_count = static_cast<std::size_t>(world.scenario.product_count);
  const std::size_t count =
      std::clamp<std::size_t>(product_count / products_per_category, 5, goods.categories.size());
  double share_sum = 0;
  double room_sum = 0;
  std::vector<double> room;  // how many products a category attracts
  for (std::size_t i = 0; i < count; ++i) {
    const double rank = static_cast<double>(i + 1);
    const double share =
        power(rank, -goods.share_exponent) * exponential(-rank / goods.share_cutoff);
    Draws draws = draws_of_category(world, i);
    // Exponent and spread: prototype.
    room.push_back(power(share, 0.4) * exponential(0.5 * normal(draws)));
    share_sum += share;
    room_sum += room.back();
    const CategoryFacts& facts = goods.categories[i];
    CategoryState state{};
    state.facts = &facts;
    state.share = share;
    const double rate =
        facts.tax == TaxClass::reduced ? world.scenario.tax_reduced : world.scenario.tax_standard;
    state.tax_rate = {static_cast<std::int32_t>(std::floor(rate * 10'000 + 0.5))};
    const auto department =
        std::ranges::find(goods.departments, facts.department, &DepartmentFacts::name);
    state.returned = department == goods.departments.end() ? 1 : department->returned;
    for (auto& track : state.tracks) {
      track.weeks = promotion_weeks(draws.unit());
      track.phase =
          static_cast<std::int32_t>(below(static_cast<std::uint32_t>(track.weeks), draws.word()));
    }
    world.categories.push_back(state);
  }
  const auto spare = static_cast<double>(product_count - least_products * count);
  double before = 0;
  std::uint32_t first = 0;
  for (std::size_t i = 0; i < count; ++i) {
    CategoryState& state = world.categories[i];
    state.share /= share_sum;
    const double after = i + 1 == count ? spare : before + spare * room[i] / room_sum;
    state.first_product = first;
    state.product_count =
        least_products + static_cast<std::uint32_t>(std::floor(after) - std::floor(before));
    before = after;
    first += state.product_count;
    const auto partner = std::ranges::find(goods.categories.first(count), state.facts->partner,
                                           &CategoryFacts::name);
    state.partner = static_cast<std::uint32_t>(
        partner == goods.categories.first(count).end()
            ? i
            : static_cast<std::size_t>(partner - goods.categories.begin()));
  }
}

// Place 0 is the most popular product. Shuffled, so that ids do not tell.
std::vector<std::uint32_t> popularity_ranks(const World& world, const CategoryState& category) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> order;
  for (std::uint32_t i = 0; i < category.product_count; ++i) {
    Draws draws{world.seed, Stream::product_rank, {category.first_product + i}};
    order.emplace_back(draws.word(), i);
  }
  std::ranges::sort(order);
  std::vector<std::uint32_t> ranks(category.product_count);
  for (std::uint32_t rank = 0; rank < order.size(); ++rank) ranks[order[rank].second] = rank;
  return ranks;
}

void set_lifetime(const World& world, Draws& draws, bool is_best_seller, ProductState& product) {
  const Scenario& scenario = world.scenario;
  const int first = world.first_week();
  const auto weeks = static_cast<std::uint32_t>(world.last_week() - first + 1);
  const double launched = draws.unit();
  const double delisted = draws.unit();
  const std::uint32_t launch_word = draws.word();
  const std::uint32_t delist_word = draws.word();
  // Long before the scenario, unless it is a novelty.
  product.first_week = first - 20 - static_cast<int>(below(400, launch_word));
  product.last_week = std::numeric_limits<std::int32_t>::max();
  if (is_best_seller) return;
  if (launched < scenario.launched_share)
    product.first_week = first + static_cast<int>(below(weeks, launch_word));
  else if (delisted < scenario.delisted_share)
    product.last_week = first + static_cast<int>(below(weeks, delist_word));
}

void add_products(World& world, std::size_t index) {
  const Scenario& scenario = world.scenario;
  const CategoryState& category = world.categories[index];
  const CategoryFacts& facts = *category.facts;
  Draws own = draws_of_category(world, index + 0x10000);
  const double exponent = std::clamp(
      scenario.popularity_exponent + scenario.popularity_exponent_sd * normal(own), 0.1, 3.0);
  const double promotion_logit =
      scenario.promotion_level + scenario.promotion_category_sd * normal(own);
  const auto ranks = popularity_ranks(world, category);
  const double count = category.product_count;
  double popularity_sum = 0;
  for (std::uint32_t i = 0; i < category.product_count; ++i) {
    const std::uint32_t id = category.first_product + i;
    Draws draws{world.seed, Stream::product, {id}};
    ProductState product{};
    product.category = static_cast<std::uint32_t>(index);
    const double rank = ranks[i];
    product.popularity = power(rank + 1 + scenario.popularity_offset, -exponent);
    popularity_sum += product.popularity;
    product.is_private = draws.unit() < facts.private_share;
    product.kind = static_cast<std::uint8_t>(below(words_in(facts.kinds), draws.word()));
    const std::uint32_t sizes = words_in(facts.sizes);
    product.size = static_cast<std::uint8_t>(below(sizes, draws.word()));
    product.qualifier = static_cast<std::uint8_t>(
        below(static_cast<std::uint32_t>(world.assortment->qualifiers.size()), draws.word()));
    // A category is supplied by some ten of the brands.
    product.brand = static_cast<std::uint8_t>((index * 7 + below(10, draws.word())) %
                                              world.assortment->brands.size());

    // Popular products are cheaper: correlation of log price and popularity -0.47 (prototype).
    constexpr double correlation = -0.47;
    const double popularity_score = normal_quantile(1 - (rank + 0.5) / count);
    const double own_score = normal(draws);
    const double size_steps = product.size - 0.5 * (sizes - 1);
    product.log_price = natural_log(facts.median_price) + 0.2 * size_steps -
                        (product.is_private ? scenario.private_label_gap : 0) +
                        facts.price_log_sd * (correlation * popularity_score +
                                              std::sqrt(1 - correlation * correlation) * own_score);
    product.margin = std::clamp(
        facts.margin + 0.05 * normal(draws) + (product.is_private ? 0.06 : 0.0), 0.03, 0.75);
    const double mean = scenario.elasticity_mean;
    const double sd = scenario.elasticity_sd;
    if (mean > 0 && sd > 0) {
      const double shape = mean * mean / (sd * sd);
      product.elasticity = gamma(draws, shape) * mean / shape;
    } else {
      product.elasticity = mean;
    }
    Draws rest{world.seed, Stream::product, {id}, 1};
    const double proneness = normal(rest);
    product.promotion_bound =
        word_bound(logistic(promotion_logit + scenario.promotion_product_sd * proneness));
    product.many_logit = -1.85 + 0.7 * normal(rest);  // prototype
    product.ending_word = rest.word();
    product.price_weeks = price_weeks(rest.unit());
    product.price_phase = static_cast<std::int32_t>(
        below(static_cast<std::uint32_t>(product.price_weeks), rest.word()));
    product.has_zone_prices = rest.unit() < scenario.zone_price_share;
    product.track = static_cast<std::uint8_t>(below(promotion_tracks, rest.word()));
    set_lifetime(world, rest, ranks[i] == 0, product);
    world.products.push_back(product);
  }
  for (std::uint32_t i = 0; i < category.product_count; ++i)
    world.products[category.first_product + i].popularity /= popularity_sum;
}

}  // namespace

void add_categories_and_products(World& world) {
  add_categories(world);
  for (std::size_t i = 0; i < world.categories.size(); ++i) add_products(world, i);
}

}  // namespace retailsim::simulate
