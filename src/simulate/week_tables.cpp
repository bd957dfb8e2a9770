#include "simulate/week_tables.h"

#include <algorithm>

#include "simulate/collections.h"
#include "simulate/distributions.h"
#include "simulate/prices.h"
#include "simulate/promotions.h"
#include "simulate/seasons.h"
#include "simulate/stock_forecast.h"
#include "simulate/weather.h"

namespace retailsim::simulate {
namespace {

constexpr float most_log_pull = 4;

class Builder {
 public:
  Builder(const World& world, WeekTables& tables) : world_(world), tables_(tables) {
    const std::size_t size = world.zones.size() * world.products.size();
    tables.shelves.resize(size);
    tables.pulls.resize(size);
    if (world.scenario.anonymous_share > 0 || world.scenario.collection_share > 0)
      tables.choice.resize(size);
    tables.bargains.resize(world.zones.size() * world.categories.size());
  }

  void add_category(std::size_t index) {
    const CategoryState& category = world_.categories[index];
    for (std::uint32_t track = 0; track < promotion_tracks; ++track)
      blocks_[track] = promotion_block(world_, index, track, tables_.week);
    pulls_.assign(world_.zones.size() * category.product_count, 0);
    for (std::uint32_t i = 0; i < category.product_count; ++i)
      add_product(category.first_product + i, i, category.product_count);
    for (std::size_t zone = 0; zone < world_.zones.size(); ++zone)
      add_choice(zone, index, category);
  }

 private:
  void add_product(std::uint32_t index, std::size_t place, std::size_t stride) {
    const ProductState& product = world_.products[index];
    if (tables_.week < product.first_week || tables_.week > product.last_week) return;
    const EpisodePrice* prices = prices_of(world_, product, tables_.week);
    const PromotionBlock& block = blocks_[product.track];
    const Participation part = participation(world_, index, block);
    Shelf shelf;
    float pull = 0;
    for (std::size_t zone = 0; zone < world_.zones.size(); ++zone) {
      const bool is_promoted = part.holds_in(zone);
      // Most products have one price in all zones.
      if (zone == 0 || product.has_zone_prices || !part.is_everywhere) {
        shelf = shelf_of(product, prices[zone], block, is_promoted);
        float added = 0;
        if (shelf.net < shelf.list)
          added = static_cast<float>(product.elasticity) *
                  quick_log(static_cast<float>(shelf.list) /
                            static_cast<float>(std::max(shelf.net, 1)));
        if (is_promoted) added += static_cast<float>(block.lift);
        const float log_pull = prices[zone].log_pull + added;
        pull = quick_exponential(std::min(log_pull, most_log_pull));
      }
      tables_.shelves[tables_.place_of(static_cast<std::uint32_t>(zone), index)] = shelf;
      pulls_[zone * stride + place] = pull;
    }
  }

  Shelf shelf_of(const ProductState& product, const EpisodePrice& price,
                 const PromotionBlock& block, bool is_promoted) const {
    Shelf shelf{.list = price.list, .net = price.list, .cost = price.cost, .promo_id = 0};
    const auto cut = [&](double depth, std::uint32_t habit) {
      return static_cast<std::int32_t>(
          promotion_price({price.list}, depth,
                          (product.ending_word * 0x9e3779b9u + habit) * 0x85ebca6bu)
              .value);
    };
    if (is_promoted) {
      shelf.promo_id = static_cast<std::uint32_t>(block.promo_id.value);
      shelf.net = cut(depth_for(product, block), shelf.promo_id);
    }
    const double clearance = clearance_depth(world_.scenario, product, tables_.week);
    if (clearance <= 0) return shelf;
    const std::int32_t cleared = cut(clearance, 0);
    if (cleared < shelf.net) {
      shelf.net = cleared;
      shelf.promo_id = 0;
    }
    return shelf;
  }

  void add_choice(std::size_t zone, std::size_t index, const CategoryState& category) {
    const std::size_t first = zone * tables_.product_count + category.first_product;
    const float* pulls = pulls_.data() + zone * category.product_count;
    Bargains bargains{.first = static_cast<std::uint32_t>(tables_.bargain_products.size())};
    weights_.clear();
    double excess = 0;
    for (std::uint32_t i = 0; i < category.product_count; ++i) {
      const float pull = pulls[i];
      if (pull <= 0) continue;  // not on the shelf
      tables_.pulls[first + i] =
          static_cast<std::uint16_t>(std::max(1.0f, pull * float{usual_pull}));
      if (pull <= 1) continue;
      const std::uint32_t product = category.first_product + i;
      weights_.push_back(world_.products[product].popularity * static_cast<double>(pull - 1));
      excess += weights_.back();
      tables_.bargain_products.push_back(product);
    }
    if (excess > 0) {
      bargains.excess = static_cast<float>(excess);
      bargains.count = static_cast<std::uint32_t>(weights_.size());
      tables_.bargain_cells.resize(bargains.first + bargains.count);
      build_alias_table(weights_, {tables_.bargain_cells.data() + bargains.first, bargains.count});
    }
    tables_.bargains[zone * tables_.category_count + index] = bargains;
    if (tables_.choice.empty()) return;
    weights_.clear();
    for (std::uint32_t i = 0; i < category.product_count; ++i)
      weights_.push_back(world_.products[category.first_product + i].popularity *
                         static_cast<double>(pulls[i]));
    build_alias_table(weights_, {tables_.choice.data() + first, category.product_count});
  }

  const World& world_;
  WeekTables& tables_;
  PromotionBlock blocks_[promotion_tracks]{};
  std::vector<float> pulls_;  // by zone, then place in the category; 0: not on the shelf
  std::vector<double> weights_;
};

// Season and weather. The peak leaves no room for more than the usual; warm days are cut off there.
void add_seasons(const World& world, WeekTables& tables) {
  const FeastsNear near = feasts_near(tables.week);
  const double effect = world.scenario.warmth_effect;
  std::vector<double> warmths;
  for (const CategoryState& category : world.categories) {
    tables.calendar.push_back(
        static_cast<float>(season_of(category, tables.week, near) / season_peak(category)));
    warmths.push_back(effect * log_warmth(category));
  }
  for (std::uint32_t zone = 0; zone < world.zones.size(); ++zone) {
    for (int weekday = 0; weekday < 7; ++weekday) {
      const Weather& weather =
          weather_on(world, zone, monday_of(tables.week) + std::chrono::days(weekday));
      const double warmer = weather.temperature_c - weather.usual_c;
      for (std::size_t i = 0; i < warmths.size(); ++i) {
        const float by_weather = quick_exponential(static_cast<float>(warmths[i] * warmer));
        tables.seasons.push_back(tables.calendar[i] * by_weather);
      }
    }
  }
}

}  // namespace

WeekTables build_week(const World& world, int week) {
  WeekTables tables;
  tables.week = week;
  tables.product_count = world.products.size();
  tables.category_count = world.categories.size();
  Builder builder{world, tables};
  for (std::size_t i = 0; i < world.categories.size(); ++i) builder.add_category(i);
  add_seasons(world, tables);
  if (world.stock) tables.expected = expected_units(world, tables);
  for (const std::string_view timezone : world.timezones)
    tables.clocks.push_back(hours_of_week(timezone, monday_of(week)));
  return tables;
}

}  // namespace retailsim::simulate
