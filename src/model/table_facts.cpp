#include "model/table_facts.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/failure.h"
#include "base/text.h"

namespace retailsim {
namespace {

template <class Value>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<Id<Tag>> : std::true_type {};

template <class Value>
void describe_type(ColumnFacts& facts) {
  const auto decimal = [&](int precision, int scale) {
    facts.kind = ValueKind::decimal;
    facts.precision = precision;
    facts.scale = scale;
  };
  if constexpr (std::is_same_v<Value, std::string>) {
    facts.kind = ValueKind::text;
  } else if constexpr (std::is_same_v<Value, bool>) {
    facts.kind = ValueKind::boolean;
  } else if constexpr (std::is_same_v<Value, Cents>) {
    decimal(12, 2);
  } else if constexpr (std::is_same_v<Value, Total>) {
    decimal(18, 2);
  } else if constexpr (std::is_same_v<Value, Number>) {
    decimal(18, Number::decimals);
  } else if constexpr (requires { Value::digits; }) {
    decimal(9, Value::digits);
  } else if constexpr (std::is_same_v<Value, Day>) {
    facts.kind = ValueKind::date;
  } else if constexpr (std::is_same_v<Value, Instant>) {
    facts.kind = ValueKind::timestamp;
  } else if constexpr (Labelled<Value>) {
    facts.kind = ValueKind::word;
    for (const auto word : labels(Value{})) facts.words.push_back(word);
  } else if constexpr (IsId<Value>::value) {
    facts.kind = ValueKind::id;
  } else if constexpr (std::is_same_v<Value, std::int32_t>) {
    facts.kind = ValueKind::integer;
  } else {
    static_assert(std::is_same_v<Value, std::int64_t>, "say what kind of value this is");
    facts.kind = ValueKind::bigint;
  }
}

template <class Row>
TableFacts describe() {
  TableFacts table{.name = Row::table,
                   .plural = Row::plural,
                   .meaning = Row::meaning,
                   .delivery = Row::delivery};
  if constexpr (has_children<Row>) {
    table.children = child_of<Row>::table;
    table.children_in = Row::children_name;
  }
  for_each_column<Row>([&]<class Value>(const Column<Row, Value>& column) {
    const Rule& rule = column.rule;
    ColumnFacts facts{.name = column.name, .meaning = column.meaning, .unit = rule.unit};
    describe_type<typename OptionalOf<Value>::type>(facts);
    facts.is_optional = is_optional<Value>;
    facts.is_key = rule.is_key;
    facts.is_sorted = rule.is_sorted;
    facts.is_inherited = rule.is_inherited;
    facts.is_measure = rule.is_measure;
    facts.references = rule.references;
    if (rule.at_least != Rule::no_least) facts.at_least = rule.at_least;
    if (rule.at_most != Rule::no_most) facts.at_most = rule.at_most;
    table.columns.push_back(std::move(facts));
  });
  return table;
}

std::vector<TableFacts> describe_all() {
  std::vector<TableFacts> all;
  const auto in = [&](std::string_view name, auto describe_it) -> TableFacts& {
    const auto known = std::ranges::find(all, name, &TableFacts::name);
    return known != all.end() ? *known : all.emplace_back(describe_it());
  };
  LakeTables::for_each([&]<class Row>() {
    in(Row::table, describe<Row>).layers = {Layer::raw, Layer::clean};
  });
  GoldTables::for_each(
      [&]<class Row>() { in(Row::table, describe<Row>).layers.push_back(Layer::gold); });
  FeedTables::for_each([&]<class Row>() { in(Row::table, describe<Row>).is_served = true; });
  // In no layer: what stands beside the tables of the layers, and what is never served.
  const auto add = [&]<class Row>() { all.push_back(describe<Row>()); };
  TableList<QuarantinedRow, Finding>::for_each(add);
  TruthTables::for_each(add);
  for (const auto& parent : all)
    for (auto& child : all)
      if (child.name == parent.children) child.parent = parent.name;
  return all;
}

}  // namespace

std::string ColumnFacts::type_text() const {
  switch (kind) {
    case ValueKind::text:
    case ValueKind::word:
      return "text";
    case ValueKind::boolean:
      return "boolean";
    case ValueKind::integer:
      return "integer";
    case ValueKind::bigint:
    case ValueKind::id:
      return "bigint";
    case ValueKind::decimal:
      return fmt::format("decimal({},{})", precision, scale);
    case ValueKind::date:
      return "date";
    case ValueKind::timestamp:
      break;
  }
  return "timestamp";
}

std::string ColumnFacts::number_text(std::int64_t bound) const {
  if (scale == 0) return fmt::format("{}", bound);
  std::int64_t one = 1;
  for (int i = 0; i < scale; ++i) one *= 10;
  const std::int64_t size = bound < 0 ? -bound : bound;
  return fmt::format("{}{}.{:0{}}", bound < 0 ? "-" : "", size / one, size % one, scale);
}

std::string ColumnFacts::legal_text() const {
  if (kind == ValueKind::word) {
    std::string text = "one of ";
    for (const auto word : words) text += fmt::format("{}{}", word == words[0] ? "" : ", ", word);
    return text;
  }
  if (at_least && at_most)
    return fmt::format("{} to {}", number_text(*at_least), number_text(*at_most));
  if (at_least) return fmt::format("{} or more", number_text(*at_least));
  return at_most ? fmt::format("{} or less", number_text(*at_most)) : "";
}

bool TableFacts::is_in(Layer layer) const {
  return std::ranges::find(layers, layer) != layers.end();
}

bool TableFacts::has_column(std::string_view column) const {
  return std::ranges::find(columns, column, &ColumnFacts::name) != columns.end();
}

std::vector<const ColumnFacts*> TableFacts::keys() const {
  std::vector<const ColumnFacts*> found;
  for (const auto& column : columns)
    if (column.is_key) found.push_back(&column);
  if (std::ranges::any_of(found, &ColumnFacts::is_optional)) found.clear();
  return found;
}

std::span<const TableFacts> all_tables() {
  static const std::vector<TableFacts> all = describe_all();
  return all;
}

const TableFacts& table_called(std::string_view name) {
  std::vector<std::string> names;
  for (const auto& table : all_tables()) {
    if (table.name == name) return table;
    names.emplace_back(table.name);
  }
  const auto meant = nearest(name, names);
  throw Failure(FailureKind::wrong_usage, fmt::format("there is no table \"{}\"", name),
                meant ? fmt::format("did you mean {}?", *meant)
                      : fmt::format("the tables are {}", join(names, ", ")));
}

}  // namespace retailsim
