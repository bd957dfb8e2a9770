#include "pipeline/run_record.h"

#include <gtest/gtest.h>

#include "base/failure.h"

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

}  // namespace
}  // namespace retailsim::pipeline
