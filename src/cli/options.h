// Options that several commands share, declared once so that they read the same everywhere.
#pragma once

#include <optional>
#include <string>

#include "cli/command.h"
#include "model/scenario.h"

namespace retailsim::cli {

struct ScenarioOptions {
  std::string path = "scenarios/quickstart.toml";
  std::optional<std::int64_t> seed;
  std::optional<double> scale;
};
void add_scenario(CLI::App& app, ScenarioOptions& options);
Scenario scenario_of(const ScenarioOptions& options);

struct DateRange {
  std::optional<Day> from, to;
};
void add_dates(CLI::App& app, DateRange& range, const char* of_what);
// Throws Failure(wrong_usage) when the range is the wrong way round.
void require_order(const DateRange& range);

void add_lake(CLI::App& app, std::string& lake);
void add_data(CLI::App& app, std::string& data);
// Where `run` puts the truth of a feed and `score` looks for it: truth/ beside its folder.
std::string truth_beside(const std::string& data);
void add_max_rejected(CLI::App& app, double& share);

// Where an API's token comes from: the first line of a file. Throws Failure(wrong_usage).
std::string read_token(const std::string& file);

}  // namespace retailsim::cli
