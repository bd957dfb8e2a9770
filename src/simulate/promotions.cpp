#include "simulate/promotions.h"

#include <algorithm>

#include "simulate/distributions.h"

namespace retailsim::simulate {
namespace {

// A promo_id says its category, track and block, so no promotion renumbers another.
constexpr int block_bits = 12;

std::int32_t depth_of(const World& world, Draws& draws) {
  const Scenario& scenario = world.scenario;
  const double depth = scenario.promotion_depth_mean + scenario.promotion_depth_sd * normal(draws);
  return static_cast<std::int32_t>(std::floor(std::clamp(depth, 0.05, 0.6) * 100 + 0.5));
}

}  // namespace

PromotionBlock promotion_block(const World& world, std::size_t category, std::uint32_t track,
                               int week) {
  const Scenario& scenario = world.scenario;
  const auto& [weeks, phase] = world.categories[category].tracks[track];
  const int number = (week + phase) / weeks;
  const auto id =
      ((static_cast<std::int64_t>(category) + 1) * promotion_tracks + track) << block_bits | number;
  Draws draws{world.seed, Stream::promotion, {static_cast<std::uint32_t>(id)}};
  PromotionBlock block{};
  block.promo_id = {id};
  block.depth_pct = depth_of(world, draws);
  for (const PromotionChange& change : scenario.promotion_changes)
    if (change.promo_id == id) block.depth_pct = static_cast<std::int32_t>(change.depth_pct);
  block.first_week = number * weeks - phase;
  block.last_week = block.first_week + weeks - 1;
  const double kind = draws.unit();
  block.kind = PromotionKind::price_cut;
  if (kind < scenario.mailer_share) {
    block.kind = PromotionKind::mailer;
    block.lift = scenario.mailer_lift;
  } else if (kind < scenario.mailer_share + scenario.display_share) {
    block.kind = PromotionKind::display;
    block.lift = scenario.display_lift;
  }
  block.word = draws.word();
  return block;
}

std::optional<PromotionBlock> block_called(const World& world, PromoId promo_id) {
  const std::int64_t of_track = (promo_id.value >> block_bits) - promotion_tracks;
  const auto category = static_cast<std::size_t>(of_track / promotion_tracks);
  if (of_track < 0 || category >= world.categories.size()) return std::nullopt;
  const auto track = static_cast<std::uint32_t>(of_track % promotion_tracks);
  const auto number = static_cast<std::int32_t>(promo_id.value & ((1 << block_bits) - 1));
  const auto& [weeks, phase] = world.categories[category].tracks[track];
  return promotion_block(world, category, track, std::max(0, number * weeks - phase));
}

Participation participation(const World& world, std::size_t product, const PromotionBlock& block) {
  const Scenario& scenario = world.scenario;
  Participation part;
  if (block.depth_pct == 0) return part;
  const std::uint32_t word = mixed(block.word + mixed(static_cast<std::uint32_t>(product)));
  if (word >= world.products[product].promotion_bound) return part;
  part.is_everywhere = mixed(word + 1) < word_bound(scenario.promotion_everywhere);
  if (part.is_everywhere) {
    part.zones = ~std::uint64_t{0};
    return part;
  }
  for (std::uint32_t zone = 0; zone < world.zones.size(); ++zone)
    if (mixed(word + 2 + zone) < word_bound(scenario.promotion_in_zone))
      part.zones |= std::uint64_t{1} << zone;
  return part;
}

double depth_for(const ProductState& product, const PromotionBlock& block) {
  const double depth = 0.01 * block.depth_pct + product.depth;
  // A promise of next to nothing is not made. Prototype.
  constexpr double least = 0.03;
  constexpr double most = 0.6;
  return std::min(depth < least ? least + 0.4 * (least - depth) : depth, most);
}

PromotionRows promotion_rows(const World& world) {
  PromotionRows rows;
  for (std::size_t c = 0; c < world.categories.size(); ++c) {
    const CategoryState& category = world.categories[c];
    for (std::uint32_t track = 0; track < promotion_tracks; ++track) {
      for (int week = world.first_week(); week <= world.last_week();) {
        const PromotionBlock block = promotion_block(world, c, track, week);
        const std::size_t before = rows.products.size();
        for (std::uint32_t i = 0; i < category.product_count; ++i) {
          const std::uint32_t product = category.first_product + i;
          const ProductState& state = world.products[product];
          if (state.track == track && state.first_week <= block.last_week &&
              state.last_week >= block.first_week && participation(world, product, block).is_any())
            rows.products.push_back({block.promo_id, world.product_id(product)});
        }
        if (rows.products.size() > before) {
          rows.promotions.push_back(
              {.promo_id = block.promo_id,
               .kind = block.kind,
               .depth_pct = block.depth_pct,
               .starts_on = monday_of(block.first_week),
               .ends_on = monday_of(block.last_week + 1) - std::chrono::days(1)});
          rows.product_ends.push_back(static_cast<std::uint32_t>(rows.products.size()));
        }
        week = block.last_week + 1;
      }
    }
  }
  return rows;
}

}  // namespace retailsim::simulate
