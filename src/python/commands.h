// What the command line does, for Python: results are JSON, as --json prints them.
#pragma once

#include <nanobind/nanobind.h>

namespace retailsim::python {

// Declares Scenario in the module.
void bind_scenario(nanobind::module_& module);
// Declares run, simulate, report, score, compare and tables.
void bind_commands(nanobind::module_& module);

}  // namespace retailsim::python
