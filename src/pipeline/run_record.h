// What a run did: per stage and table the rows and cents that went in and came out, so that
// nothing is lost unnoticed. Written to _runs/<run_id>/ in the lake and printed by --json.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "transform/delivered.h"

namespace retailsim::lake {
class Lake;
}

namespace retailsim::pipeline {

struct TableRecord {
  transform::Passage passage;
  std::int64_t objects_written = 0;
  std::int64_t objects_current = 0;  // found up to date, left alone
};

struct StageRecord {
  explicit StageRecord(std::string name) : stage(std::move(name)) {}

  std::string stage;
  std::map<std::string, TableRecord> tables;
  std::map<std::string, std::int64_t> counts;  // others, such as "retries"
  std::chrono::sys_time<std::chrono::milliseconds> started_at =
      std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  double seconds = 0;
  std::string error;  // empty: the stage did its work
  std::string hint;

  // Notes the time since it was made.
  void finish();
  bool did_work() const;
  // Throws Failure(corrupt_data) when rows or cents of a table do not add up.
  void require_balance() const;
};

// Ids sort by time: 20240131T081500Z-1a2b3c.
std::string new_run_id();

nlohmann::ordered_json to_json(const StageRecord& record);
// As _runs/<run_id>/<stage><suffix>.json; a suffix such as "-visit" keeps the records of
// stages that run table by table apart.
void write_record(lake::Lake& lake, const std::string& run_id, const StageRecord& record,
                  const std::string& suffix = "");

// Does a stage's work and writes its record. The failure of work that had begun (so not wrong
// usage) is recorded as well, before it goes on to the caller.
StageRecord recorded(lake::Lake& lake, const std::string& run_id, std::string stage,
                     const std::function<StageRecord()>& work, const std::string& suffix = "");

}  // namespace retailsim::pipeline
