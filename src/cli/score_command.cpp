#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "pipeline/score_stage.h"

namespace retailsim::cli {
namespace {

using pipeline::DefectScore;

std::string shown(const std::optional<double>& share) {
  return share ? fmt::format("{:.4f}", *share) : "—";
}

nlohmann::ordered_json json_of(const DefectScore& row) {
  const auto number = [](const std::optional<double>& share) {
    return share ? nlohmann::ordered_json(*share) : nlohmann::ordered_json(nullptr);
  };
  nlohmann::ordered_json json = {{"kind", label(row.kind)}};
  if (!row.table.empty()) {
    json["table"] = row.table;
    json["column"] = row.column;
  }
  json["true"] = row.true_count;
  json["found"] = row.found_count;
  json["both"] = row.both;
  json["precision"] = number(row.precision());
  json["recall"] = number(row.recall());
  return json;
}

void print_json(const pipeline::QualityScore& score) {
  nlohmann::ordered_json kinds = nlohmann::ordered_json::array(), columns = kinds;
  for (const auto& row : score.by_kind) kinds.push_back(json_of(row));
  for (const auto& row : score.by_column) columns.push_back(json_of(row));
  const nlohmann::ordered_json whole = {
      {"data_quality", {{"by_kind", std::move(kinds)}, {"by_column", std::move(columns)}}}};
  fmt::print("{}\n", whole.dump(1));
}

void print_table(const pipeline::QualityScore& score) {
  fmt::print("Data quality: defects put into the feed, and what was found of them\n\n");
  fmt::print("{:<18}{:<18}{:<18}{:>9}{:>9}{:>11}{:>9}\n", "kind", "table", "column", "true",
             "found", "precision", "recall");
  const auto line = [](std::string_view kind, const DefectScore& row) {
    fmt::print("{:<18}{:<18}{:<18}{:>9}{:>9}{:>11}{:>9}\n", kind, row.table, row.column,
               with_thousands(row.true_count), with_thousands(row.found_count),
               shown(row.precision()), shown(row.recall()));
  };
  for (const auto& kind : score.by_kind) {
    line(label(kind.kind), kind);
    for (const auto& row : score.by_column)
      if (row.kind == kind.kind) line("", row);
  }
}

Action declare(CLI::App& app, const Common& common) {
  struct Options {
    std::string lake = "lake", truth = "truth";
  };
  const auto options = std::make_shared<Options>();
  add_lake(app, options->lake);
  app.add_option("--truth", options->truth, "The truth folder of the feed that the lake holds")
      ->capture_default_str();
  return [options, &common] {
    lake::Lake lake(options->lake, lake::Expect::a_lake);
    const auto score = pipeline::score_quality(lake, options->truth);
    if (common.json) {
      print_json(score);
    } else {
      print_table(score);
    }
    return exit_ok;
  };
}

}  // namespace

Command score_command() {
  return {"score", "Grade the cleaning: which defects of the feed were found, by kind and column",
          "retailsim score --lake lake --truth truth", declare};
}

}  // namespace retailsim::cli
