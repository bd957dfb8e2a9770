// The first walk, over three columns of the lines: which days have sales, and which products
// and categories sell most. The second walk then keeps what it must about few of them.
//
// Kept in memory: a count a product.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "transform/gold/chain.h"
#include "transform/realism/measure.h"

namespace retailsim::transform::realism {

// The days from the first sale to the last.
struct Window {
  Day first, last;

  std::int64_t days() const { return (last - first).count() + 1; }
  bool operator==(const Window&) const = default;
};

// Of equals, those with the smaller number. Not for sharing between threads.
class Survey {
 public:
  static constexpr std::int32_t unplaced = -1;

  explicit Survey(const Chain& chain) : chain_(chain), lines_(chain.products().size()) {}

  void add(const TransactionLine& line);
  // In any order.
  void merge(const Survey& other);

  const Chain& chain() const { return chain_; }
  const std::optional<Window>& window() const { return window_; }  // none without sales
  // The place of each product of the chain among the `most` with most lines, or `unplaced`.
  std::vector<std::int32_t> places_of_products(std::size_t most) const;
  // The same of each category.
  std::vector<std::int32_t> places_of_categories(std::size_t most) const;

  // Share of lines of the fifth of the sold products that has most.
  Measure top_fifth_of_products() const;

 private:
  const Chain& chain_;
  std::vector<std::int64_t> lines_;  // by product
  std::optional<Window> window_;
};

// Share of the largest fifth of `parts` in their sum; parts that are not above 0 do not count.
// A fifth of n is rounded to the nearest whole number, and at least one.
Measure share_of_top_fifth(std::vector<std::int64_t> parts, std::string_view why_none);

}  // namespace retailsim::transform::realism
