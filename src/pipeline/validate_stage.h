// The quality gate: looks at what extract stored and refused, and changes nothing.
#pragma once

#include <optional>
#include <string>

#include "lake/lake.h"
#include "pipeline/run_record.h"

namespace retailsim::pipeline {

struct GateOptions {
  double max_rejected = 0.02;  // share of a table's rows that may be quarantined
  std::optional<Day> from;     // feed dates, inclusive; absent: all
  std::optional<Day> to;
};

// Compares what was stored with what was refused before storage, table by table. Throws
// Failure(data_refused) naming every table above the limit.
StageRecord validate_stage(const GateOptions& options, lake::Lake& lake);

}  // namespace retailsim::pipeline
