// What can be wrong with a delivered row, which rule finds it, and what becomes of it. This
// table is the only place that says so: validate and clean name a rule and do what stands
// here, the quality KPIs are counted by rule, and `score` compares by kind of defect.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "model/label.h"

namespace retailsim {

// What the simulated source system does wrong, on purpose. The words are those of scenarios.
enum class DefectKind : std::uint8_t {
  malformed,
  null_key,
  mistyped_key,
  bad_date,
  broken_rule,
  schema_drift,
  encoding,
  null_value,
  unit_slip,
  sign_flip,
  duplicate,
  orphan,
  price_outlier,
  quantity_outlier,
  clock_glitch,
  sensor_gap,
  late,
  out_of_order
};
constexpr std::array<std::string_view, 18> labels(DefectKind) {
  return {"malformed",    "null_key", "mistyped_key",  "bad_date",         "broken_rule",
          "schema_drift", "encoding", "null_value",    "unit_slip",        "sign_flip",
          "duplicate",    "orphan",   "price_outlier", "quantity_outlier", "clock_glitch",
          "sensor_gap",   "late",     "out_of_order"};
}

// Whether a defect strikes blindly (completely at random), more often where something that
// can be seen says so (at random), or more often because of the very value it hides (not at
// random). Rubin (1976).
enum class Mechanism : std::uint8_t { mcar, mar, mnar };
constexpr std::array<std::string_view, 3> labels(Mechanism) { return {"MCAR", "MAR", "MNAR"}; }

enum class FoundBy : std::uint8_t { validate, clean };
constexpr std::array<std::string_view, 2> labels(FoundBy) { return {"validate", "clean"}; }

enum class Outcome : std::uint8_t {
  quarantined,  // the row is refused and kept aside with the reason
  repaired,     // the row is kept with another value; both are logged
  duplicate,    // the row was delivered before; dropped and counted
  noted         // the row is kept as it is; logged
};
constexpr std::array<std::string_view, 4> labels(Outcome) {
  return {"QUARANTINED", "REPAIRED", "DUPLICATE", "NOTED"};
}

// The rules, in the order in which a row meets them.
enum class QualityRule : std::uint8_t {
  malformed,
  null_key,
  mistyped_key,
  required,
  wrong_type,
  range,
  delivery_window,
  encoding,
  unknown_column,
  duplicate,
  orphan,
  orphan_customer,
  sign_flip,
  null_value,
  unit_slip,
  missing,
  amounts,
  measure_range,
  price_outlier,
  quantity_outlier,
  no_lines,
  clock_glitch,
  late,
  out_of_order,
  sensor_gap
};

struct RuleFacts {
  QualityRule rule;
  std::string_view name;
  FoundBy found_by;
  Outcome outcome;
  std::optional<DefectKind> kind;  // none: follows from other defects, or should not happen
  std::string_view meaning;
};

inline constexpr std::array quality_rules = {
    RuleFacts{QualityRule::malformed, "malformed", FoundBy::validate, Outcome::quarantined,
              DefectKind::malformed, "The line is no JSON object."},
    RuleFacts{QualityRule::null_key, "null_key", FoundBy::validate, Outcome::quarantined,
              DefectKind::null_key, "A column that identifies the row is null or missing."},
    RuleFacts{QualityRule::mistyped_key, "mistyped_key", FoundBy::validate, Outcome::quarantined,
              DefectKind::mistyped_key, "A column that identifies the row holds something else."},
    RuleFacts{QualityRule::required, "required", FoundBy::validate, Outcome::quarantined,
              DefectKind::broken_rule, "A column that is always there is null or missing."},
    RuleFacts{QualityRule::wrong_type, "wrong_type", FoundBy::validate, Outcome::quarantined,
              DefectKind::broken_rule, "A value is not of the column's type."},
    RuleFacts{QualityRule::range, "range", FoundBy::validate, Outcome::quarantined,
              DefectKind::broken_rule, "A value that is no measure is outside its range."},
    RuleFacts{QualityRule::delivery_window, "delivery_window", FoundBy::validate,
              Outcome::quarantined, DefectKind::bad_date,
              "business_date is after the feed date, or more than 35 days before it."},
    RuleFacts{QualityRule::encoding, "encoding", FoundBy::validate, Outcome::repaired,
              DefectKind::encoding, "A number came as text, or a word in another case."},
    RuleFacts{QualityRule::unknown_column, "unknown_column", FoundBy::validate, Outcome::noted,
              DefectKind::schema_drift,
              "The row has a column that its table does not; the run record names it."},
    RuleFacts{QualityRule::duplicate, "duplicate", FoundBy::clean, Outcome::duplicate,
              DefectKind::duplicate, "A row with this key was delivered before."},
    RuleFacts{QualityRule::orphan, "orphan", FoundBy::clean, Outcome::quarantined,
              DefectKind::orphan, "The store or product does not exist."},
    RuleFacts{QualityRule::orphan_customer, "orphan_customer", FoundBy::clean, Outcome::repaired,
              DefectKind::orphan, "The customer does not exist; the row keeps none."},
    RuleFacts{QualityRule::sign_flip, "sign_flip", FoundBy::clean, Outcome::repaired,
              DefectKind::sign_flip, "A measure is negative; its sign is turned."},
    RuleFacts{QualityRule::null_value, "null_value", FoundBy::clean, Outcome::repaired,
              DefectKind::null_value,
              "A measure is missing and follows from the others or from the price table."},
    RuleFacts{QualityRule::unit_slip, "unit_slip", FoundBy::clean, Outcome::repaired,
              DefectKind::unit_slip, "An amount is a hundred times what the others say."},
    RuleFacts{QualityRule::missing, "missing", FoundBy::clean, Outcome::quarantined,
              DefectKind::null_value, "A measure is missing and can't be worked out."},
    RuleFacts{QualityRule::amounts, "amounts", FoundBy::clean, Outcome::quarantined, std::nullopt,
              "gross is not net + discount, and no single repair makes it so."},
    RuleFacts{QualityRule::measure_range, "measure_range", FoundBy::clean, Outcome::quarantined,
              std::nullopt, "A measure is outside its range after all repairs."},
    RuleFacts{QualityRule::price_outlier, "price_outlier", FoundBy::clean, Outcome::quarantined,
              DefectKind::price_outlier,
              "gross ÷ quantity is far from what the product usually costs."},
    RuleFacts{QualityRule::quantity_outlier, "quantity_outlier", FoundBy::clean,
              Outcome::quarantined, DefectKind::quantity_outlier,
              "The quantity is far from what is usually bought of the product."},
    RuleFacts{QualityRule::no_lines, "no_lines", FoundBy::clean, Outcome::quarantined, std::nullopt,
              "No line of the receipt is clean."},
    RuleFacts{QualityRule::clock_glitch, "clock_glitch", FoundBy::clean, Outcome::noted,
              DefectKind::clock_glitch,
              "The instant and the business date with its hour are not the same time anywhere."},
    RuleFacts{QualityRule::late, "late", FoundBy::clean, Outcome::noted, DefectKind::late,
              "The row was delivered on a later day."},
    RuleFacts{QualityRule::out_of_order, "out_of_order", FoundBy::clean, Outcome::noted,
              DefectKind::out_of_order,
              "The row came after a later one of its store in the same delivery."},
    RuleFacts{QualityRule::sensor_gap, "sensor_gap", FoundBy::clean, Outcome::noted,
              DefectKind::sensor_gap,
              "A store sold something in an hour in which its door counter saw nobody."},
};

constexpr const RuleFacts& facts_of(QualityRule rule) {
  return quality_rules[static_cast<std::size_t>(rule)];
}
constexpr std::string_view name_of(QualityRule rule) { return facts_of(rule).name; }

static_assert(
    [] {
      for (std::size_t i = 0; i < quality_rules.size(); ++i)
        if (quality_rules[i].rule != static_cast<QualityRule>(i)) return false;
      return true;
    }(),
    "the table lists the rules in their order");

// Nothing for a name that is no rule.
constexpr const RuleFacts* find_rule(std::string_view name) {
  const auto found = std::ranges::find(quality_rules, name, &RuleFacts::name);
  return found == quality_rules.end() ? nullptr : &*found;
}

}  // namespace retailsim
