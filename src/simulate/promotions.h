// The promotion calendar. In each category some tracks of promotions run in blocks of whole
// weeks with a phase of their own, so what holds in a week is known without looking back;
// which products take part, and in which regions, is drawn anew for every block.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "simulate/world.h"

namespace retailsim::simulate {

// One block of one track, whether or not any product takes part.
struct PromotionBlock {
  PromoId promo_id;
  PromotionKind kind;
  std::int32_t depth_pct;  // 0: withdrawn by the scenario
  std::int32_t first_week;
  std::int32_t last_week;
  double lift;         // added to the log weight of its products, beside the price
  std::uint32_t word;  // decides, with the product, who takes part
};

PromotionBlock promotion_block(const World& world, std::size_t category, std::uint32_t track,
                               int week);

// The block called `promo_id`; none where no category and track has it.
std::optional<PromotionBlock> block_called(const World& world, PromoId promo_id);

// Where a product is part of a block of its category and track.
struct Participation {
  bool is_everywhere = true;  // the same in all zones
  std::uint64_t zones = 0;    // bits
  bool is_any() const { return zones != 0; }
  bool holds_in(std::size_t zone) const { return (zones >> zone & 1) != 0; }
};
Participation participation(const World& world, std::size_t product, const PromotionBlock& block);

// The part taken off the product's list price, 0 … 1: the block's, and what the product gets
// beside it.
double depth_for(const ProductState& product, const PromotionBlock& block);

struct PromotionRows {
  std::vector<Promotion> promotions;
  std::vector<PromotionProduct> products;   // grouped, in the order of `promotions`
  std::vector<std::uint32_t> product_ends;  // per promotion: end of its products
};

// Every promotion with at least one product that overlaps the scenario, by promo_id.
PromotionRows promotion_rows(const World& world);

}  // namespace retailsim::simulate
