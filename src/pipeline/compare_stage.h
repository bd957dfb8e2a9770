// Two scenarios with the same random numbers -> the exact effect of what they differ in: KPIs by
// store and category, and the rows. What is compared is the truth, whatever the defects of the
// feeds.
#pragma once

#include <filesystem>
#include <vector>

#include "model/scenario.h"
#include "pipeline/compare/comparison.h"

namespace retailsim::pipeline {

struct CompareOptions {
  std::vector<PromoId> without{};      // promotions of A that B does not have
  std::optional<Day> from{}, to{};     // business dates, inclusive; absent: the scenarios'
  std::vector<std::int64_t> stores{};  // by id; empty: every store
  std::filesystem::path rows{};        // a folder for the rows that differ; empty: none
  bool overwrite = false;              // replace the rows of another comparison
  int threads = 1;
  bool quiet = true;
};

// Simulates both, cell by cell: memory holds a few cells, however long the scenarios are. The
// result and the files are the same with any number of threads.
// Throws Failure(wrong_usage) when the scenarios are no twins (pipeline/compare/twins.h), when a
// promotion, store or day does not exist, or as DifferingRows does.
Comparison compare_stage(const Scenario& a, Scenario b, const CompareOptions& options);

}  // namespace retailsim::pipeline
