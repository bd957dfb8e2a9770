// API -> raw and quarantine: every delivery that the lake does not hold yet, each judged row
// by row before it is stored.
#pragma once

#include <optional>
#include <string>

#include "extract/delivery.h"
#include "lake/lake.h"
#include "pipeline/run_record.h"

namespace retailsim::pipeline {

struct ExtractOptions {
  std::string api;          // http://host:port
  std::string token;        // empty: none
  std::string table;        // empty: every table
  std::optional<Day> from;  // feed dates, inclusive; absent: all
  std::optional<Day> to;
  extract::Check check = extract::Check::digest;
  extract::RetryPolicy retry = {};
  extract::HttpLimits limits = {};
  bool overwrite = false;  // replace the rows of another feed
  int threads = 1;
  bool quiet = true;
};

// Throws Failure: wrong_usage when the lake holds another feed, and as HttpClient and
// read_delivery do.
StageRecord extract_stage(const ExtractOptions& options, lake::Lake& lake);

}  // namespace retailsim::pipeline
