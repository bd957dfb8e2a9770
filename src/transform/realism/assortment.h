// Which categories meet in a basket, and how much of the sales the chain's own brands have.
//
// Kept in memory: a count for each pair of the 150 categories with most lines.
#pragma once

#include <vector>

#include "transform/realism/basket.h"
#include "transform/realism/survey.h"

namespace retailsim::transform::realism {

class Assortment {
 public:
  static constexpr std::size_t most_categories = 150;

  // `survey` must outlive it.
  explicit Assortment(const Survey& survey);

  void add(const Basket& basket);

  // Of the pairs of categories that would meet in five baskets or more if they did not care for
  // each other, the share that meets more than twice as often as that.
  Measure share_of_drawn_pairs() const;
  // Of the net sales of products of which it is known whose brand they are.
  Measure private_label_share() const;

 private:
  // Also the baskets with one category, where both are the same.
  std::int64_t& together(std::size_t one, std::size_t other) {
    return together_[one * categories_ + other];
  }

  const Survey& survey_;
  std::vector<std::int32_t> places_;  // of categories
  std::size_t categories_;
  std::int64_t baskets_ = 0;
  std::vector<std::int64_t> together_;  // baskets with both, the smaller place first
  std::vector<std::size_t> in_basket_;  // of the basket at hand; kept for its memory
  std::int64_t own_ = 0, known_ = 0;    // cents
};

}  // namespace retailsim::transform::realism
