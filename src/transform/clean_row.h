// What clean asks of one row of any table: that what it refers to exists, that no measure is
// missing that has to be there, and that every measure is in its range. Pure.
#pragma once

#include <fmt/core.h>

#include <optional>

#include "transform/catalogue.h"
#include "transform/delivered.h"
#include "validate/row_rules.h"

namespace retailsim::transform {

using validate::BrokenRule;

// Which measures a row is judged by. Those of a receipt are not: they are made anew from
// its lines.
enum class Measures { judged, made_anew };

// The first column that refers to nothing, as a reason to refuse the row. A customer who is
// not known is forgotten instead (the column becomes null), and noted.
template <class Row>
std::optional<BrokenRule> broken_reference(Delivered<Row>& row, const Catalogue& catalogue,
                                           std::vector<Finding>& findings) {
  std::optional<BrokenRule> broken;
  for_each_column_number<Row>([&]<std::size_t I>() {
    constexpr const auto& column = column_at<Row, I>;
    if constexpr (!column.rule.references.empty()) {
      if (broken) return;
      const Lookup target = lookup(catalogue, column.rule.references);
      const auto* const id = validate::value_of<Row, I>(row.received);
      if (target.known == nullptr || id == nullptr || target.known->contains(id->value)) return;
      if constexpr (is_optional<column_value<Row, I>>) {
        if (target.is_forgotten) {
          findings.push_back(
              finding(row, QualityRule::orphan_customer, column.name, plain_text(*id)));
          (row.received.row.*column.field).reset();
          return;
        }
      }
      broken =
          BrokenRule{std::string{column.name}, QualityRule::orphan,
                     fmt::format("there is no {} {}",
                                 column.rule.references.substr(0, column.rule.references.find('.')),
                                 id->value)};
    }
  });
  return broken;
}

// The first measure that is missing or outside its range.
template <class Row>
std::optional<BrokenRule> broken_measure(const Received<Row>& received) {
  if (received.missing != 0) {
    std::optional<BrokenRule> broken;
    for_each_column_number<Row>([&]<std::size_t I>() {
      if (!broken && !received.template has<I>() && !is_optional<column_value<Row, I>>) {
        broken = BrokenRule{std::string{column_at<Row, I>.name}, QualityRule::missing, "no value"};
      }
    });
    if (broken) return broken;
  }
  return validate::broken_range(received, validate::Judged::measures);
}

}  // namespace retailsim::transform
