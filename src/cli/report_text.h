// A report as a table for people and as JSON for machines.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "pipeline/report.h"

namespace retailsim::cli {

std::string report_table(const pipeline::Report& report);
nlohmann::ordered_json report_json(const pipeline::Report& report);

}  // namespace retailsim::cli
