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
  // Chains promise round percentages.
  const double fives = std::floor(std::clamp(depth, 0.05, 0.6) * 20 + 0.5);
  return static_cast<std::int32_t>(fives) * 5;
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
  return block;
}

bool takes_part(const World& world, std::size_t product, const PromotionBlock& block) {
  if (block.depth_pct == 0) return false;
  Draws draws{
      world.seed,
      Stream::promotion_product,
      {static_cast<std::uint32_t>(product), static_cast<std::uint32_t>(block.promo_id.value)}};
  return draws.word() < world.products[product].promotion_bound;
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
              state.last_week >= block.first_week && takes_part(world, product, block))
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
