// The true rows of a scenario as batches of columns, for whoever wants them without a feed or a
// lake: no defects, and nothing is kept of what was handed out.
//
// A batch holds whole cells (a store in a week), week after week and in a week store after store,
// whatever the number of threads. Memory holds the world, a batch and a few cells, so a scenario
// of any length can be streamed.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "columnar/batch.h"
#include "simulate/world.h"

namespace retailsim::pipeline {

// The tables of the lake, and those of truth that do not tell of defects.
std::vector<std::string_view> streamed_tables();
// Its columns, in the types of clean Parquet. Throws Failure(wrong_usage) for another name.
std::vector<columnar::ColumnLayout> columns_of(std::string_view table);

struct StreamOptions {
  std::vector<std::string> tables;
  std::optional<Day> from;  // business dates of events, inclusive; absent: the scenario's
  std::optional<Day> to;
  std::vector<std::size_t> stores;  // indices, ascending; snapshots are whole whatever they are
  int threads = 1;
};

class TableStream {
 public:
  // Throws Failure(wrong_usage) for tables, days or stores that the scenario does not have.
  TableStream(std::shared_ptr<const simulate::World> world, const StreamOptions& options);
  ~TableStream();

  // The next batch of each table, in the order of the options. Snapshots come first, one table
  // after the other; then all tables cover the same cells. So some are empty. Nothing at the end.
  // Throws Failure(interrupted) after Ctrl-C.
  std::optional<std::vector<columnar::Batch>> next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace retailsim::pipeline
