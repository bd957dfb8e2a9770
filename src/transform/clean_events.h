// The events of one month. Receipts and their lines are cleaned together: a bad line is refused
// alone, and the sums of a receipt are always the sums of its clean lines.
#pragma once

#include "transform/clean_table.h"

namespace retailsim::transform {

struct CleanedTransactions {
  Cleaned<Transaction> headers;
  Cleaned<TransactionLine> lines;
};

CleanedTransactions clean_transactions(std::vector<Delivered<Transaction>>& headers,
                                       std::vector<Delivered<TransactionLine>>& lines,
                                       const Catalogue& catalogue);

// Visits alone; `receipts` are the clean ones of the same month, to tell hours in which the
// door counter was blind.
Cleaned<Visit> clean_visits(std::vector<Delivered<Visit>>& visits,
                            std::span<const Transaction> receipts, const Catalogue& catalogue);

}  // namespace retailsim::transform
