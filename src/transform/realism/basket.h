// What the themes are fed: receipts with their lines, month after month.
#pragma once

#include <span>
#include <vector>

#include "transform/lines_of_receipts.h"

namespace retailsim::transform::realism {

// Points into the rows of a month.
struct Basket {
  const Transaction& receipt;
  std::span<const TransactionLine> lines;  // at least one in clean

  bool is_sale() const { return receipt.kind == Kind::sale; }
};

// Both in the order of clean.
inline std::vector<Basket> baskets_of(std::span<const Transaction> receipts,
                                      std::span<const TransactionLine> lines) {
  std::vector<Basket> baskets;
  baskets.reserve(receipts.size());
  LinesOfReceipts lines_of(lines);
  for (const auto& receipt : receipts) baskets.push_back({receipt, lines_of.of(receipt)});
  return baskets;
}

}  // namespace retailsim::transform::realism
