// How well validate and clean found the defects that were put into the feed: for every kind
// and column, precision (what was found is a defect) and recall (what is a defect was found).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "lake/lake.h"
#include "model/quality.h"

namespace retailsim::pipeline {

struct DefectScore {
  DefectKind kind;
  std::string table;
  std::string column;  // empty: the whole row
  std::int64_t true_count = 0;
  std::int64_t found_count = 0;
  std::int64_t both = 0;  // found, and true

  // None where the denominator is 0.
  std::optional<double> precision() const;
  std::optional<double> recall() const;
  DefectScore& operator+=(const DefectScore& other);
};

struct QualityScore {
  std::vector<DefectScore> by_column;  // by kind, table and column
  std::vector<DefectScore> by_kind;    // their sums; table and column are empty
};

// Compares the truth of a feed with the quarantine and the findings of a lake. Rows are
// compared by key; where a defect hides the key (malformed, null and mistyped keys), by number
// per table, feed date and column; a new column is found when a run record names it.
// Throws Failure(wrong_usage) when `truth` is no truth folder, or that of another feed.
QualityScore score_quality(lake::Lake& lake, const std::filesystem::path& truth);

}  // namespace retailsim::pipeline
