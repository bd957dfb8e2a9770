// The sales lines of a Parquet file, in memory and in file order.
//
// Columns, in any order; others are not read:
//   basket_id, household_id, store_id, product_id   whole numbers or texts
//   timestamp         what the clock on the store's wall showed: any unit, no time zone
//   quantity          units: whole numbers of any type
//   net_amount        money received, after discounts: DECIMAL or floats
//   discount_amount   discounts, likewise
//   category          text
//   product_type, department, brand                 text, optional
//
// The file is read in pieces of a few thousand rows; what is kept costs about 44 bytes a line,
// so a year of a panel (1.4 million lines) takes some 70 MB, and its replay 260 MB at most.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/money.h"
#include "pipeline/replay/clock.h"
#include "pipeline/replay/ids.h"

namespace retailsim::pipeline {

// What the lines of a product say about it; the first line that says something decides.
struct ProductText {
  std::optional<std::string> category;  // always there once the file is read
  std::optional<std::string> product_type;
  std::optional<std::string> department;
  std::optional<std::string> brand;
};

// One entry a line in each of the columns.
struct SalesLines {
  std::string file;                                 // its name, for messages
  ReplayIds baskets, households, stores, products;  // settled
  std::vector<ReplayIds::Code> basket, household, store, product;
  std::vector<LocalTime> sold_at;
  std::vector<std::int32_t> quantity;
  std::vector<Cents> net;
  std::vector<Cents> discount;
  std::vector<ProductText> product_texts;     // by product code
  std::int64_t products_described_twice = 0;  // lines of one product say different things

  std::size_t size() const { return basket.size(); }
};

// `bytes` are those of the file, `file` is its name. Throws Failure: wrong_usage when it is no
// Parquet file, when it holds no lines, when a column is missing or of a wrong type, or when a
// row cannot be a sale (which names the row); corrupt_data when the file is damaged.
SalesLines read_sales_lines(std::string_view bytes, const std::string& file);

}  // namespace retailsim::pipeline
