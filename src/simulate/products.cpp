// The products of each category, and what is typical of each.
#include <fmt/core.h>

#include <algorithm>
#include <limits>

#include "base/failure.h"
#include "simulate/collections.h"
#include "simulate/distributions.h"
#include "simulate/words.h"
#include "simulate/world_parts.h"

namespace retailsim::simulate {
namespace {

constexpr std::uint32_t most_products = 1u << 16;  // of a category: what a Candidate has room for

// Episodes of the list price: a quarter to over a year. Prototype.
std::int32_t price_weeks(double u) { return u < 0.3 ? 17 : u < 0.7 ? 35 : 70; }

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

// How popularity falls with rank in one category: Zipf–Mandelbrot, cut off among the last; in
// some categories one star outsells all others. Prototype.
class PopularityLaw {
 public:
  PopularityLaw(const Scenario& scenario, Draws& draws, std::uint32_t count) {
    exponent_ = std::clamp(
        scenario.popularity_exponent + scenario.popularity_exponent_sd * normal(draws), 0.1, 3.0);
    offset_ = scenario.popularity_offset;
    if (draws.unit() < scenario.star_share) {
      exponent_ += 0.5;
      offset_ = 0.6;
    }
    cutoff_ = count * (0.5 + draws.unit());
  }
  double of_rank(double rank) const {
    return power(rank + std::max(offset_, 0.1), -exponent_) * exponential(-rank / cutoff_);
  }

 private:
  double exponent_;
  double offset_;
  double cutoff_;
};

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

class ProductsOfCategory {
 public:
  ProductsOfCategory(World& world, std::size_t index)
      : world_(world),
        scenario_(world.scenario),
        category_(world.categories[index]),
        index_(index),
        ranks_(popularity_ranks(world, category_)),
        own_{world.seed, Stream::category, {static_cast<std::uint32_t>(index)}, 3},
        law_(scenario_, own_, category_.product_count),
        promotion_level_(scenario_.promotion_level +
                         scenario_.promotion_category_sd * normal(own_)) {}

  void add() {
    std::vector<double> popularity;
    double sum = 0;
    for (const std::uint32_t rank : ranks_) {
      popularity.push_back(law_.of_rank(rank));
      sum += popularity.back();
    }
    for (std::uint32_t i = 0; i < category_.product_count; ++i) add_product(i, popularity[i] / sum);
    add_candidates(popularity);
  }

 private:
  void add_product(std::uint32_t place, double popularity) {
    const CategoryFacts& facts = *category_.facts;
    const std::uint32_t id = category_.first_product + place;
    const double count = category_.product_count;
    Draws draws{world_.seed, Stream::product, {id}};
    ProductState product{};
    product.category = static_cast<std::uint32_t>(index_);
    product.popularity = popularity;
    const double rank = ranks_[place];
    // Private labels are among the popular. Prototype.
    product.is_private =
        draws.unit() < category_.private_share * (1.3 - 0.85 * std::sqrt((rank + 0.5) / count));
    product.kind = static_cast<std::uint8_t>(below(words_in(facts.kinds), draws.word()));
    if (category_.kind >= 0) product.kind = static_cast<std::uint8_t>(category_.kind);
    const std::uint32_t sizes = words_in(facts.sizes);
    product.size = static_cast<std::uint8_t>(below(sizes, draws.word()));
    product.qualifier = static_cast<std::uint8_t>(
        below(static_cast<std::uint32_t>(world_.assortment->qualifiers.size()), draws.word()));
    // A category is supplied by some ten of the brands.
    product.brand = static_cast<std::uint8_t>((index_ * 7 + below(10, draws.word())) %
                                              world_.assortment->brands.size());

    // Popular products are cheaper: correlation of log price and popularity -0.47 (prototype).
    constexpr double correlation = -0.47;
    const double popularity_score = normal_quantile(1 - (rank + 0.5) / count);
    const double own_score = normal(draws);
    const double size_steps = product.size - 0.5 * (sizes - 1);
    product.log_price = std::clamp(
        category_.log_price + 0.15 * size_steps -
            (product.is_private ? scenario_.private_label_gap : 0) +
            category_.log_price_sd * (correlation * popularity_score +
                                      std::sqrt(1 - correlation * correlation) * own_score),
        -1.05, 6.0);
    product.margin = std::clamp(
        facts.margin + 0.05 * normal(draws) + (product.is_private ? 0.06 : 0.0), 0.03, 0.75);
    const double mean = scenario_.elasticity_mean;
    const double sd = scenario_.elasticity_sd;
    if (mean > 0 && sd > 0) {
      const double shape = mean * mean / (sd * sd);
      product.elasticity = gamma(draws, shape) * mean / shape;
    } else {
      product.elasticity = mean;
    }
    add_rest(id, rank == 0, product);
    world_.products.push_back(product);
    world_.popularities.push_back(static_cast<float>(popularity));
  }

