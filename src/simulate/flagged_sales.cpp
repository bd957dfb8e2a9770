#include "simulate/flagged_sales.h"

#include <algorithm>

namespace retailsim::simulate {

FlaggedSales::Shared FlaggedSales::find(int week, std::size_t store_index) {
  const std::scoped_lock hold{lock_};
  const auto at = weeks_.find(week);
  if (at == weeks_.end()) return nullptr;
  at->second.asked_for = ++questions_;
  return at->second.by_store[store_index];
}

FlaggedSales::Shared FlaggedSales::keep(int week, std::size_t store_index,
                                        std::vector<FlaggedSale> sales) {
  auto shared = std::make_shared<const std::vector<FlaggedSale>>(std::move(sales));
  const std::scoped_lock hold{lock_};
  Week& kept = weeks_[week];
  kept.by_store.resize(stores_);
  kept.by_store[store_index] = shared;
  kept.asked_for = ++questions_;
  if (weeks_.size() > kept_) {
    weeks_.erase(std::ranges::min_element(weeks_, {},
                                          [](const auto& each) { return each.second.asked_for; }));
  }
  return shared;
}

}  // namespace retailsim::simulate
