#include "pipeline/score_stage.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "base/failure.h"
#include "base/files.h"
#include "feed/manifest.h"
#include "lake/beside.h"
#include "lake/source.h"

namespace retailsim::pipeline {
namespace {

using Group = std::tuple<DefectKind, std::string, std::string>;  // kind, table, column
using Counts = std::map<std::string, std::int64_t>;              // by what identifies a case
using Cases = std::map<Group, Counts>;

// A defect that hides the key, or strikes many rows at once, can only be counted.
bool is_counted(DefectKind kind) {
  return kind == DefectKind::malformed || kind == DefectKind::null_key ||
         kind == DefectKind::mistyped_key;
}

void add(Cases& cases, DefectKind kind, const std::string& table, const std::string& column,
         const std::string& key, const std::optional<Day>& feed_date) {
  if (kind == DefectKind::schema_drift) {
    cases[{kind, table, column}][""] = 1;  // a column is new once
    return;
  }
  const std::string day = feed_date ? to_text(*feed_date) : "";
  cases[{kind, table, column}][is_counted(kind) ? day : key] += 1;
}

Cases read_truth(const std::filesystem::path& folder, const std::string& digest) {
  const feed::Manifest manifest = feed::read_manifest(folder);
  if (manifest.digest != digest) {
    throw Failure(
        FailureKind::wrong_usage,
        fmt::format("{} is the truth of another feed ({})", folder.string(), manifest.source),
        "name the truth folder of the run that filled the lake with --truth");
  }
  Cases truth;
  const auto files = manifest.tables.find(TruthDefect::table);
  if (files == manifest.tables.end()) return truth;
  for (const auto& [feed_date, facts] : files->second) {
    const MappedFile file(feed::file_of(folder, TruthDefect::table, feed_date));
    std::string_view text = file.text();
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      const auto row = nlohmann::json::parse(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
      const auto words = labels(DefectKind{});
      const auto kind = static_cast<DefectKind>(
          std::ranges::find(words, row.at("kind").get<std::string>()) - words.begin());
      const auto& column = row.at("column_name");
      add(truth, kind, row.at("table_name").get<std::string>(),
          column.is_null() ? "" : column.get<std::string>(), row.at("key").get<std::string>(),
          parse_day(row.at("feed_date").get<std::string>()));
    }
  }
  return truth;
}

// "lines[2].product_id" -> "product_id".
std::string column_of(const std::string& field) {
  const auto dot = field.rfind('.');
  return dot == std::string::npos ? field : field.substr(dot + 1);
}

// The paths of what lies beside the objects of a table.
std::vector<std::string> paths_of(lake::Lake& lake, lake::Beside which, std::string_view table) {
  std::vector<std::string> paths;
  const std::string folder = fmt::format("{}/{}", label(which), table);
  for (const auto& object : lake.store().list(folder))
    if (object.path.ends_with(".parquet")) paths.push_back(object.path);
  return paths;
}

template <class Row, class Visit>
void for_each_beside(lake::Lake& lake, lake::Beside which, std::string_view table,
                     const Visit& visit) {
  for (const auto& path : paths_of(lake, which, table)) {
    for (const auto& row : columnar::rows_of<Row>(lake.read<Row>(path, Layer::clean))) visit(row);
  }
}

// The columns that extract met and no table has, as its run records name them.
void read_unknown_columns(lake::Lake& lake, Cases& found) {
  for (const auto& object : lake.store().list("_runs")) {
    if (object.path.find("/extract") == std::string::npos) continue;
    const auto text = lake.store().read(object.path);
    const auto record = nlohmann::json::parse(text.value_or(""), nullptr, false);
    if (!record.is_object() || !record.contains("tables")) continue;
    for (const auto& [table, facts] : record["tables"].items()) {
      if (!facts.contains("unknown_columns")) continue;
      for (const auto& [column, rows] : facts["unknown_columns"].items())
        add(found, DefectKind::schema_drift, table, column, "", std::nullopt);
    }
  }
}

Cases read_found(lake::Lake& lake) {
  Cases found;
  LakeTables::for_each([&]<class Table>() {
    const std::string table{Table::table};
    const auto note = [&](const auto& row) {
      const RuleFacts* const rule = find_rule(row.rule);
      if (rule != nullptr && rule->kind)
        add(found, *rule->kind, table, column_of(row.field), row.key, row.feed_date);
    };
    for_each_beside<QuarantinedRow>(lake, lake::Beside::quarantine, table, note);
    for_each_beside<Finding>(lake, lake::Beside::findings, table, note);
  });
  read_unknown_columns(lake, found);
  return found;
}

std::int64_t sum(const Counts& counts) {
  std::int64_t all = 0;
  for (const auto& [key, count] : counts) all += count;
  return all;
}

std::int64_t common(const Counts& left, const Counts& right) {
  std::int64_t both = 0;
  for (const auto& [key, count] : left) {
    const auto other = right.find(key);
    if (other != right.end()) both += std::min(count, other->second);
  }
  return both;
}

std::optional<double> share(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::optional<double> DefectScore::precision() const { return share(both, found_count); }
std::optional<double> DefectScore::recall() const { return share(both, true_count); }

DefectScore& DefectScore::operator+=(const DefectScore& other) {
  true_count += other.true_count;
  found_count += other.found_count;
  both += other.both;
  return *this;
}

QualityScore score_quality(lake::Lake& lake, const std::filesystem::path& truth_folder) {
  const auto source = lake::read_source(lake.store());
  if (!source) {
    throw Failure(FailureKind::wrong_usage,
                  fmt::format("{} holds no rows yet", lake.store().display("raw")),
                  "retailsim run scenarios/stress.toml --max-rejected 1");
  }
  Cases truth = read_truth(truth_folder, source->digest);
  const Cases found = read_found(lake);
  for (const auto& [group, counts] : found) truth[group];
  QualityScore score;
  for (const auto& [group, counts] : truth) {
    const auto& [kind, table, column] = group;
    DefectScore row{kind, table, column, sum(counts), 0, 0};
    if (const auto other = found.find(group); other != found.end()) {
      row.found_count = sum(other->second);
      row.both = common(counts, other->second);
    }
    if (score.by_kind.empty() || score.by_kind.back().kind != kind)
      score.by_kind.push_back({kind, "", "", 0, 0, 0});
    score.by_kind.back() += row;
    score.by_column.push_back(std::move(row));
  }
  return score;
}

}  // namespace retailsim::pipeline
