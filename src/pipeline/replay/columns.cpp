#include "pipeline/replay/columns.h"

#include <arrow/util/utf8.h>
#include <fmt/core.h>

#include <utility>

#include "pipeline/replay/amounts.h"
#include "pipeline/replay/arrays.h"

namespace retailsim::pipeline {
namespace {

using arrays::Decimals;
using arrays::Floats;
using arrays::for_each_value;
using arrays::Signed;
using arrays::Unsigned;
using arrow::Decimal128;

[[noreturn]] void refuse(const ArrayPlace& place, std::int64_t row, const std::string& what,
                         std::string hint = "correct it, or leave such rows out of the file") {
  throw bad_row(place.file, place.rows_before + row + 1, fmt::format("{} {}", place.column, what),
                std::move(hint));
}

void require_no_null(const arrow::Array& array, const ArrayPlace& place) {
  if (array.null_count() == 0) return;
  std::int64_t row = 0;
  while (array.IsValid(row)) ++row;
  refuse(place, row, "is null");
}

std::int32_t scale_of(const arrow::DataType& type) {
  return static_cast<const arrow::DecimalType&>(type).scale();
}

// Appends convert(value) for each value; calls refuse_value(row, its text) where that is nothing.
template <class Kind, class Value, class Convert, class Refuse>
bool append_as(const arrow::Array& array, std::vector<Value>& values, const Convert& convert,
               const Refuse& refuse_value) {
  return for_each_value<Kind>(array, [&](std::int64_t row, auto number) {
    const std::optional<Value> value = convert(number);
    if (!value) refuse_value(row, fmt::format("{}", number));
    values.push_back(*value);
  });
}

template <class Value, class Convert, class Refuse>
void append_decimals(const arrow::Array& array, std::vector<Value>& values, const Convert& convert,
                     const Refuse& refuse_value) {
  const std::int32_t scale = scale_of(*array.type());
  for_each_value<Decimals>(array, [&](std::int64_t row, const Decimal128& number) {
    const std::optional<Value> value = convert(number, scale);
    if (!value) refuse_value(row, number.ToString(scale));
    values.push_back(*value);
  });
}

// `Unit` is coarse enough for ten thousand years.
template <class Unit>
void append_times_in(const arrow::TimestampArray& array, const ArrayPlace& place,
                     std::vector<LocalTime>& times) {
  constexpr Unit begin = first_day.time_since_epoch();
  constexpr Unit end = last_day.time_since_epoch() + std::chrono::days(1);
  for (std::int64_t row = 0; row < array.length(); ++row) {
    const Unit time{array.Value(row)};
    if (time < begin || time >= end) refuse(place, row, "is not within the years 1 to 9999");
    times.emplace_back(time);
  }
}

}  // namespace

Failure bad_row(std::string_view file, std::int64_t row, const std::string& what,
                std::string hint) {
  return {FailureKind::wrong_usage, fmt::format("{}: row {}: {}", file, row, what),
          std::move(hint)};
}

bool can_hold(const arrow::DataType& type, Content content) {
  const bool is_integer = Signed::includes(type) || Unsigned::includes(type);
  const bool is_decimal = Decimals::includes(type) && scale_of(type) >= 0;
  switch (content) {
    case Content::id:
      return is_integer || (is_decimal && scale_of(type) == 0) || arrays::are_texts(type);
    case Content::text:
      return arrays::are_texts(type);
    case Content::time:
      return type.id() == arrow::Type::TIMESTAMP &&
             static_cast<const arrow::TimestampType&>(type).timezone().empty();
    case Content::quantity:
      return is_integer || is_decimal || Floats::includes(type);
    case Content::money:
      return is_decimal || Floats::includes(type);
  }
  return false;
}

std::string_view description_of(Content content) {
  switch (content) {
    case Content::id:
      return "a whole number (BIGINT) or a text (VARCHAR)";
    case Content::text:
      return "a text (VARCHAR)";
    case Content::time:
      return "the time on the store's wall (TIMESTAMP without time zone)";
    case Content::quantity:
      return "a number of units (INTEGER)";
    case Content::money:
      return "an amount of money (DECIMAL(12,2) or DOUBLE)";
  }
  return "";
}

void append_ids(const arrow::Array& array, const ArrayPlace& place, ReplayIds& ids,
                std::vector<ReplayIds::Code>& codes) {
  require_no_null(array, place);
  const auto append_number = [&](std::int64_t, auto number) {
    // What is too large becomes a text, padded so that it sorts like the number.
    codes.push_back(std::in_range<std::int64_t>(number)
                        ? ids.code_of(static_cast<std::int64_t>(number))
                        : ids.code_of(fmt::format("{:020}", number)));
  };
  if (for_each_value<Signed>(array, append_number)) return;
  if (for_each_value<Unsigned>(array, append_number)) return;
  if (for_each_value<Decimals>(array, [&](std::int64_t, const Decimal128& number) {
        codes.push_back(number.FitsInPrecision(18)
                            ? ids.code_of(static_cast<std::int64_t>(number.low_bits()))
                            : ids.code_of(fmt::format("{:0>39}", number.ToIntegerString())));
      }))
    return;
  arrays::for_each_text(array, [&](std::int64_t row, arrays::OptionalText text) {
    if (!text) refuse(place, row, "is null");
    if (text->empty()) refuse(place, row, "is empty");
    const std::size_t known = ids.size();
    codes.push_back(ids.code_of(*text));
    if (ids.size() > known) require_utf8(*text, place, row);
  });
}

void append_times(const arrow::Array& array, const ArrayPlace& place,
                  std::vector<LocalTime>& times) {
  require_no_null(array, place);
  const auto& typed = static_cast<const arrow::TimestampArray&>(array);
  switch (static_cast<const arrow::TimestampType&>(*array.type()).unit()) {
    case arrow::TimeUnit::SECOND:
      return append_times_in<std::chrono::seconds>(typed, place, times);
    case arrow::TimeUnit::MILLI:
      return append_times_in<std::chrono::milliseconds>(typed, place, times);
    case arrow::TimeUnit::MICRO:
      return append_times_in<std::chrono::microseconds>(typed, place, times);
    case arrow::TimeUnit::NANO:  // 64 bits of them reach from 1677 to 2262
      for (std::int64_t row = 0; row < typed.length(); ++row) {
        times.emplace_back(std::chrono::floor<std::chrono::microseconds>(
            std::chrono::nanoseconds{typed.Value(row)}));
      }
  }
}

void append_quantities(const arrow::Array& array, const ArrayPlace& place,
                       std::vector<std::int32_t>& quantities) {
  require_no_null(array, place);
  const auto refuse_value = [&](std::int64_t row, const std::string& number) {
    refuse(place, row,
           fmt::format("is {}, but units are whole numbers of at most 9 digits", number),
           "write weighed goods as one unit");
  };
  if (append_as<Signed>(
          array, quantities, [](std::int64_t number) { return units_of(number); }, refuse_value) ||
      append_as<Unsigned>(
          array, quantities, [](std::uint64_t number) { return units_of(number); }, refuse_value) ||
      append_as<Floats>(
          array, quantities, [](double number) { return units_of(number); }, refuse_value))
    return;
  append_decimals(
      array, quantities,
      [](const Decimal128& number, std::int32_t scale) { return units_of(number, scale); },
      refuse_value);
}

void append_money(const arrow::Array& array, const ArrayPlace& place, std::vector<Cents>& amounts) {
  require_no_null(array, place);
  const auto refuse_value = [&](std::int64_t row, const std::string& number) {
    refuse(place, row,
           fmt::format("is {}, but amounts have at most 10 digits before the point", number));
  };
  if (append_as<Floats>(
          array, amounts, [](auto number) { return cents_of(number); }, refuse_value))
    return;
  append_decimals(
      array, amounts,
      [](const Decimal128& number, std::int32_t scale) { return cents_of(number, scale); },
      refuse_value);
}

void for_each_text(const arrow::Array& array, const TakeText& take) {
  arrays::for_each_text(array, [&](std::int64_t row, arrays::OptionalText text) {
    if (text) take(row, *text);
  });
}

void require_utf8(std::string_view text, const ArrayPlace& place, std::int64_t row) {
  if (!arrow::util::ValidateUTF8(text)) refuse(place, row, "is no UTF-8 text");
}

}  // namespace retailsim::pipeline
