// The lines of each receipt lie together: clean sorts both tables by store, day and receipt.
#pragma once

#include <span>
#include <tuple>

#include "model/tables/events.h"

namespace retailsim::transform {

class LinesOfReceipts {
 public:
  explicit LinesOfReceipts(std::span<const TransactionLine> lines) : lines_(lines) {}

  // Receipts must be asked for in their order.
  std::span<const TransactionLine> of(const Transaction& header) {
    const std::tuple order{header.store_id, header.business_date, header.transaction_id};
    const auto place = [](const TransactionLine& line) {
      return std::tuple{line.store_id, line.business_date, line.transaction_id};
    };
    while (at_ < lines_.size() && place(lines_[at_]) < order) ++at_;
    const std::size_t begin = at_;
    while (at_ < lines_.size() && place(lines_[at_]) == order) ++at_;
    return lines_.subspan(begin, at_ - begin);
  }

 private:
  std::span<const TransactionLine> lines_;
  std::size_t at_ = 0;
};

}  // namespace retailsim::transform
