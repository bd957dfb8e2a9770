#include "lake/beside.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "base/failure.h"

namespace retailsim::lake {
namespace {

using Key = std::tuple<std::optional<Day>, std::string, Outcome>;
using Counts = std::map<Key, std::int64_t>;

// [["2024-01-05","duplicate",2,17],…]: day (or null), rule, outcome, rows.
std::string text_of(const Counts& counts) {
  auto whole = nlohmann::ordered_json::array();
  for (const auto& [key, rows] : counts) {
    const auto& [day, rule, outcome] = key;
    auto entry = nlohmann::ordered_json::array();
    entry.push_back(day ? nlohmann::ordered_json(to_text(*day)) : nlohmann::ordered_json(nullptr));
    entry.push_back(rule);
    entry.push_back(static_cast<int>(outcome));
    entry.push_back(rows);
    whole.push_back(std::move(entry));
  }
  return whole.dump();
}

}  // namespace

std::string to_tally(std::span<const QuarantinedRow> rows) {
  Counts counts;
  for (const auto& row : rows) ++counts[{row.feed_date, row.rule, Outcome::quarantined}];
  return text_of(counts);
}

std::string to_tally(std::span<const Finding> rows) {
  Counts counts;
  for (const auto& row : rows) ++counts[{row.feed_date, row.rule, row.outcome}];
  return text_of(counts);
}

std::vector<RuleCount> from_tally(const std::string& tally) {
  std::vector<RuleCount> counts;
  try {
    for (const auto& entry : nlohmann::json::parse(tally)) {
      const auto& day = entry.at(0);
      counts.push_back({day.is_null() ? std::nullopt : parse_day(day.get<std::string>()),
                        entry.at(1).get<std::string>(),
                        static_cast<Outcome>(entry.at(2).get<int>()),
                        entry.at(3).get<std::int64_t>()});
    }
  } catch (const nlohmann::json::exception& error) {
    throw Failure(FailureKind::corrupt_data,
                  fmt::format("a tally of the lake can't be understood: {}", error.what()),
                  "delete the lake's findings/ and quarantine/; the next run makes them again");
  }
  return counts;
}

void remove_beside(Lake& lake, std::string_view table, Layer made_by,
                   const std::optional<Day>& date, const std::optional<Month>& month) {
  for (const Beside which : {Beside::quarantine, Beside::findings})
    lake.remove(beside_path(which, table, made_by, date, month));
}

bool has_all_beside(Lake& lake, const ObjectFacts& facts, std::string_view table, Layer made_by,
                    const std::optional<Day>& date, const std::optional<Month>& month) {
  const auto is_there = [&](Beside which, std::int64_t rows) {
    if (rows == 0) return true;
    const auto beside = lake.facts(beside_path(which, table, made_by, date, month));
    return beside && beside->inputs == facts.inputs;
  };
  return is_there(Beside::quarantine, facts.quarantined) &&
         is_there(Beside::findings, facts.findings);
}

}  // namespace retailsim::lake
