// How sales answer to prices and promotions.
//
// Prices and units are compared week by week for the 500 products with most lines. Weeks count
// from the first day with sales; a week in which a product brought in nothing is left out.
//
// Kept in memory: three sums for each of these products and each week.
#pragma once

#include <vector>

#include "transform/realism/basket.h"
#include "transform/realism/survey.h"

namespace retailsim::transform::realism {

class Prices {
 public:
  static constexpr std::size_t most_products = 500;

  // `survey` must outlive it; `window` is its own.
  Prices(const Survey& survey, const Window& window);

  void add(const Basket& basket);

  // The slope of log(units) on log(net price of a unit) over the weeks of all products, each
  // product by its difference from its own mean: −2 means that 1 % off sells 2 % more.
  Measure elasticity() const;
  // Units a week at a discount of a tenth or more, over units in other weeks: the median of the
  // products with at least four weeks of either kind. Needs ten such products.
  Measure promotion_uplift() const;
  Measure share_of_discounted_lines() const { return part_of(discounted_, lines_, no_sales); }
  // Discount of all sales over their gross.
  Measure discount_share() const { return part_of(discount_, gross_, no_sales); }

 private:
  struct Week {
    std::int64_t units = 0;
    std::int64_t net = 0;       // cents
    std::int64_t discount = 0;  // cents
  };
  // The weeks of one product.
  std::span<const Week> weeks_of(std::size_t place) const {
    return {cells_.data() + place * weeks_, weeks_};
  }

  const Survey& survey_;
  Day first_;
  std::vector<std::int32_t> places_;  // of products
  std::size_t products_, weeks_;
  std::vector<Week> cells_;  // product by product, week by week
  std::int64_t lines_ = 0, discounted_ = 0;
  std::int64_t discount_ = 0, gross_ = 0;  // cents
};

}  // namespace retailsim::transform::realism
