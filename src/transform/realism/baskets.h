// What is in a basket, what it costs, and how often it is brought back.
//
// Kept in memory: a count for every number of lines.
#pragma once

#include "transform/gold/chain.h"
#include "transform/realism/basket.h"
#include "transform/realism/histogram.h"

namespace retailsim::transform::realism {

class Baskets {
 public:
  explicit Baskets(const Chain& chain);

  void add(const Basket& basket);

  // Lines a sale: the smallest number that at least `percent` % of the sales do not exceed.
  Measure lines(std::int64_t percent) const { return lines_.percentile(percent, no_sales); }
  Measure share_of_single_lines() const {
    return part_of(lines_.count_of(1), lines_.count(), no_sales);
  }
  // Lines of sales with one unit.
  Measure share_of_single_units() const { return part_of(single_units_, all_lines_, no_sales); }
  // Returns for each sale, both counted in receipts.
  Measure return_rate() const;
  // Net sales, less returns, for each sale.
  Measure average_ticket() const;

 private:
  bool has_one_currency_ = true;
  Histogram lines_;
  std::int64_t all_lines_ = 0;
  std::int64_t single_units_ = 0;
  std::int64_t returns_ = 0;
  std::int64_t net_ = 0;  // cents
};

}  // namespace retailsim::transform::realism
