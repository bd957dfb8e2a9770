#include "cli/score_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace retailsim::cli {
namespace {

using Json = nlohmann::ordered_json;
using pipeline::DefectScore;
using namespace transform::realism;

constexpr std::string_view unknown = "—";

Json or_null(const std::optional<double>& number) { return number ? Json(*number) : Json(nullptr); }

// --- data quality -----------------------------------------------------------------

std::string shown(const std::optional<double>& share) {
  return share ? fmt::format("{:.4f}", *share) : std::string{unknown};
}

Json json_of(const DefectScore& row) {
  Json json = {{"kind", label(row.kind)}};
  if (!row.table.empty()) {
    json["table"] = row.table;
    json["column"] = row.column;
  }
  json["true"] = row.true_count;
  json["found"] = row.found_count;
  json["both"] = row.both;
  json["precision"] = or_null(row.precision());
  json["recall"] = or_null(row.recall());
  return json;
}

Json json_of(const pipeline::QualityScore& score) {
  Json kinds = Json::array(), columns = Json::array();
  for (const auto& row : score.by_kind) kinds.push_back(json_of(row));
  for (const auto& row : score.by_column) columns.push_back(json_of(row));
  return {{"by_kind", std::move(kinds)}, {"by_column", std::move(columns)}};
}

// --- realism ----------------------------------------------------------------------

std::string shown(double value, Unit unit) {
  switch (unit) {
    case Unit::share:
      return fmt::format("{:.1f} %", 100 * value);
    case Unit::lines:
      return fmt::format("{:.0f}", value);
    case Unit::days:
      return fmt::format("{:.1f}", value);
    case Unit::ratio:
    case Unit::slope:
    case Unit::money:
      break;
  }
  return fmt::format("{:.2f}", value);
}

std::string shown(const std::optional<Band>& band, Unit unit) {
  if (!band) return std::string{unknown};
  return fmt::format("{} .. {}", shown(band->low, unit), shown(band->high, unit));
}

std::string_view shown(Verdict verdict) {
  return verdict == Verdict::none ? unknown : label(verdict);
}

Json json_of(const Reading& reading) {
  const Figure& figure = *reading.figure;
  const auto& band = figure.band;
  Json json = {
      {"key", figure.key},
      {"value", or_null(reading.measure.value)},
      {"low", band ? Json(band->low) : Json(nullptr)},
      {"high", band ? Json(band->high) : Json(nullptr)},
      {"verdict", reading.verdict == Verdict::none ? Json(nullptr) : Json(label(reading.verdict))},
      {"unit", label(figure.unit)},
      {"meaning", figure.meaning},
      {"source", figure.source}};
  if (!reading.measure.value) json["reason"] = reading.measure.reason;
  return json;
}

std::int64_t inside(Readings readings) {
  return std::ranges::count(readings, Verdict::ok, &Reading::verdict);
}
// Those that can be held against a band.
std::int64_t measured(Readings readings) {
  return std::ssize(readings) - std::ranges::count(readings, Verdict::none, &Reading::verdict);
}

}  // namespace

std::string quality_table(const pipeline::QualityScore& score) {
  std::string text = "Data quality: defects put into the feed, and what was found of them\n\n";
  text += fmt::format("{:<18}{:<18}{:<18}{:>9}{:>9}{:>11}{:>9}\n", "kind", "table", "column",
                      "true", "found", "precision", "recall");
  const auto line = [&](std::string_view kind, const DefectScore& row) {
    text += fmt::format("{:<18}{:<18}{:<18}{:>9}{:>9}{:>11}{:>9}\n", kind, row.table, row.column,
                        with_thousands(row.true_count), with_thousands(row.found_count),
                        shown(row.precision()), shown(row.recall()));
  };
  for (const auto& kind : score.by_kind) {
    line(label(kind.kind), kind);
    for (const auto& row : score.by_column)
      if (row.kind == kind.kind) line("", row);
  }
  return text;
}

std::string realism_table(Readings readings) {
  constexpr auto row = "{:<36}{:>10}{:>20}  {:<8}{}";
  std::string text = "Realism: the figures of this chain, and where those of a real one lie\n\n";
  const auto add = [&](auto... cells) {
    std::string line = fmt::format(row, cells...);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  add("figure", "value", "band", "verdict", "");
  for (const auto& [figure, measure, verdict] : readings) {
    add(figure->name, measure.value ? shown(*measure.value, figure->unit) : std::string{unknown},
        shown(figure->band, figure->unit), shown(verdict), measure.reason);
  }
  text += fmt::format("\n{} of {} measured figures are inside their band\n", inside(readings),
                      measured(readings));
  return text;
}

Json score_json(const std::optional<pipeline::QualityScore>& score, Readings readings) {
  Json figures = Json::array();
  for (const auto& reading : readings) figures.push_back(json_of(reading));
  return {{"data_quality", score ? json_of(*score) : Json(nullptr)},
          {"realism", std::move(figures)},
          {"inside", inside(readings)},
          {"measured", measured(readings)}};
}

}  // namespace retailsim::cli
