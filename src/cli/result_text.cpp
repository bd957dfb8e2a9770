#include "cli/result_text.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/report_text.h"

namespace retailsim::cli {

std::string summary_of(const pipeline::StageRecord& record) {
  std::int64_t written = 0, current = 0, rows = 0, refused = 0;
  for (const auto& [table, each] : record.tables) {
    written += each.objects_written;
    current += each.objects_current;
    rows += each.passage.rows_out;
    refused += each.passage.quarantined;
  }
  std::string text = record.stage + ": ";
  if (written == 0 && current > 0) {
    text += fmt::format("nothing to do, {} up to date", with_thousands(current));
  } else if (written > 0) {
    text += fmt::format("{} written", with_thousands(written));
    if (current > 0) text += fmt::format(", {} up to date", with_thousands(current));
    text += fmt::format(", {} rows", with_thousands(rows));
  } else {
    text += fmt::format("{} rows", with_thousands(rows));
  }
  if (refused > 0) text += fmt::format(", {} quarantined", with_thousands(refused));
  return text + fmt::format(" ({:.1f} s)", record.seconds);
}

nlohmann::ordered_json run_json(const pipeline::RunResult& result) {
  nlohmann::ordered_json stages = nlohmann::ordered_json::array();
  for (const auto& stage : result.stages) stages.push_back(to_json(stage));
  return {{"run_id", result.run_id},
          {"did_work", result.did_work()},
          {"stages", std::move(stages)},
          {"report", report_json(result.report)}};
}

void print_record(const pipeline::StageRecord& record, const Common& common) {
  if (common.json) {
    fmt::print("{}\n", to_json(record).dump(1));
  } else if (!common.quiet) {
    fmt::print("{}\n", summary_of(record));
  }
}

}  // namespace retailsim::cli
