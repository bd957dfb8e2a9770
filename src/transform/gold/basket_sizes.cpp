#include "transform/gold/basket_sizes.h"

namespace retailsim::transform {

LinesBucket bucket_of(std::int64_t lines) {
  assert(lines > 0);
  if (lines == 1) return LinesBucket::one;
  if (lines <= 3) return LinesBucket::to_3;
  if (lines <= 6) return LinesBucket::to_6;
  if (lines <= 10) return LinesBucket::to_10;
  if (lines <= 20) return LinesBucket::to_20;
  return LinesBucket::more;
}

BasketSizesPass::BasketSizesPass(const Chain& chain, Month month)
    : chain_(chain), month_(month), counts_(chain.stores().size() * buckets) {}

void BasketSizesPass::add(const Line& line) {
  const TransactionLine& row = line.row;
  if (baskets_.empty() || baskets_.back().transaction_id != row.transaction_id)
    baskets_.push_back({line.store, row.business_date, row.transaction_id, 0});
  ++baskets_.back().lines;
}

void BasketSizesPass::add(const Receipt& receipt) {
  const Transaction& row = receipt.row;
  const std::tuple place{receipt.store, row.business_date, row.transaction_id};
  while (next_ < baskets_.size() && baskets_[next_].place() < place) ++next_;
  if (row.kind != Kind::sale || next_ == baskets_.size() || baskets_[next_].place() != place)
    return;
  const auto bucket = static_cast<std::size_t>(bucket_of(baskets_[next_].lines));
  ++counts_[receipt.store * buckets + bucket];
}

std::vector<BasketSizeMonth> BasketSizesPass::rows(std::type_identity<BasketSizeMonth>,
                                                   const Coverage&) const {
  std::vector<BasketSizeMonth> rows;
  for (std::size_t at = 0; at < counts_.size(); ++at) {
    if (counts_[at] == 0) continue;
    rows.push_back({chain_.stores()[at / buckets].store_id, to_text(month_),
                    static_cast<LinesBucket>(at % buckets), counts_[at]});
  }
  return rows;
}

}  // namespace retailsim::transform
