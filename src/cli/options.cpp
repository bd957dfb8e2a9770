#include "cli/options.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>

#include "base/failure.h"
#include "base/files.h"

namespace retailsim::cli {
namespace {

// CLI::Range lets "nan" pass.
std::string is_share(const std::string& text) {
  double share = -1;
  const bool is_number = CLI::detail::lexical_cast(text, share);
  return is_number && share >= 0 && share <= 1
             ? std::string{}
             : fmt::format("{} is no share from 0 to 1, such as 0.02", text);
}

}  // namespace

void add_scenario(CLI::App& app, ScenarioOptions& options) {
  app.add_option("SCENARIO", options.path, "Scenario file")->capture_default_str();
  app.add_option("--seed", options.seed, "Another seed than the scenario's");
  app.add_option("--scale", options.scale, "Multiplies stores and households");
}

Scenario scenario_of(const ScenarioOptions& options) {
  Scenario scenario = load_scenario(options.path);
  if (options.seed) scenario.seed = *options.seed;
  if (options.scale) scale(scenario, *options.scale);
  return scenario;
}

void add_dates(CLI::App& app, DateRange& range, const char* of_what) {
  add_date(app, "--from", range.from, fmt::format("First {}", of_what).c_str());
  add_date(app, "--to", range.to, fmt::format("Last {}, inclusive", of_what).c_str());
}

void require_order(const DateRange& range) {
  if (!range.from || !range.to || *range.from <= *range.to) return;
  throw Failure(FailureKind::wrong_usage,
                fmt::format("--from {} is after --to {}", to_text(*range.from), to_text(*range.to)),
                "exchange them: both days are included");
}

void add_lake(CLI::App& app, std::string& lake) {
  app.add_option("--lake", lake, "The lake: a folder, a file:/// address or s3://bucket/prefix")
      ->capture_default_str();
}

void add_data(CLI::App& app, std::string& data) {
  app.add_option("--data", data, "The feed folder")->capture_default_str();
}

std::string truth_beside(const std::string& data) {
  return (std::filesystem::absolute(data).lexically_normal() / "..").lexically_normal() / "truth";
}

void add_max_rejected(CLI::App& app, double& share) {
  app.add_option("--max-rejected", share, "Share of a table's rows that may be refused")
      ->check(is_share)
      ->capture_default_str();
}

std::string read_token(const std::string& file) {
  if (file.empty()) return {};
  std::string text;
  try {
    text = read_file(file);
  } catch (const Failure& failure) {
    throw Failure(failure.kind(), failure.what(),
                  "--token-file names a file whose first line is the token");
  }
  std::string token = text.substr(0, text.find_first_of("\r\n"));
  if (token.empty())
    throw Failure(FailureKind::wrong_usage,
                  fmt::format("{} holds no token in its first line", file),
                  "write the token there, and nothing else");
  return token;
}

}  // namespace retailsim::cli
