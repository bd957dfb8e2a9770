#include "cli/commands.h"

namespace retailsim::cli {

std::span<const Command> all_commands() {
  static const Command all[] = {run_command(),       simulate_command(), replay_command(),
                                serve_command(),     extract_command(),  validate_command(),
                                transform_command(), report_command(),   compare_command(),
                                dashboard_command(), redshift_command(), score_command(),
                                scenario_command(),  schema_command()};
  return all;
}

}  // namespace retailsim::cli
