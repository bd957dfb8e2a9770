#include "simulate/week_tables.h"

#include <algorithm>

#include "simulate/distributions.h"
#include "simulate/prices.h"
#include "simulate/promotions.h"

namespace retailsim::simulate {
namespace {

// Log of the category's share against the year's mean.
double season_of(const CategoryFacts& facts, int week) {
  const Day thursday = monday_of(week) + std::chrono::days(3);
  const std::chrono::year_month_day date{thursday};
  const Day new_year{date.year() / 1 / 1};
  const double day = 1 + static_cast<double>((thursday - new_year).count());
  return facts.season * cosine_of_turns((day - facts.peak_day) / 365.25);
}

// Dear products are rarely bought twice, promoted ones more often. Prototype.
double many_logit(const ProductState& product, const ListPrice& price, bool is_promoted) {
  constexpr double log_cents = 4.605170185988092;  // ln 100
  const double log_list = natural_log(static_cast<double>(price.list.value)) - log_cents;
  return product.many_logit - 0.9 * (log_list - 0.6) + (is_promoted ? 0.35 : 0);
}

class Builder {
 public:
  Builder(const World& world, WeekTables& tables) : world_(world), tables_(tables) {}

  void add_category(std::size_t index) {
    const CategoryState& category = world_.categories[index];
    for (std::uint32_t track = 0; track < promotion_tracks; ++track)
      blocks_[track] = promotion_block(world_, index, track, tables_.week);
    weights_.assign(world_.zones.size() * category.product_count, 0);
    for (std::uint32_t i = 0; i < category.product_count; ++i)
      add_product(category.first_product + i, i, category.product_count);
    for (std::size_t zone = 0; zone < world_.zones.size(); ++zone) {
      const std::span weights{weights_.data() + zone * category.product_count,
                              category.product_count};
      build_alias_table(
          weights, {tables_.choice.data() + zone * tables_.product_count + category.first_product,
                    category.product_count});
    }
  }

 private:
  void add_product(std::size_t index, std::size_t place, std::size_t stride) {
    const ProductState& product = world_.products[index];
    if (tables_.week < product.first_week || tables_.week > product.last_week) return;
    list_prices(world_, index, tables_.week, prices_);
    const PromotionBlock& block = blocks_[product.track];
    const bool is_promoted = takes_part(world_, index, block);
    for (std::size_t zone = 0; zone < prices_.size(); ++zone) {
      const ListPrice& price = prices_[zone];
      const Cents net = is_promoted
                            ? promotion_price(price.list, block.depth_pct, product.ending_word)
                            : price.list;
      tables_.shelves[zone * tables_.product_count + index] = {
          .list = static_cast<std::int32_t>(price.list.value),
          .net = static_cast<std::int32_t>(net.value),
          .cost = static_cast<std::int32_t>(price.cost.value),
          .promo_id = is_promoted ? static_cast<std::uint32_t>(block.promo_id.value) : 0,
          .many_bound = word_bound(logistic(many_logit(product, price, is_promoted))),
          .many_table = price.list.value < 60    ? 0u
                        : price.list.value < 200 ? 1u
                                                 : 2u};
      // Choice within the category goes with (usual price / price to pay)^elasticity.
      const double log_net = natural_log(static_cast<double>(std::max<std::int64_t>(net.value, 1)));
      constexpr double log_cents = 4.605170185988092;
      const double response = product.elasticity * (price.log_usual + log_cents - log_net) +
                              (is_promoted ? block.lift : 0);
      weights_[zone * stride + place] = product.popularity * exponential(std::min(response, 8.0));
    }
  }

  const World& world_;
  WeekTables& tables_;
  PromotionBlock blocks_[promotion_tracks]{};
  std::vector<double> weights_;  // by zone, then place in the category
  std::vector<ListPrice> prices_;
};

}  // namespace

WeekTables build_week(const World& world, int week) {
  WeekTables tables;
  tables.week = week;
  tables.product_count = world.products.size();
  tables.choice.resize(world.zones.size() * tables.product_count);
  tables.shelves.resize(world.zones.size() * tables.product_count);
  Builder builder{world, tables};
  for (std::size_t i = 0; i < world.categories.size(); ++i) {
    builder.add_category(i);
    tables.season.push_back(exponential(season_of(*world.categories[i].facts, week)));
  }
  for (const std::string_view timezone : world.timezones)
    tables.clocks.push_back(hours_of_week(timezone, monday_of(week)));
  return tables;
}

}  // namespace retailsim::simulate
