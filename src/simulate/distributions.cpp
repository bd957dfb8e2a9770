#include "simulate/distributions.h"

namespace retailsim::simulate {

double gamma(Draws& draws, double shape) {
  if (shape < 1) {
    const double larger = gamma(draws, shape + 1);
    const double shrink = draws.unit();
    return larger * power(shrink, 1 / shape);
  }
  const double d = shape - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  for (;;) {
    const double x = normal(draws);
    const double u = draws.unit();
    const double root = 1 + c * x;
    if (root <= 0) continue;
    const double v = root * root * root;
    if (natural_log(u) < 0.5 * x * x + d - d * v + d * natural_log(v)) return d * v;
  }
}

int poisson(Draws& draws, double mean) {
  // Large means are sums of parts, each with a word of its own: exp(-part) stays exact
  // enough, and the parts that two means share give the same counts.
  constexpr double part = 16;
  int count = 0;
  while (mean > 0) {
    const double here = mean < part ? mean : part;
    mean -= part;
    const double u = draws.unit();
    double probability = exponential(-here);
    double cumulated = probability;
    int k = 0;
    while (u > cumulated && k < 200) {
      ++k;
      probability *= here / k;
      cumulated += probability;
    }
    count += k;
  }
  return count;
}

}  // namespace retailsim::simulate
