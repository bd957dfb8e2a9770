// promotion_result: what a product sold while on promotion, beside what it sells without.
#pragma once

#include "model/tables/events.h"

namespace retailsim {

struct PromotionResult {
  PromoId promo_id;
  ProductId product_id;
  std::int64_t weeks_on = 0;
  std::int64_t units_on = 0;
  std::optional<Total> units_baseline;
  Total discount;
  Total net_sales;

  bool operator==(const PromotionResult&) const = default;
  static constexpr std::string_view table = "promotion_result", plural = "promotion-results";
  static constexpr std::string_view meaning =
      "Sales of a promotion's product, over all stores, in the whole weeks of the data that the "
      "promotion touches. Weeks begin on Monday.";
  static constexpr Delivery delivery = Delivery::derived;
  static constexpr auto columns() {
    using Row = PromotionResult;
    return std::tuple{
        column("promo_id", &Row::promo_id, key() | references("promotion.promo_id"),
               "The promotion."),
        column("product_id", &Row::product_id, key() | references("product.product_id"),
               "A product of the promotion."),
        column("weeks_on", &Row::weeks_on, unit("weeks"),
               "Whole weeks of the data that the promotion touches; at least one."),
        column("units_on", &Row::units_on, unit("units"),
               "Σ quantity of the product in those weeks, sales − returns."),
        column("units_baseline", &Row::units_baseline, unit("units"),
               "Mean units a week of the product's latest promotion-free weeks before the "
               "promotion, four or what there is, × weeks_on; null without any."),
        column("discount", &Row::discount, plain(),
               "Σ discount of the product's sale lines in those weeks."),
        column("net_sales", &Row::net_sales, plain(),
               "Σ net of the product in those weeks, sales − returns."),
    };
  }
};
static_assert(lists_every_field<PromotionResult>());

}  // namespace retailsim
