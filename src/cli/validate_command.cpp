#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/result_text.h"
#include "pipeline/validate_stage.h"

namespace retailsim::cli {
namespace {

Action declare_validate(CLI::App& app, const Common& common) {
  struct Options {
    std::string lake = "lake";
    DateRange dates;
    double max_rejected = 0.02;
  };
  const auto options = std::make_shared<Options>();
  add_lake(app, options->lake);
  add_dates(app, options->dates, "feed date");
  add_max_rejected(app, options->max_rejected);
  return [options, &common] {
    require_order(options->dates);
    const std::string run_id = run_id_of(common);
    lake::Lake lake(options->lake, lake::Expect::a_lake);
    const pipeline::GateOptions gate{options->max_rejected, options->dates.from, options->dates.to};
    print_record(pipeline::recorded(lake, run_id, "validate",
                                    [&] { return pipeline::validate_stage(gate, lake); }),
                 common);
    return exit_ok;
  };
}

}  // namespace

Command validate_command() {
  return {"validate", "The quality gate: fail when too many rows were refused",
          "retailsim validate --lake lake --max-rejected 0.02", declare_validate};
}

}  // namespace retailsim::cli
