// What is true of the simulated chain and nobody is told: kept in a folder of its own, never
// served. Methods are graded against it.
#pragma once

#include "model/quality.h"
#include "model/tables/dimensions.h"

namespace retailsim {

struct TruthDefect {
  std::string table_name;
  std::string key;
  std::optional<std::string> column_name;
  DefectKind kind;
  Mechanism mechanism;
  Day feed_date;
  std::optional<std::string> true_value;
  std::optional<std::string> emitted_value;

  bool operator==(const TruthDefect&) const = default;
  static constexpr std::string_view table = "truth_defect", plural = "truth-defects";
  static constexpr std::string_view meaning = "A defect that was put into the feed.";
  static constexpr Delivery delivery = Delivery::event;
  static constexpr auto columns() {
    using T = TruthDefect;
    return std::tuple{
        column("table_name", &T::table_name, retailsim::key(), "Table of the damaged row."),
        column("key", &T::key, retailsim::key(), "Its true key, parts joined by /."),
        column("column_name", &T::column_name, plain(),
               "The damaged column; null when the whole row is."),
        column("kind", &T::kind, plain(), "What was done to it."),
        column("mechanism", &T::mechanism, plain(),
               "What made it likely: nothing (MCAR), something visible (MAR), the value (MNAR)."),
        column("feed_date", &T::feed_date, sorted(), "Day on which the damaged row is delivered."),
        column("true_value", &T::true_value, plain(), "The value before."),
        column("emitted_value", &T::emitted_value, plain(), "The value delivered."),
    };
  }
};
static_assert(lists_every_field<TruthDefect>());

}  // namespace retailsim
