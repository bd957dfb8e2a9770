#include "pipeline/run.h"

#include <algorithm>

#include "pipeline/extract_stage.h"
#include "pipeline/local_api.h"
#include "pipeline/simulate_stage.h"
#include "pipeline/transform_stage.h"
#include "pipeline/validate_stage.h"

namespace retailsim::pipeline {

bool RunResult::did_work() const {
  return std::ranges::any_of(stages, [](const StageRecord& each) { return each.did_work(); });
}

RunResult run(const Scenario& scenario, const RunOptions& options) {
  RunResult result{options.run_id, {}, {}};
  lake::Lake lake(options.lake);
  const auto keep = [&](std::string stage, const std::function<StageRecord()>& work) {
    result.stages.push_back(recorded(lake, options.run_id, std::move(stage), work));
  };

  SimulateOptions simulate;
  simulate.out = options.data;
  simulate.truth = options.truth;
  simulate.from = options.from;
  simulate.to = options.to;
  simulate.overwrite = options.overwrite;
  simulate.threads = options.threads;
  simulate.quiet = options.quiet;
  keep("simulate", [&] { return simulate_stage(scenario, simulate); });

  ExtractOptions extract;
  extract.from = options.from;
  extract.to = options.to;
  extract.check = extract::Check::counts;  // simulate_stage has hashed every file
  extract.overwrite = options.overwrite;
  extract.threads = options.threads;
  extract.quiet = options.quiet;
  {
    const LocalApi api = local_api("", options.data.string(), options.threads);
    extract.api = api.url;
    keep("extract", [&] { return extract_stage(extract, lake); });
  }
  keep("validate", [&] {
    return validate_stage({options.max_rejected, options.from, options.to}, lake);
  });
  keep("transform", [&] {
    return transform_stage({options.run_id, options.threads, options.quiet}, lake);
  });
  result.report = make_report(lake, {});
  return result;
}

}  // namespace retailsim::pipeline
