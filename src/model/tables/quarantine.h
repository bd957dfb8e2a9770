// What was found wrong with delivered rows. For each stage that judges rows, two tables stand
// beside every table of the feed: the rows that were refused, and the findings about rows
// that were kept (or dropped as duplicates).
#pragma once

#include "model/quality.h"
#include "model/tables/dimensions.h"

namespace retailsim {

struct QuarantinedRow {
  std::optional<Day> feed_date;
  std::int64_t feed_row;
  std::string key;
  std::string field;
  std::string rule;
  std::string reason;
  std::string received;

  bool operator==(const QuarantinedRow&) const = default;
  static constexpr std::string_view table = "quarantine", plural = "quarantine";
  static constexpr std::string_view meaning = "A row that was refused, and why.";
  static constexpr Delivery delivery = Delivery::derived;
  static constexpr auto columns() {
    using Q = QuarantinedRow;
    return std::tuple{
        column("feed_date", &Q::feed_date, sorted(),
               "Day on which the source delivered the row; null for a snapshot."),
        column("feed_row", &Q::feed_row, sorted(),
               "Place of the row in its delivery, from 0; nested rows have their parent's."),
        column("key", &Q::key, plain(),
               "Key of the row, parts joined by /; empty when it can't be read."),
        column("field", &Q::field, plain(), "The field at fault, such as lines[2].product_id."),
        column("rule", &Q::rule, plain(), "The rule that was broken."),
        column("reason", &Q::reason, plain(), "What is wrong, in words."),
        column("received", &Q::received, plain(), "The row as it was received, as JSON."),
    };
  }
};
static_assert(lists_every_field<QuarantinedRow>());

struct Finding {
  std::optional<Day> feed_date;
  std::int64_t feed_row;
  std::string key;
  std::string field;
  std::string rule;
  Outcome outcome;
  std::string before;
  std::string after;

  bool operator==(const Finding&) const = default;
  static constexpr std::string_view table = "finding", plural = "findings";
  static constexpr std::string_view meaning =
      "What was found in a row that was kept, or dropped as a duplicate: every repair with both "
      "values.";
  static constexpr Delivery delivery = Delivery::derived;
  static constexpr auto columns() {
    using F = Finding;
    return std::tuple{
        column("feed_date", &F::feed_date, sorted(),
               "Day on which the source delivered the row; null for a snapshot."),
        column("feed_row", &F::feed_row, sorted(),
               "Place of the row in its delivery, from 0; nested rows have their parent's."),
        column("key", &F::key, plain(), "Key of the row, parts joined by /."),
        column("field", &F::field, plain(), "The column; empty when the whole row is meant."),
        column("rule", &F::rule, plain(), "The rule that found it."),
        column("outcome", &F::outcome, plain(), "What became of the row."),
        column("before", &F::before, plain(), "The value received; null for none."),
        column("after", &F::after, plain(), "The value kept; null for none."),
    };
  }
};
static_assert(lists_every_field<Finding>());

}  // namespace retailsim
