// The promotion calendar. In each category two tracks of promotions run in blocks of whole
// weeks with a phase of their own, so what holds in a week is known without looking back;
// which products take part is drawn anew for every block. Promotions hold in all regions.
#pragma once

#include <cstdint>
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
  double lift;  // added to the log weight of its products, beside the price
};

PromotionBlock promotion_block(const World& world, std::size_t category, std::uint32_t track,
                               int week);

// Whether the product, of the block's category and track, is part of the block.
bool takes_part(const World& world, std::size_t product, const PromotionBlock& block);

struct PromotionRows {
  std::vector<Promotion> promotions;
  std::vector<PromotionProduct> products;   // grouped, in the order of `promotions`
  std::vector<std::uint32_t> product_ends;  // per promotion: end of its products
};

// Every promotion with at least one product that overlaps the scenario, by promo_id.
PromotionRows promotion_rows(const World& world);

}  // namespace retailsim::simulate
