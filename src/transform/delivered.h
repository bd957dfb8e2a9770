// Rows with where they came from: what clean sorts, compares and refuses.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "json/row_text.h"
#include "model/schema.h"
#include "model/value_text.h"
#include "validate/row_rules.h"

namespace retailsim::transform {

template <class Row>
struct Delivered {
  Received<Row> received;
  std::optional<Day> feed_date;  // none for snapshots
  std::int64_t feed_row = 0;     // place in the raw object
  bool is_duplicate = false;     // a row with its key was delivered before
};

template <class Row>
QuarantinedRow quarantined(const Delivered<Row>& delivered, const validate::BrokenRule& broken) {
  return {delivered.feed_date,
          delivered.feed_row,
          key_text(delivered.received.row),
          broken.column,
          std::string{name_of(broken.rule)},
          broken.reason,
          json::row_text(delivered.received)};
}

template <class Row>
Finding finding(const Delivered<Row>& delivered, QualityRule rule, std::string_view field = "",
                std::string before = std::string{null_text},
                std::string after = std::string{null_text}) {
  return {delivered.feed_date,
          delivered.feed_row,
          key_text(delivered.received.row),
          std::string{field},
          std::string{name_of(rule)},
          facts_of(rule).outcome,
          std::move(before),
          std::move(after)};
}

// What happened to the rows of one table on the way to clean: rows_in = rows_out +
// quarantined + duplicates, and likewise in cents but for what repairs changed.
struct Passage {
  std::int64_t rows_in = 0, rows_out = 0, quarantined = 0, duplicates = 0;
  std::int64_t cents_in = 0, cents_out = 0, cents_quarantined = 0, cents_duplicates = 0;
  std::int64_t cents_repaired = 0;  // Σ after − before of all repairs of `net`
  std::int64_t repaired = 0;        // values, not rows
  std::map<std::string, std::int64_t> unknown_columns = {};  // rows that had them

  Passage& operator+=(const Passage& other) {
    rows_in += other.rows_in;
    rows_out += other.rows_out;
    quarantined += other.quarantined;
    duplicates += other.duplicates;
    cents_in += other.cents_in;
    cents_out += other.cents_out;
    cents_quarantined += other.cents_quarantined;
    cents_duplicates += other.cents_duplicates;
    cents_repaired += other.cents_repaired;
    repaired += other.repaired;
    for (const auto& [column, rows] : other.unknown_columns) unknown_columns[column] += rows;
    return *this;
  }
  bool balances() const {
    return rows_in == rows_out + quarantined + duplicates &&
           cents_in == cents_out + cents_quarantined + cents_duplicates - cents_repaired;
  }
};

// What a row adds to the cents of its table: its net amount, unknown ones counting 0.
template <class Row>
std::int64_t cents_of(const Received<Row>& received) {
  if constexpr (requires { received.row.net; }) {
    return received.template has<column_number<Row>("net")>() ? received.row.net.value : 0;
  } else {
    return 0;
  }
}

template <class Row>
struct Cleaned {
  std::vector<Row> rows;
  std::vector<std::uint32_t> origins;  // where each row stood among the delivered ones
  std::vector<QuarantinedRow> quarantine;
  std::vector<Finding> findings;
  Passage passage;
};

}  // namespace retailsim::transform
