// The folder of rows that differ: one NDJSON file a table, ordered by store, week and key. Cells
// come week after week, so the text waits in a hidden file until its store's turn; memory holds
// where it lies.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/files.h"

namespace retailsim::pipeline {

class DifferingRows {
 public:
  // `identity` is JSON that says what is compared; it becomes comparison.json. Throws
  // Failure(wrong_usage) when the folder holds another comparison and `overwrite` is false, or
  // anything that is no comparison.
  DifferingRows(std::filesystem::path folder, const std::string& identity, bool overwrite);
  ~DifferingRows();
  DifferingRows(const DifferingRows&) = delete;
  DifferingRows& operator=(const DifferingRows&) = delete;

  // Text of whole lines by table, in the order of ComparedTables. A store's cells come in the
  // order of their weeks.
  void add(std::size_t store, std::span<const std::string> text);
  // Gives the files their names. Without it nothing is left in the folder.
  void finish();

 private:
  struct Table;

  std::filesystem::path folder_;
  FolderLock writer_;
  std::vector<std::unique_ptr<Table>> tables_;
  bool is_finished_ = false;
};

}  // namespace retailsim::pipeline
