#include "transform/realism/assortment.h"

#include <algorithm>

namespace retailsim::transform::realism {

Assortment::Assortment(const Survey& survey)
    : survey_(survey),
      places_(survey.places_of_categories(most_categories)),
      categories_(places_.size() -
                  static_cast<std::size_t>(std::ranges::count(places_, Survey::unplaced))),
      together_(categories_ * categories_) {}

void Assortment::add(const Basket& basket) {
  if (!basket.is_sale()) return;
  ++baskets_;
  const Chain& chain = survey_.chain();
  in_basket_.clear();
  for (const auto& line : basket.lines) {
    const std::size_t product = chain.number_of(line.product_id);
    if (const auto& is_own = chain.products()[product].is_private_label) {
      known_ += line.net.value;
      own_ += *is_own ? line.net.value : 0;
    }
    const std::int32_t place = places_[chain.category_of(product)];
    if (place != Survey::unplaced) in_basket_.push_back(static_cast<std::size_t>(place));
  }
  std::ranges::sort(in_basket_);
  const auto rest = std::ranges::unique(in_basket_);
  in_basket_.erase(rest.begin(), rest.end());
  for (std::size_t one = 0; one < in_basket_.size(); ++one)
    for (std::size_t other = one; other < in_basket_.size(); ++other)
      ++together(in_basket_[one], in_basket_[other]);
}

Measure Assortment::share_of_drawn_pairs() const {
  std::int64_t pairs = 0, drawn = 0;
  const auto count = [&](std::size_t one, std::size_t other) {
    return together_[one * categories_ + other];
  };
  for (std::size_t one = 0; one < categories_; ++one) {
    for (std::size_t other = one + 1; other < categories_; ++other) {
      // Expected are product / baskets_; compared as whole numbers.
      const std::int64_t product = count(one, one) * count(other, other);
      if (product < 5 * baskets_) continue;
      ++pairs;
      drawn += count(one, other) * baskets_ > 2 * product ? 1 : 0;
    }
  }
  return part_of(drawn, pairs, "no two categories that often meet");
}

Measure Assortment::private_label_share() const {
  return part_of(own_, known_, "no product says whose brand it is");
}

}  // namespace retailsim::transform::realism
