// What a table looks like in columns, as plain data: everything below this line
// (Arrow, Parquet) is ordinary code, compiled once, that knows no row type.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "model/schema.h"

namespace retailsim::columnar {

enum class Storage : std::uint8_t {
  integer32,
  integer64,
  boolean,
  money,    // cents
  total,    // cents, of many rows
  decimal,  // 32 bits, `digits` after the point
  number,   // 64 bits, `digits` after the point
  day,
  instant,
  word,  // an enumeration's code
  text
};

struct ColumnLayout {
  std::string_view name;
  Storage storage = Storage::integer64;
  bool is_nullable = false;
  bool is_sorted = false;
  int digits = 0;                                // of a decimal or number
  std::span<const std::string_view> words = {};  // the labels of a word column, by code
};

// How a value lies in memory, for each type a column may have.
template <class T>
struct Stored;
template <>
struct Stored<std::int32_t> {
  using type = std::int32_t;
  static constexpr Storage storage = Storage::integer32;
  static constexpr type of(std::int32_t number) { return number; }
  static constexpr std::int32_t back(type number) { return number; }
};
template <>
struct Stored<std::int64_t> {
  using type = std::int64_t;
  static constexpr Storage storage = Storage::integer64;
  static constexpr type of(std::int64_t number) { return number; }
  static constexpr std::int64_t back(type number) { return number; }
};
template <>
struct Stored<bool> {
  using type = std::int8_t;
  static constexpr Storage storage = Storage::boolean;
  static constexpr type of(bool yes) { return yes ? 1 : 0; }
  static constexpr bool back(type yes) { return yes != 0; }
};
template <class Tag>
struct Stored<Id<Tag>> {
  using type = std::int64_t;
  static constexpr Storage storage = Storage::integer64;
  static constexpr type of(Id<Tag> id) { return id.value; }
  static constexpr Id<Tag> back(type value) { return {value}; }
};
template <>
struct Stored<Cents> {
  using type = std::int64_t;
  static constexpr Storage storage = Storage::money;
  static constexpr type of(Cents amount) { return amount.value; }
  static constexpr Cents back(type value) { return {value}; }
};
template <>
struct Stored<Total> {
  using type = std::int64_t;
  static constexpr Storage storage = Storage::total;
  static constexpr type of(Total amount) { return amount.value; }
  static constexpr Total back(type value) { return {value}; }
};
template <class Tag, int decimals>
struct Stored<Decimal<Tag, decimals>> {
  using type = std::int32_t;
  static constexpr Storage storage = Storage::decimal;
  static constexpr type of(Decimal<Tag, decimals> number) { return number.scaled; }
  static constexpr Decimal<Tag, decimals> back(type scaled) { return {scaled}; }
};
template <>
struct Stored<Number> {
  using type = std::int64_t;
  static constexpr Storage storage = Storage::number;
  static constexpr type of(Number number) { return number.scaled; }
  static constexpr Number back(type scaled) { return {scaled}; }
};
template <>
struct Stored<Day> {
  using type = std::int32_t;
  static constexpr Storage storage = Storage::day;
  static constexpr type of(Day day) { return static_cast<type>(day.time_since_epoch().count()); }
  static constexpr Day back(type days) { return Day{std::chrono::days{days}}; }
};
template <>
struct Stored<Instant> {
  using type = std::int64_t;
  static constexpr Storage storage = Storage::instant;
  static constexpr type of(Instant at) { return at.time_since_epoch().count(); }
  static constexpr Instant back(type micros) { return Instant{std::chrono::microseconds{micros}}; }
};
template <Labelled Enum>
struct Stored<Enum> {
  using type = std::int8_t;
  static constexpr Storage storage = Storage::word;
  static constexpr auto words = labels(Enum{});
  static constexpr type of(Enum value) { return static_cast<type>(value); }
  static constexpr Enum back(type code) { return static_cast<Enum>(code); }
};
template <>
struct Stored<std::string> {
  using type = std::int32_t;  // where the text ends
  static constexpr Storage storage = Storage::text;
};

template <class Row, std::size_t I>
using stored = Stored<plain_value<Row, I>>;

// The columns of a table as a layer keeps them.
template <class Row>
std::vector<ColumnLayout> layout(Layer layer) {
  std::vector<ColumnLayout> columns;
  for_each_column_number<Row>([&]<std::size_t I>() {
    using As = stored<Row, I>;
    auto& added = columns.emplace_back();
    added.name = column_at<Row, I>.name;
    added.storage = As::storage;
    added.is_nullable = is_nullable<Row, I>(layer);
    added.is_sorted = column_at<Row, I>.rule.is_sorted;
    if constexpr (As::storage == Storage::word) added.words = As::words;
    if constexpr (As::storage == Storage::decimal) added.digits = plain_value<Row, I>::digits;
    if constexpr (As::storage == Storage::number) added.digits = plain_value<Row, I>::decimals;
  });
  return columns;
}

}  // namespace retailsim::columnar
