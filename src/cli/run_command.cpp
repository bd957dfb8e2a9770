#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/report_text.h"
#include "cli/result_text.h"
#include "pipeline/run.h"

namespace retailsim::cli {
namespace {

void print_result(const pipeline::RunResult& result, const std::string& data,
                  const std::string& lake, const Common& common) {
  if (common.json) {
    fmt::print("{}\n", run_json(result).dump(1));
    return;
  }
  if (!common.quiet) {
    for (const auto& stage : result.stages) fmt::print("{}\n", summary_of(stage));
    if (!result.did_work()) fmt::print("nothing to do: the lake is up to date\n");
    fmt::print("\n");
  }
  fmt::print("{}", report_table(result.report));
  if (!common.quiet) {
    fmt::print(
        "\nNext:\n"
        "  one day      retailsim report --lake {0} --from {1} --to {1}\n"
        "  the API      retailsim serve --data {2}\n"
        "  in DuckDB    SELECT * FROM '{0}/gold/store_day/**/*.parquet'\n",
        lake, to_text(result.report.through), data);
  }
}

Action declare_run(CLI::App& app, const Common& common) {
  struct Options {
    ScenarioOptions scenario;
    std::string data = "data_api", lake = "lake";
    DateRange dates;
    double max_rejected = 0.02;
    bool overwrite = false;
  };
  const auto options = std::make_shared<Options>();
  add_scenario(app, options->scenario);
  add_data(app, options->data);
  add_lake(app, options->lake);
  add_dates(app, options->dates, "feed date");
  add_max_rejected(app, options->max_rejected);
  app.add_flag("--overwrite", options->overwrite,
               "Replace the feed and the lake of another scenario");
  return [options, &common] {
    require_order(options->dates);
    pipeline::RunOptions run;
    run.run_id = run_id_of(common);
    run.data = options->data;
    run.truth = truth_beside(options->data);
    run.lake = options->lake;
    run.from = options->dates.from;
    run.to = options->dates.to;
    run.max_rejected = options->max_rejected;
    run.overwrite = options->overwrite;
    run.threads = threads_of(common);
    run.quiet = common.quiet || common.json;
    print_result(pipeline::run(scenario_of(options->scenario), run), options->data, options->lake,
                 common);
    return exit_ok;
  };
}

}  // namespace

Command run_command() {
  return {"run", "The whole pipeline: simulate, serve, extract, validate, transform, report",
          "retailsim run scenarios/tiny.toml --data data_api --lake lake", declare_run};
}

}  // namespace retailsim::cli
