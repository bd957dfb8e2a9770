#include "serve/served_table.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "base/failure.h"
#include "base/text.h"
#include "json/write_value.h"

namespace retailsim::serve {
namespace {

template <class Value>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<Id<Tag>> : std::true_type {};

template <class Value>
FilterColumn filter_column(std::string_view name) {
  FilterColumn filter{std::string{name}, ValueType::text, {}};
  if constexpr (Labelled<Value>) {
    filter.type = ValueType::word;
    for (const auto word : labels(Value{})) filter.words.emplace_back(word);
  } else if constexpr (std::is_same_v<Value, Day>) {
    filter.type = ValueType::date;
  } else if constexpr (IsId<Value>::value || std::is_integral_v<Value>) {
    filter.type = ValueType::number;
  } else {
    static_assert(std::is_same_v<Value, std::string>, "say how this type is filtered");
  }
  return filter;
}

template <class Row>
ServedTable describe() {
  ServedTable table{std::string{Row::table},
                    std::string{Row::plural},
                    std::string{Row::meaning},
                    Row::delivery,
                    {}};
  for_each_column_number<Row>([&]<std::size_t I>() {
    using Value = plain_value<Row, I>;
    constexpr auto& column = column_at<Row, I>;
    if constexpr (column.rule.is_key || !column.rule.references.empty() || Labelled<Value> ||
                  column.name == "business_date")
      table.filters.push_back(filter_column<Value>(column.name));
  });
  return table;
}

[[noreturn]] void refuse(const FilterColumn& column, std::string_view value, std::string_view legal,
                         const std::string& hint = "") {
  throw Failure(FailureKind::wrong_usage,
                fmt::format("{}=\"{}\" is not {}", column.name, value, legal), hint);
}

}  // namespace

std::string FilterColumn::json_text(std::string_view value) const {
  switch (type) {
    case ValueType::number: {
      std::int64_t number = -1;
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
      if (error != std::errc{} || end != value.data() + value.size() || number < 0 ||
          number > largest_id)
        refuse(*this, value, "a whole number from 0 to 9007199254740991");
      return fmt::format("{}", number);
    }
    case ValueType::word: {
      if (std::ranges::find(words, value) == words.end()) {
        const auto meant = nearest(value, words);
        refuse(*this, value, "one of " + join(words, ", "),
               meant ? fmt::format("{}={}", name, *meant) : "");
      }
      return fmt::format("\"{}\"", value);
    }
    case ValueType::date:
      if (!parse_day(value)) refuse(*this, value, "a date such as 2024-01-31");
      return fmt::format("\"{}\"", value);
    case ValueType::text:
      break;
  }
  const std::string text{value};
  std::string quoted(json::longest_text(text) + json::slack, '\0');
  quoted.resize(static_cast<std::size_t>(json::write(quoted.data(), text) - quoted.data()));
  return quoted;
}

std::vector<std::string> ServedTable::parameters() const {
  std::vector<std::string> names{"limit", "cursor"};
  if (is_event()) names.insert(names.end(), {"from", "to"});
  for (const auto& filter : filters) names.push_back(filter.name);
  return names;
}

const std::vector<ServedTable>& served_tables() {
  static const std::vector<ServedTable> tables = [] {
    std::vector<ServedTable> all;
    FeedTables::for_each([&]<class Row>() { all.push_back(describe<Row>()); });
    return all;
  }();
  return tables;
}

}  // namespace retailsim::serve
