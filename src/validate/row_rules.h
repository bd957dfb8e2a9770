// Which rule of its table a row breaks, before it is stored. Pure: no I/O, no state.
// Measures (quantities, amounts) are not judged here: clean repairs what can be repaired.
#pragma once

#include <fmt/core.h>

#include <optional>
#include <string>
#include <string_view>

#include "model/quality.h"
#include "model/schema.h"

namespace retailsim::validate {

struct BrokenRule {
  std::string column;
  QualityRule rule;
  std::string reason;
};

// A row is delivered on its business day or up to five weeks later.
inline constexpr std::chrono::days longest_delay{35};

constexpr std::int64_t magnitude(std::int64_t number) { return number; }
constexpr std::int64_t magnitude(Cents amount) { return amount.value; }
template <class Tag, int digits>
constexpr std::int64_t magnitude(Decimal<Tag, digits> number) {
  return number.scaled;
}
template <class Tag>
constexpr std::int64_t magnitude(Id<Tag> id) {
  return id.value;
}

// Whether a value lies within what its column allows.
template <class Row, std::size_t I>
constexpr bool is_in_range(const plain_value<Row, I>& value) {
  constexpr const Rule& rule = column_at<Row, I>.rule;
  if constexpr (requires { magnitude(value); }) {
    return magnitude(value) >= rule.at_least && magnitude(value) <= rule.at_most;
  } else {
    return true;
  }
}

template <class Row, std::size_t I>
std::string range_reason(const plain_value<Row, I>& value) {
  constexpr const Rule& rule = column_at<Row, I>.rule;
  if constexpr (requires { magnitude(value); }) {
    const std::int64_t given = magnitude(value);
    return given < rule.at_least ? fmt::format("{} is less than {}", given, rule.at_least)
                                 : fmt::format("{} is more than {}", given, rule.at_most);
  } else {
    return {};
  }
}

// The value of a column if the row has one.
template <class Row, std::size_t I>
const plain_value<Row, I>* value_of(const Received<Row>& received) {
  const auto& field = received.row.*column_at<Row, I>.field;
  if constexpr (is_optional<column_value<Row, I>>) {
    return field ? &*field : nullptr;
  } else {
    return received.template has<I>() ? &field : nullptr;
  }
}

enum class Judged { before_storage, measures };

// The first broken range rule, in column order.
template <class Row>
std::optional<BrokenRule> broken_range(const Received<Row>& received, Judged which) {
  std::optional<BrokenRule> broken;
  for_each_column_number<Row>([&]<std::size_t I>() {
    if (broken || column_at<Row, I>.rule.is_measure != (which == Judged::measures)) return;
    const auto* const value = value_of<Row, I>(received);
    if (value != nullptr && !is_in_range<Row, I>(*value)) {
      broken =
          BrokenRule{std::string{column_at<Row, I>.name},
                     which == Judged::measures ? QualityRule::measure_range : QualityRule::range,
                     range_reason<Row, I>(*value)};
    }
  });
  return broken;
}

// `feed_date` is the day on which the source delivered the row; none for a snapshot.
template <class Row>
std::optional<BrokenRule> broken_rule(const Received<Row>& received,
                                      const std::optional<Day>& feed_date) {
  if (auto broken = broken_range(received, Judged::before_storage)) return broken;
  if constexpr (Row::delivery == Delivery::event) {
    const Day day = received.row.business_date;
    if (feed_date && (day > *feed_date || day < *feed_date - longest_delay)) {
      return BrokenRule{
          "business_date", QualityRule::delivery_window,
          fmt::format("{} was delivered on {}, which is {}", to_text(day), to_text(*feed_date),
                      day > *feed_date ? "earlier" : "more than 35 days later")};
    }
  }
  return std::nullopt;
}

}  // namespace retailsim::validate