  void add_rest(std::uint32_t id, bool is_best_seller, ProductState& product) {
    Draws draws{world_.seed, Stream::product, {id}, 1};
    // Popular products are promoted more often; popularity as log of the chain's share against
    // that of a middle product. Prototype.
    const double popular = natural_log(product.popularity * category_.share *
                                       static_cast<double>(scenario_.product_count)) +
                           0.26;
    product.promotion_bound = word_bound(logistic(promotion_level_ + 0.25 * std::min(popular, 0.5) +
                                                  scenario_.promotion_product_sd * normal(draws)));
    product.depth = static_cast<float>(0.05 * (product.log_price - 0.9) +
                                       scenario_.promotion_product_depth_sd * normal(draws));
    product.many_logit = static_cast<float>(scenario_.many_logit + category_.many_logit +
                                            0.7 * normal(draws));  // prototype
    product.ending_word = draws.word();
    product.price_weeks = price_weeks(draws.unit());
    product.price_phase = static_cast<std::int32_t>(
        below(static_cast<std::uint32_t>(product.price_weeks), draws.word()));
    product.has_zone_prices = draws.unit() < scenario_.zone_price_share;
    product.track = static_cast<std::uint8_t>(below(promotion_tracks, draws.word()));
    set_lifetime(world_, draws, is_best_seller, product);
    // Each category keeps a product all year.
    if (const auto weeks = collection_of(scenario_, world_.seed, id, category_.seasonal);
        weeks && !is_best_seller) {
      product.first_week = weeks->first_week;
      product.last_week = weeks->last_week;
    }
    product.is_weighed = draws.unit() < 0.6 && category_.is_weighed;
  }

  void add_candidates(std::vector<double>& popularity) {
    std::vector<AliasCell> cells(category_.product_count);
    build_alias_table(popularity, cells);
    const auto of = [&](std::uint32_t place) -> const ProductState& {
      return world_.products[category_.first_product + place];
    };
    const auto price = [&](const ProductState& product) {
      const double fortieths = std::floor((product.log_price - category_.log_price) * 40 + 0.5);
      return static_cast<std::int8_t>(std::clamp(fortieths, -127.0, 127.0));
    };
    for (std::uint32_t i = 0; i < category_.product_count; ++i) {
      const SmallAliasCell cell = small_cell(cells[i]);
      world_.candidates.push_back({.bound = cell.bound,
                                   .other = cell.other,
                                   .price = price(of(i)),
                                   .price_of_other = price(of(cells[i].other)),
                                   .is_private = of(i).is_private,
                                   .is_other_private = of(cells[i].other).is_private});
    }
  }

  World& world_;
  const Scenario& scenario_;
  const CategoryState& category_;
  std::size_t index_;
  std::vector<std::uint32_t> ranks_;
  Draws own_;
  PopularityLaw law_;
  double promotion_level_;
};

}  // namespace

void add_products(World& world) {
  for (std::size_t i = 0; i < world.categories.size(); ++i) {
    const std::uint32_t count = world.categories[i].product_count;
    if (count > most_products) {
      throw Failure(FailureKind::wrong_usage,
                    fmt::format("{} has {} products, but {} are possible", world.categories[i].name,
                                count, most_products),
                    "raise products.categories or lower products.count");
    }
    ProductsOfCategory{world, i}.add();
  }
}

}  // namespace retailsim::simulate
