#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/result_text.h"
#include "pipeline/transform_stage.h"

namespace retailsim::cli {
namespace {

Action declare_transform(CLI::App& app, const Common& common) {
  const auto lake_uri = std::make_shared<std::string>("lake");
  add_lake(app, *lake_uri);
  return [lake_uri, &common] {
    const std::string run_id = run_id_of(common);
    lake::Lake lake(*lake_uri, lake::Expect::a_lake);
    const pipeline::TransformOptions transform{run_id, threads_of(common),
                                               common.quiet || common.json};
    print_record(pipeline::recorded(lake, run_id, "transform",
                                    [&] { return pipeline::transform_stage(transform, lake); }),
                 common);
    return exit_ok;
  };
}

}  // namespace

Command transform_command() {
  return {"transform", "Clean the raw layer, sum it up to KPIs, publish",
          "retailsim transform --lake lake", declare_transform};
}

}  // namespace retailsim::cli
