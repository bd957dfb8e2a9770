// Scenario -> feed: simulates the deliveries that a feed folder lacks.
#pragma once

#include <filesystem>
#include <optional>

#include "model/scenario.h"
#include "pipeline/run_record.h"

namespace retailsim::pipeline {

struct SimulateOptions {
  std::filesystem::path out;
  std::filesystem::path truth;  // a folder for what is true and not served; empty: none
  std::optional<Day> from;      // feed dates, inclusive; absent: the scenario's
  std::optional<Day> to;
  int parts = 1;  // contiguous ranges of stores …
  int part = 1;   // … of which this one is made, from 1
  bool overwrite = false;
  int threads = 1;
  bool quiet = true;
};

// counts["cells"] is the number of (store, week) cells computed, and
// counts["cells_of_worker_<n>"] how many of them each thread did.
// Throws Failure(wrong_usage) when the dates lie outside the scenario, or as FeedFolder does.
StageRecord simulate_stage(const Scenario& scenario, const SimulateOptions& options);

}  // namespace retailsim::pipeline
