#include "pipeline/replay/amounts.h"

#include <arrow/util/decimal.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace retailsim::pipeline {
namespace {

constexpr double amounts_end = 1e10;
constexpr int most_cent_digits = 12;
constexpr std::int64_t units_end = 1'000'000'000;
constexpr int most_unit_digits = 9;

std::optional<Cents> within_limits(std::int64_t cents) {
  if (std::abs(cents) > most_cents) return std::nullopt;
  return Cents{cents};
}

// `amount` is finite.
template <class Float>
std::int64_t cents_by_digits(Float amount) {
  std::array<char, 512> text;
  const auto written =
      std::to_chars(text.data(), text.data() + text.size(), amount, std::chars_format::fixed);
  std::int64_t cents = 0;
  int decimals = -1;  // seen so far; -1 before the point
  for (const char* at = text.data(); at != written.ptr; ++at) {
    if (*at == '-') continue;
    if (*at == '.') {
      decimals = 0;
    } else if (decimals < 2) {
      cents = cents * 10 + (*at - '0');
      decimals += decimals >= 0;
    } else {
      cents += *at >= '5';
      break;
    }
  }
  for (decimals = std::max(decimals, 0); decimals < 2; ++decimals) cents *= 10;
  return amount < 0 ? -cents : cents;
}

}  // namespace

std::optional<Cents> cents_of(double amount) {
  if (!(std::abs(amount) < amounts_end)) return std::nullopt;  // NaN is not less either
  // The product errs by less than 0.0002, so its digits matter only near a half cent.
  const double hundredfold = amount * 100;
  const double cents = std::round(hundredfold);
  if (std::abs(hundredfold - cents) < 0.499) return within_limits(static_cast<std::int64_t>(cents));
  return within_limits(cents_by_digits(amount));
}

std::optional<Cents> cents_of(float amount) {
  if (!(std::abs(amount) < amounts_end)) return std::nullopt;
  return within_limits(cents_by_digits(amount));
}

std::optional<Cents> cents_of(const arrow::Decimal128& amount, std::int32_t scale) {
  if (scale < 2 && !amount.FitsInPrecision(most_cent_digits)) return std::nullopt;
  const arrow::BasicDecimal128 cents =
      scale < 2 ? amount.IncreaseScaleBy(2 - scale) : amount.ReduceScaleBy(scale - 2, true);
  if (!cents.FitsInPrecision(most_cent_digits)) return std::nullopt;
  return Cents{static_cast<std::int64_t>(cents.low_bits())};
}

std::optional<std::int32_t> units_of(std::int64_t number) {
  if (number <= -units_end || number >= units_end) return std::nullopt;
  return static_cast<std::int32_t>(number);
}

std::optional<std::int32_t> units_of(std::uint64_t number) {
  if (number >= static_cast<std::uint64_t>(units_end)) return std::nullopt;
  return static_cast<std::int32_t>(number);
}

std::optional<std::int32_t> units_of(double number) {
  if (!(std::abs(number) < static_cast<double>(units_end))) return std::nullopt;
  if (number != std::trunc(number)) return std::nullopt;
  return static_cast<std::int32_t>(number);
}

std::optional<std::int32_t> units_of(const arrow::Decimal128& number, std::int32_t scale) {
  arrow::BasicDecimal128 whole, fraction;
  number.GetWholeAndFraction(scale, &whole, &fraction);
  if (fraction != 0 || !whole.FitsInPrecision(most_unit_digits)) return std::nullopt;
  return static_cast<std::int32_t>(static_cast<std::int64_t>(whole.low_bits()));
}

}  // namespace retailsim::pipeline
