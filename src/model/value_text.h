// One value, and the key of a row, as plain text: for logs, messages and comparisons. Amounts
// have two digits, times are RFC 3339, words are their labels; what is missing is "null".
#pragma once

#include <fmt/core.h>

#include <string>
#include <string_view>

#include "model/column.h"
#include "model/id.h"
#include "model/label.h"
#include "model/money.h"
#include "model/time.h"

namespace retailsim {

inline constexpr std::string_view null_text = "null";

template <class T>
std::string plain_text(const T& value) {
  if constexpr (is_optional<T>) {
    return value ? plain_text(*value) : std::string{null_text};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return value;
  } else if constexpr (std::is_same_v<T, bool>) {
    return value ? "true" : "false";
  } else if constexpr (std::is_same_v<T, Cents> || std::is_same_v<T, Total>) {
    const std::int64_t size = value.value < 0 ? -value.value : value.value;
    return fmt::format("{}{}.{:02}", value.value < 0 ? "-" : "", size / 100, size % 100);
  } else if constexpr (requires { T::digits; }) {
    std::int64_t one = 1;
    for (int i = 0; i < T::digits; ++i) one *= 10;
    const std::int64_t size = value.scaled < 0 ? -std::int64_t{value.scaled} : value.scaled;
    return fmt::format("{}{}.{:0{}}", value.scaled < 0 ? "-" : "", size / one, size % one,
                       T::digits);
  } else if constexpr (std::is_same_v<T, Day> || std::is_same_v<T, Instant>) {
    return to_text(value);
  } else if constexpr (Labelled<T>) {
    return std::string{label(value)};
  } else if constexpr (requires { value.value; }) {
    return fmt::format("{}", value.value);  // an id
  } else {
    return fmt::format("{}", value);
  }
}

// The value of the column called `name`; "null" when the row has none there.
template <class Row>
std::string column_text(const Row& row, std::string_view name) {
  std::string text{null_text};
  for_each_column_number<Row>([&]<std::size_t I>() {
    if (column_at<Row, I>.name == name) text = plain_text(row.*column_at<Row, I>.field);
  });
  return text;
}

// The key of a row, its parts joined by '/': "42" of a receipt, "42/3" of its third line.
template <class Row>
std::string key_text(const Row& row) {
  std::string text;
  for_each_column_number<Row>([&]<std::size_t I>() {
    if constexpr (column_at<Row, I>.rule.is_key) {
      if (!text.empty()) text += '/';
      text += plain_text(row.*column_at<Row, I>.field);
    }
  });
  return text;
}

}  // namespace retailsim
