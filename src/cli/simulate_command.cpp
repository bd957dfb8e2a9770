#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/failure.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/result_text.h"
#include "pipeline/simulate_stage.h"

namespace retailsim::cli {
namespace {

Action declare_simulate(CLI::App& app, const Common& common) {
  struct Options {
    ScenarioOptions scenario;
    std::string out = "data_api", truth;
    DateRange dates;
    int parts = 1, part = 1;
    bool overwrite = false;
  };
  const auto options = std::make_shared<Options>();
  add_scenario(app, options->scenario);
  app.add_option("--out", options->out, "The feed folder to write")->capture_default_str();
  app.add_option("--truth", options->truth,
                 "A folder for what is true and not served: parameters, events, defects");
  add_dates(app, options->dates, "feed date");
  app.add_option("--parts", options->parts, "Split the stores into this many parts")
      ->check(CLI::Range(1, 16'384));
  app.add_option("--part", options->part, "The part to make, from 1")->check(CLI::Range(1, 16'384));
  app.add_flag("--overwrite", options->overwrite, "Replace the feed of another scenario");
  return [options, &common] {
    require_order(options->dates);
    if (options->part > options->parts) {
      throw Failure(FailureKind::wrong_usage,
                    fmt::format("--part {} of --parts {}", options->part, options->parts),
                    fmt::format("--part is 1 to {}", options->parts));
    }
    pipeline::SimulateOptions simulate;
    simulate.out = options->out;
    simulate.truth = options->truth;
    simulate.from = options->dates.from;
    simulate.to = options->dates.to;
    simulate.parts = options->parts;
    simulate.part = options->part;
    simulate.overwrite = options->overwrite;
    simulate.threads = threads_of(common);
    simulate.quiet = common.quiet || common.json;
    print_record(pipeline::simulate_stage(scenario_of(options->scenario), simulate), common);
    return exit_ok;
  };
}

}  // namespace

Command simulate_command() {
  return {"simulate", "Write a scenario's feed: NDJSON files with a manifest",
          "retailsim simulate scenarios/tiny.toml --out data_api", declare_simulate};
}

}  // namespace retailsim::cli
