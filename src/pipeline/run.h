// The whole pipeline in one process: what `retailsim run` does.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "model/scenario.h"
#include "pipeline/report.h"
#include "pipeline/run_record.h"

namespace retailsim::pipeline {

struct RunOptions {
  std::string run_id;
  std::filesystem::path data;
  std::filesystem::path truth;  // as SimulateOptions::truth
  std::string lake;
  std::optional<Day> from;  // feed dates, inclusive; absent: the scenario's
  std::optional<Day> to;
  double max_rejected = 0.02;
  bool overwrite = false;
  int threads = 1;
  bool quiet = true;
};

struct RunResult {
  std::string run_id;
  std::vector<StageRecord> stages;
  Report report;
  bool did_work() const;
};

// Simulates what the feed lacks, serves it on loopback, extracts, passes the gate, cleans,
// sums up, publishes and reports. Throws Failure as the stages do; what was stored before
// stays, and the next run goes on from there.
RunResult run(const Scenario& scenario, const RunOptions& options);

}  // namespace retailsim::pipeline
