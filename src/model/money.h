// Money is a whole number of cents, so sums never drift and any two machines
// print the same total. There is no conversion from double, on purpose.
#pragma once

#include <compare>
#include <cstdint>

namespace retailsim {

// One amount of a row: DECIMAL(12,2) in the lake.
struct Cents {
  std::int64_t value = 0;

  friend constexpr auto operator<=>(Cents, Cents) = default;
  friend constexpr Cents operator+(Cents a, Cents b) { return {a.value + b.value}; }
  friend constexpr Cents operator-(Cents a, Cents b) { return {a.value - b.value}; }
  friend constexpr Cents operator*(std::int64_t count, Cents each) { return {count * each.value}; }
  constexpr Cents& operator+=(Cents other) {
    value += other.value;
    return *this;
  }
};

// A sum of many rows: DECIMAL(18,2) in the lake.
struct Total {
  std::int64_t value = 0;

  friend constexpr auto operator<=>(Total, Total) = default;
  constexpr Total& operator+=(Cents amount) {
    value += amount.value;
    return *this;
  }
  constexpr Total& operator+=(Total other) {
    value += other.value;
    return *this;
  }
  constexpr Total& operator-=(Cents amount) {
    value -= amount.value;
    return *this;
  }
};

inline constexpr std::int64_t most_cents = 999'999'999'999;

// A decimal number of few digits that is no amount: a rate, a coordinate.
template <class Tag, int decimals>
struct Decimal {
  static constexpr int digits = decimals;  // after the point
  std::int32_t scaled = 0;                 // the number times 10^digits
  friend constexpr auto operator<=>(Decimal, Decimal) = default;
};

using Rate = Decimal<struct RateTag, 4>;        // 0.2000 is 20 %
using Degrees = Decimal<struct DegreesTag, 6>;  // of latitude or longitude
using Tenths = Decimal<struct TenthsTag, 1>;    // what an instrument reads: °C, mm of rain

// A number of any kind, of which nobody makes sums: DECIMAL(18,9).
struct Number {
  static constexpr int decimals = 9;  // after the point
  std::int64_t scaled = 0;            // the number times 10^decimals
  friend constexpr auto operator<=>(Number, Number) = default;
};

// Exact to nine digits after the point; half away from zero.
constexpr Number number_of(double value) {
  const double scaled = value * 1e9;
  return {static_cast<std::int64_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5)};
}

// The one rounding of this program: half away from zero.
constexpr std::int64_t divide_rounded(std::int64_t number, std::int64_t by) {
  const std::int64_t half = by / 2;
  return number >= 0 ? (number + half) / by : -((-number + half) / by);
}

constexpr Cents times(Cents amount, Rate rate) {
  return {divide_rounded(amount.value * rate.scaled, 10'000)};
}

}  // namespace retailsim
