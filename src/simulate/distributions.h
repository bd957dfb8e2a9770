// The distributions that the simulation draws from. Written out because those of the
// standard library differ between implementations, and the same seed must not.
#pragma once

#include "simulate/elementary.h"
#include "simulate/random.h"

namespace retailsim::simulate {

// One word, by inversion: a larger uniform gives a larger value.
inline double normal(Draws& draws) { return normal_quantile(draws.unit()); }

// Mean 1, one word.
inline double standard_exponential(Draws& draws) { return -natural_log(draws.unit()); }

// Mean `shape`; Marsaglia and Tsang (2000).
double gamma(Draws& draws, double shape);

// Counts with this mean, by inversion: with the same draws, a higher mean never gives a
// lower count. So raising a rate adds events and removes none.
int poisson(Draws& draws, double mean);

}  // namespace retailsim::simulate
