#include "pipeline/run_record.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "base/files.h"
#include "lake/lake.h"
#include "support/temporary_folder.h"

namespace retailsim::pipeline {
namespace {

StageRecord record_of(const transform::Passage& passage) {
  StageRecord record{"transform"};
  record.tables["transaction_line"].passage = passage;
  return record;
}

// Ten rows of 1.00; one refused, one a duplicate, one repaired from 0.50 to 1.00.
transform::Passage whole() {
  transform::Passage passage;
  passage.rows_in = 10;
  passage.rows_out = 8;
  passage.quarantined = passage.duplicates = 1;
  passage.cents_in = 950;
  passage.cents_out = 800;
  passage.cents_quarantined = passage.cents_duplicates = 100;
  passage.cents_repaired = 50;
  return passage;
}

TEST(Balance, RowsAndCentsThatAreAllAccountedForPass) {
  EXPECT_NO_THROW(record_of(whole()).require_balance());
}

TEST(Balance, ALostRowOrCentFailsTheRunAndNamesTheTable) {
  auto lost_row = whole(), lost_cent = whole(), silent_repair = whole();
  --lost_row.rows_out;
  --lost_cent.cents_out;
  silent_repair.cents_repaired = 0;
  for (const auto& passage : {lost_row, lost_cent, silent_repair}) {
    try {
      record_of(passage).require_balance();
      ADD_FAILURE() << "nothing was noticed";
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.kind(), FailureKind::corrupt_data);
      EXPECT_NE(std::string{failure.what()}.find("transaction_line were lost"), std::string::npos);
    }
  }
}

TEST(Recorded, WorkThatFailsIsWrittenDownAndStillFails) {
  const TemporaryFolder folder;
  lake::Lake lake(folder.path().string());
  const auto refused = []() -> StageRecord {
    throw Failure(FailureKind::data_refused, "too many", "look");
  };
  EXPECT_THROW(recorded(lake, "r1", "validate", refused, "-x"), Failure);
  const auto found =
      nlohmann::json::parse(read_file(folder.path() / "_runs" / "r1" / "validate-x.json"));
  EXPECT_EQ(found["stage"], "validate");
  EXPECT_EQ(found["error"], "too many");
  EXPECT_EQ(found["hint"], "look");

  recorded(
      lake, "r1", "validate", [] { return StageRecord("validate"); }, "-x");
  const auto later =
      nlohmann::json::parse(read_file(folder.path() / "_runs" / "r1" / "validate-x.json"));
  EXPECT_FALSE(later.contains("error"));
}

TEST(Recorded, ACommandThatCouldNotBeginLeavesNothing) {
  const TemporaryFolder folder;
  lake::Lake lake(folder.path().string());
  const auto misused = []() -> StageRecord { throw Failure(FailureKind::wrong_usage, "no"); };
  EXPECT_THROW(recorded(lake, "r1", "extract", misused), Failure);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "_runs"));
}

}  // namespace
}  // namespace retailsim::pipeline
