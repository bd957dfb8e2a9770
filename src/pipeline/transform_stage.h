// raw -> clean -> gold, and publish: computes what is missing or whose inputs changed, and
// nothing else.
#pragma once

#include <string>

#include "lake/lake.h"
#include "pipeline/run_record.h"

namespace retailsim::pipeline {

struct TransformOptions {
  std::string run_id;
  int threads = 1;
  bool quiet = true;
};

StageRecord transform_stage(const TransformOptions& options, lake::Lake& lake);

}  // namespace retailsim::pipeline
