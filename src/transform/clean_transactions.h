// Receipts and their lines, cleaned together: a bad line is refused alone, and the sums of
// a receipt are always the sums of its clean lines.
#pragma once

#include "transform/clean_table.h"

namespace retailsim::transform {

struct CleanedTransactions {
  Cleaned<Transaction> headers;
  Cleaned<TransactionLine> lines;
};

CleanedTransactions clean_transactions(std::vector<Delivered<Transaction>>& headers,
                                       std::vector<Delivered<TransactionLine>>& lines,
                                       const References& references);

}  // namespace retailsim::transform
