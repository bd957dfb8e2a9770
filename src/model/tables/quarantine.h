// Rows that were not let through, with what was received and why. One such table stands
// beside every table of the feed, for each stage that can refuse a row.
#pragma once

#include "model/tables/dimensions.h"

namespace retailsim {

struct QuarantinedRow {
  std::optional<Day> feed_date;
  std::int64_t feed_row;
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
        column("field", &Q::field, plain(), "The field at fault, such as lines[2].product_id."),
        column("rule", &Q::rule, plain(), "The rule that was broken."),
        column("reason", &Q::reason, plain(), "What is wrong, in words."),
        column("received", &Q::received, plain(), "The row as it was received, as JSON."),
    };
  }
};
static_assert(lists_every_field<QuarantinedRow>());

}  // namespace retailsim
