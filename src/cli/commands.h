// Every subcommand, in the order in which --help lists them.
#pragma once

#include "cli/command.h"

namespace retailsim::cli {

Command run_command();
Command simulate_command();
Command replay_command();
Command serve_command();
Command extract_command();
Command validate_command();
Command transform_command();
Command report_command();
Command compare_command();
Command dashboard_command();
Command redshift_command();
Command score_command();
Command scenario_command();
Command schema_command();

}  // namespace retailsim::cli
