// Sales lines -> receipts, in the order in which a feed lists them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/schema.h"
#include "pipeline/replay/lines.h"

namespace retailsim::pipeline {

// What is known of a basket before its lines are looked at one by one.
struct ReceiptOutline {
  TransactionId transaction_id;
  StoreId store_id;
  CustomerId customer_id;
  ReplayIds::Code store = 0, household = 0;
  LocalTime begin_local;  // of the earliest line
  Instant begin_at;
  std::uint32_t first = 0, lines = 0;  // its part of Receipts::rows

  Day business_date() const {
    return Day{std::chrono::floor<std::chrono::days>(begin_local.time_since_epoch())};
  }
};

struct Receipts {
  std::vector<ReceiptOutline> outlines;  // by (business_date, store_id, begin_at, transaction_id)
  std::vector<std::uint32_t> rows;       // of SalesLines; a receipt's are by (product_id, row)
  std::int64_t across_midnight = 0;      // baskets whose lines have two dates
};

// A basket is what one household bought in one store on one trip. Where its lines name two
// stores, two households or times a day or more apart, basket_id is not what identifies it:
// throws Failure(wrong_usage) with both rows, rather than make one receipt of two.
Receipts sort_receipts(const SalesLines& lines, const StoreClock& clock);

// A receipt as the feed has it. `row_lines` is overwritten with its lines.
Transaction receipt_row(const SalesLines& lines, const Receipts& receipts,
                        const ReceiptOutline& outline, std::vector<TransactionLine>& row_lines);

}  // namespace retailsim::pipeline
