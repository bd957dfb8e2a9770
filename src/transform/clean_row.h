// What clean asks of one row by itself: that what it refers to exists, that no measure is
// missing that has to be there, and that every measure is in its range. Pure.
#pragma once

#include <fmt/core.h>

#include <optional>

#include "transform/references.h"
#include "validate/row_rules.h"

namespace retailsim::transform {

using validate::BrokenRule;

inline constexpr std::string_view rule_orphan = "orphan";
inline constexpr std::string_view rule_missing = "missing";
inline constexpr std::string_view rule_no_lines = "no_lines";

// Which measures a row is judged by. Those of a receipt are not: they are made anew from
// its lines.
enum class Measures { judged, made_anew };

// The first reason to refuse the row; nothing when it is good. A customer who is not known
// is forgotten instead (the column becomes null), and counted in `forgotten_customers`.
template <class Row>
std::optional<BrokenRule> clean_row(Received<Row>& received, const References& references,
                                    Measures measures, std::int64_t& forgotten_customers) {
  std::optional<BrokenRule> broken;
  for_each_column_number<Row>([&]<std::size_t I>() {
    constexpr const auto& column = column_at<Row, I>;
    if (broken) return;
    if (!is_optional<column_value<Row, I>> && !received.template has<I>() &&
        (!column.rule.is_measure || measures == Measures::judged)) {
      broken = BrokenRule{std::string{column.name}, rule_missing, "no value"};
      return;
    }
    if constexpr (!column.rule.references.empty()) {
      const Lookup target = lookup(references, column.rule.references);
      const auto* const id = validate::value_of<Row, I>(received);
      if (target.known == nullptr || id == nullptr || target.known->contains(id->value)) return;
      if constexpr (is_optional<column_value<Row, I>>) {
        if (target.outcome == Orphan::unknown_customer) {
          (received.row.*column.field).reset();
          ++forgotten_customers;
          return;
        }
      }
      broken =
          BrokenRule{std::string{column.name}, rule_orphan,
                     fmt::format("there is no {} {}",
                                 column.rule.references.substr(0, column.rule.references.find('.')),
                                 id->value)};
    }
  });
  if (broken || measures == Measures::made_anew) return broken;
  return validate::broken_range(received, validate::Judged::measures);
}

}  // namespace retailsim::transform
