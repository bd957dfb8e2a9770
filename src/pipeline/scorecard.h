// The realism scorecard of a lake, from its clean tables: ours, or one of replayed sales.
#pragma once

#include <vector>

#include "lake/lake.h"
#include "transform/realism/figures.h"

namespace retailsim::pipeline {

struct ScorecardOptions {
  int threads = 1;
  bool quiet = true;
};

// Changes nothing in the lake. Holds the rows of one month, and what the themes of
// src/transform/realism say that they keep. Throws Failure(wrong_usage) for a lake without
// clean tables.
std::vector<transform::realism::Reading> realism_scorecard(lake::Lake& lake,
                                                           const ScorecardOptions& options);

}  // namespace retailsim::pipeline
