// promotion_result: a table that needs every month of the lake. What each product sold a
// week is collected month by month and merged, in any order of the months.
#pragma once

#include <array>
#include <map>
#include <vector>

#include "transform/gold/chain.h"

namespace retailsim::transform {

// What one product sold in one week, over all stores.
struct ProductWeek {
  std::int64_t units = 0;
  Total discount;
  Total net;
  bool is_promoted = false;  // a line carries a promo_id
};

// Collects the lines of one month. Not for sharing between threads.
class ProductWeeksPass {
 public:
  ProductWeeksPass(const Chain& chain, Month month);

  void add(const Line& line) {
    const TransactionLine& row = line.row;
    const auto day = static_cast<std::size_t>((row.business_date - first_monday_).count());
    ProductWeek& sums = cells_[day / 7 * products_ + line.product];
    const std::int64_t sign = sign_of(row.kind);
    sums.units += sign * row.quantity;
    sums.net.value += sign * row.net.value;
    if (row.kind == Kind::sale) sums.discount += row.discount;
    sums.is_promoted |= row.promo_id.has_value();
  }

 private:
  friend class ProductWeeks;
  int first_week_;
  Day first_monday_;  // of the week in which the month begins
  std::size_t products_;
  std::vector<ProductWeek> cells_;  // week by week, product by product
};

// The weeks merged so far. Its size is that of products × weeks, not of the lines. Not for
// sharing between threads.
class ProductWeeks {
 public:
  static constexpr std::array reads{Product::table, Promotion::table, PromotionProduct::table,
                                    TransactionLine::table};

  explicit ProductWeeks(const Chain& chain) : chain_(chain) {}

  // Each month once.
  void merge(const ProductWeeksPass& month);

  // By promotion and product; `products` is in that order. Right when all months were merged.
  std::vector<PromotionResult> results(const std::vector<Promotion>& promotions,
                                       const std::vector<PromotionProduct>& products,
                                       const Coverage& coverage) const;

 private:
  const Chain& chain_;
  std::map<int, std::vector<ProductWeek>> weeks_;  // by week, product by product
};

}  // namespace retailsim::transform
