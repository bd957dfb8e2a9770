// How good the data is: what became of the rows that were delivered.
#pragma once

#include "model/tables/dimensions.h"

namespace retailsim {

struct DataQualityDay {
  std::string table_name;
  std::optional<Day> feed_date;
  std::string rule;
  std::int64_t rows_in = 0;
  std::int64_t accepted = 0;
  std::int64_t repaired = 0;
  std::int64_t quarantined = 0;
  std::int64_t duplicates = 0;

  bool operator==(const DataQualityDay&) const = default;
  static constexpr std::string_view table = "data_quality_day", plural = "data-quality-days";
  static constexpr std::string_view meaning =
      "What became of the rows that were delivered, by table, feed date and rule. Over all rules, "
      "rows_in = accepted + quarantined + duplicates.";
  static constexpr Delivery delivery = Delivery::derived;
  static constexpr auto columns() {
    using Q = DataQualityDay;
    return std::tuple{
        column("table_name", &Q::table_name, key(), "Table of the lake."),
        column("feed_date", &Q::feed_date, key(), "Day of delivery; null for snapshots."),
        column("rule", &Q::rule, key(),
               "The rule; delivered for the row that counts all that came."),
        column("rows_in", &Q::rows_in, plain(), "Rows delivered; 0 but for delivered."),
        column("accepted", &Q::accepted, plain(), "Rows that are in clean; 0 but for delivered."),
        column("repaired", &Q::repaired, plain(), "Values that the rule set right."),
        column("quarantined", &Q::quarantined, plain(), "Rows that the rule refused."),
        column("duplicates", &Q::duplicates, plain(), "Rows dropped because they came before."),
    };
  }
};
static_assert(lists_every_field<DataQualityDay>());

}  // namespace retailsim
