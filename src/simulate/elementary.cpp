#include "simulate/elementary.h"

#include <array>

namespace retailsim::simulate {
namespace {

template <std::size_t size>
double polynomial(const std::array<double, size>& coefficients, double x) {
  double value = 0;
  for (const double c : coefficients) value = value * x + c;
  return value;
}

constexpr std::array centre_above{-3.969683028665376e+01, 2.209460984245205e+02,
                                  -2.759285104469687e+02, 1.383577518672690e+02,
                                  -3.066479806614716e+01, 2.506628277459239e+00};
constexpr std::array centre_below{-5.447609879822406e+01, 1.615858368580409e+02,
                                  -1.556989798598866e+02, 6.680131188771972e+01,
                                  -1.328068155288572e+01, 1.0};
constexpr std::array tail_above{-7.784894002430293e-03, -3.223964580411365e-01,
                                -2.400758277161838e+00, -2.549732539343734e+00,
                                4.374664141464968e+00,  2.938163982698783e+00};
constexpr std::array tail_below{7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
                                3.754408661907416e+00, 1.0};
constexpr double tail = 0.02425;

double lower_tail(double p) {
  const double q = std::sqrt(-2 * natural_log(p));
  return polynomial(tail_above, q) / polynomial(tail_below, q);
}

}  // namespace

double cosine_of_turns(double turns) {
  double part = turns - std::floor(turns);
  if (part > 0.5) part = 1 - part;                       // even
  if (part > 0.25) return -cosine_of_turns(0.5 - part);  // odd around a quarter
  const double square = -(6.283185307179586 * part) * (6.283185307179586 * part);
  double series = 1;
  for (int k = 22; k >= 2; k -= 2) series = 1 + series * square / (k * (k - 1));
  return series;
}

double normal_quantile(double p) {
  if (p < tail) return lower_tail(p);
  if (p > 1 - tail) return -lower_tail(1 - p);
  const double q = p - 0.5;
  const double square = q * q;
  return polynomial(centre_above, square) * q / polynomial(centre_below, square);
}

}  // namespace retailsim::simulate
