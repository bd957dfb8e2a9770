#include "pipeline/run_record.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>

#include "base/failure.h"
#include "lake/lake.h"
#include "model/time.h"

namespace retailsim::pipeline {

void StageRecord::finish() {
  seconds = std::chrono::duration<double>(std::chrono::system_clock::now() - started_at).count();
}

bool StageRecord::did_work() const {
  return std::ranges::any_of(tables,
                             [](const auto& each) { return each.second.objects_written > 0; });
}

void StageRecord::require_balance() const {
  for (const auto& [table, record] : tables) {
    const transform::Passage& p = record.passage;
    if (p.balances()) continue;
    throw Failure(
        FailureKind::corrupt_data,
        fmt::format("{}: rows or cents of {} were lost: {} rows in, {} out, {} quarantined, {} "
                    "duplicates; {} cents in, {} out, {} quarantined, {} duplicates, {} added by "
                    "repairs",
                    stage, table, p.rows_in, p.rows_out, p.quarantined, p.duplicates, p.cents_in,
                    p.cents_out, p.cents_quarantined, p.cents_duplicates, p.cents_repaired),
        "nothing was published; report this with the run record");
  }
}

std::string new_run_id() {
  std::string stamp =
      to_text(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
  std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
  return fmt::format("{}-{:06x}", stamp, std::random_device{}() & 0xffffffu);
}

nlohmann::ordered_json to_json(const StageRecord& record) {
  nlohmann::ordered_json tables = nlohmann::ordered_json::object();
  for (const auto& [table, each] : record.tables) {
    const transform::Passage& p = each.passage;
    tables[table] = {{"rows_in", p.rows_in},
                     {"rows_out", p.rows_out},
                     {"quarantined", p.quarantined},
                     {"duplicates", p.duplicates},
                     {"repaired", p.repaired},
                     {"cents_in", p.cents_in},
                     {"cents_out", p.cents_out},
                     {"cents_quarantined", p.cents_quarantined},
                     {"cents_duplicates", p.cents_duplicates},
                     {"cents_repaired", p.cents_repaired},
                     {"objects_written", each.objects_written},
                     {"objects_current", each.objects_current}};
    if (!p.unknown_columns.empty()) tables[table]["unknown_columns"] = p.unknown_columns;
  }
  nlohmann::ordered_json whole = {{"stage", record.stage},
                                  {"started_at", to_text(Instant{record.started_at})},
                                  {"seconds", record.seconds}};
  if (!record.error.empty()) whole["error"] = record.error;
  if (!record.hint.empty()) whole["hint"] = record.hint;
  for (const auto& [name, count] : record.counts) whole[name] = count;
  whole["tables"] = std::move(tables);
  return whole;
}

void write_record(lake::Lake& lake, const std::string& run_id, const StageRecord& record,
                  const std::string& suffix) {
  lake.store().put(fmt::format("_runs/{}/{}{}.json", run_id, record.stage, suffix),
                   to_json(record).dump(1) + "\n");
}

StageRecord recorded(lake::Lake& lake, const std::string& run_id, std::string stage,
                     const std::function<StageRecord()>& work, const std::string& suffix) {
  StageRecord failed(std::move(stage));
  try {
    StageRecord record = work();
    write_record(lake, run_id, record, suffix);
    return record;
  } catch (const Failure& failure) {
    if (failure.kind() == FailureKind::wrong_usage) throw;
    failed.finish();
    failed.error = failure.what();
    failed.hint = failure.hint();
    try {
      write_record(lake, run_id, failed, suffix);
    } catch (const Failure&) {
      // A lake that can't be written either must not hide what went wrong first.
    }
    throw;
  }
}

}  // namespace retailsim::pipeline
