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

constexpr float most_pull = 54.5f;  // what 16 bits hold in parts of usual_pull is 64

class Builder {
 public:
  Builder(const World& world, WeekTables& tables) : world_(world), tables_(tables) {
    const std::size_t size = world.zones.size() * world.products.size();
    tables.shelves.resize(world.products.size());
    tables.pulls.resize(size);
    if (world.scenario.anonymous_share > 0 || world.scenario.collection_share > 0)
      tables.choice.resize(size);
    tables.bargains.resize(size);
  }

  void add_category(std::size_t index) {
    const CategoryState& category = world_.categories[index];
    for (std::uint32_t track = 0; track < promotion_tracks; ++track)
      blocks_[track] = promotion_block(world_, index, track, tables_.week);
    pulls_.assign(world_.zones.size() * category.product_count, 0);
    do_zones_differ_ = false;
    for (std::uint32_t i = 0; i < category.product_count; ++i)
      add_product(category.first_product + i, pulls_.data() + i, category.product_count);
    add_choice(0, category);
    for (std::size_t zone = 1; zone < world_.zones.size(); ++zone) {
      if (do_zones_differ_)
        add_choice(zone, category);
      else
        copy_choice(zone, category);
    }
  }

 private:
  // `pulls`: of the product in the first zone; the other zones follow at a distance of `stride`.
  void add_product(std::uint32_t index, float* pulls, std::size_t stride) {
    const ProductState& product = world_.products[index];
    if (tables_.week < product.first_week || tables_.week > product.last_week) return;
    const auto prices = prices_of(world_, product, tables_.week);
    const PromotionBlock& block = blocks_[product.track];
    const Participation part = participation(world_, index, block);
    const std::size_t zones = world_.zones.size();
    Shelf& common = tables_.shelves[index];
    if (prices.size() == 1 && part.is_everywhere) {
      const float pull = put(product, prices[0], block, part.is_any(), common);
      for (std::size_t zone = 0; zone < zones; ++zone) pulls[zone * stride] = pull;
      return;
    }
    do_zones_differ_ = true;
    common.zones = static_cast<std::uint32_t>(tables_.zone_shelves.size() + 1);
    for (std::size_t zone = 0; zone < zones; ++zone) {
      const EpisodePrice& price = prices[prices.size() > 1 ? zone : 0];
      pulls[zone * stride] =
          put(product, price, block, part.holds_in(zone), tables_.zone_shelves.emplace_back());
    }
  }

  // Puts it on the shelf, and gives its pull. Field by field: a copy of a whole shelf would wait
  // for what was just written.
  float put(const ProductState& product, const EpisodePrice& price, const PromotionBlock& block,
            bool is_promoted, Shelf& shelf) const {
    shelf.list = shelf.net = price.list;
    shelf.cost = price.cost;
    shelf.many_odds = price.many_odds;
    shelf.category = static_cast<std::uint16_t>(product.category);
    shelf.is_weighed = product.is_weighed;
    const auto cut = [&](double depth, std::uint32_t habit) {
      const std::uint32_t word = (product.ending_word * 0x9e3779b9u + habit) * 0x85ebca6bu;
      return static_cast<std::int32_t>(promotion_price({price.list}, depth, word).value);
    };
    if (is_promoted) {
      shelf.promo_id = static_cast<std::uint32_t>(block.promo_id.value);
      shelf.net = cut(depth_for(product, block), shelf.promo_id);
    }
    if (const double clearance = clearance_depth(world_.scenario, product, tables_.week);
        clearance > 0) {
      const std::int32_t cleared = cut(clearance, 0);
      if (cleared < shelf.net) {
        shelf.net = cleared;
        shelf.promo_id = 0;
      }
    }
    float pull = price.pull;
    if (shelf.net < price.list || is_promoted) {
      const float cheaper =
          static_cast<float>(price.list) / static_cast<float>(std::max(shelf.net, 1));
      pull *= quick_exponential(static_cast<float>(product.elasticity) * quick_log(cheaper) +
                                (is_promoted ? static_cast<float>(block.lift) : 0));
    }
    return std::min(pull, most_pull);
  }

  void add_choice(std::size_t zone, const CategoryState& category) {
    const std::size_t count = category.product_count;
    const std::size_t first = zone * tables_.product_count + category.first_product;
    const float* pulls = pulls_.data() + zone * count;
    const float* popularities = world_.popularities.data() + category.first_product;
    std::uint16_t* in_parts = tables_.pulls.data() + first;
    for (std::size_t i = 0; i < count; ++i) {
      // At least one part, when it is on the shelf.
      const auto parts = static_cast<std::int32_t>(pulls[i] * float{usual_pull});
      in_parts[i] = static_cast<std::uint16_t>(parts + (parts == 0 && pulls[i] > 0 ? 1 : 0));
    }
    float excess = 0;
    float* bargains = tables_.bargains.data() + first;
    for (std::size_t i = 0; i < count; ++i) {
      excess += popularities[i] * std::max(0.0f, pulls[i] - 1);
      bargains[i] = excess;
    }
    if (tables_.choice.empty()) return;
    weights_.resize(count);
    for (std::size_t i = 0; i < count; ++i)
      weights_[i] = static_cast<double>(popularities[i]) * static_cast<double>(pulls[i]);
    build_alias_table(weights_, {tables_.choice.data() + first, count});
  }

  void copy_choice(std::size_t zone, const CategoryState& category) {
    const auto copy = [&](auto& table) {
      if (table.empty()) return;
      const auto from = table.begin() + category.first_product;
      std::copy_n(from, category.product_count,
                  from + static_cast<std::ptrdiff_t>(zone * tables_.product_count));
    };
    copy(tables_.pulls);
    copy(tables_.bargains);
    copy(tables_.choice);
  }

  const World& world_;
  WeekTables& tables_;
  PromotionBlock blocks_[promotion_tracks]{};
  std::vector<float> pulls_;  // by zone, then place in the category; 0: not on the shelf
  bool do_zones_differ_ = false;
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
