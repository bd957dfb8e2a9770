#include "transform/realism/baskets.h"

#include <algorithm>

namespace retailsim::transform::realism {

Baskets::Baskets(const Chain& chain)
    : has_one_currency_(std::ranges::all_of(chain.stores(), [&](const Store& store) {
        return store.currency == chain.stores().front().currency;
      })) {}

void Baskets::add(const Basket& basket) {
  net_ += sign_of(basket.receipt.kind) * basket.receipt.net.value;
  if (!basket.is_sale()) {
    ++returns_;
    return;
  }
  lines_.add(basket.lines.size());
  all_lines_ += std::ssize(basket.lines);
  single_units_ +=
      std::ranges::count_if(basket.lines, [](const auto& line) { return line.quantity == 1; });
}

Measure Baskets::return_rate() const {
  if (returns_ == 0) return none("no returns");
  return part_of(returns_, lines_.count(), no_sales);
}

Measure Baskets::average_ticket() const {
  if (!has_one_currency_) return none("stores differ in their currency");
  return part_of(net_, 100 * lines_.count(), no_sales);
}

}  // namespace retailsim::transform::realism
