// exp, log and friends from + - * / sqrt and bit operations only, so that every machine and
// compiler computes the same bits (the C library's differ between processors). Relative
// error below 1e-15 where the result is neither 0 nor infinite.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

namespace retailsim::simulate {

// ln 2 in two parts; the first has so few bits that its multiples are exact.
inline constexpr double ln2_high = 0x1.62e42fee00000p-1;
inline constexpr double ln2_low = 0x1.a39ef35793c76p-33;

// Natural logarithm. `x` has to be positive and normal.
inline double natural_log(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  int exponent = static_cast<int>(bits >> 52) - 1023;
  double mantissa = std::bit_cast<double>((bits & 0x000fffffffffffffu) | 0x3ff0000000000000u);
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    ++exponent;
  }
  // log m = 2 atanh((m-1)/(m+1)), with |ratio| < 0.1716.
  const double ratio = (mantissa - 1) / (mantissa + 1);
  const double square = ratio * ratio;
  double series = 0;
  for (int k = 21; k >= 3; k -= 2) series = (series + 1.0 / k) * square;
  const double log_mantissa = 2 * (ratio + ratio * series);
  return exponent * ln2_high + (exponent * ln2_low + log_mantissa);
}

// e to the power of x; 0 below -700 and the value at 700 above it.
inline double exponential(double x) {
  if (x < -700) return 0;
  x = std::min(x, 700.0);
  const double twos = std::floor(x * 1.4426950408889634 + 0.5);
  const double rest = (x - twos * ln2_high) - twos * ln2_low;  // |rest| < 0.35
  double series = 1;
  for (int k = 14; k >= 1; --k) series = 1 + series * rest / k;
  const auto exponent = static_cast<std::uint64_t>(static_cast<std::int64_t>(twos) + 1023) << 52;
  return series * std::bit_cast<double>(exponent);
}

// x^y for positive x.
inline double power(double x, double y) { return exponential(y * natural_log(x)); }

inline double logistic(double x) { return 1 / (1 + exponential(-x)); }
inline double logit(double p) { return natural_log(p / (1 - p)); }

// The cosine of a part of a full turn: 0 -> 1, 0.5 -> -1. For |turns| up to a million.
double cosine_of_turns(double turns);

// The value that a standard normal variable stays below with probability p, 0 < p < 1.
// P. J. Acklam's rational approximation, relative error below 1.2e-9.
double normal_quantile(double p);

}  // namespace retailsim::simulate
