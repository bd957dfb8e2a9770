// What a stage says when it is done: a line for people, the record for machines.
#pragma once

#include "cli/command.h"
#include "pipeline/run.h"

namespace retailsim::cli {

// One line, such as "extract: 56 objects written, 3 up to date, 12,345 rows in 0.8 s".
std::string summary_of(const pipeline::StageRecord& record);

// What a run did, and the KPIs.
nlohmann::ordered_json run_json(const pipeline::RunResult& result);

// Prints the record as JSON, or its summary unless --quiet.
void print_record(const pipeline::StageRecord& record, const Common& common);

}  // namespace retailsim::cli
