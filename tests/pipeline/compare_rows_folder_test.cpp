#include <fstream>
#include <set>

#include "base/files.h"
#include "pipeline/compare/differing_rows.h"
#include "pipeline/compare_fixture.h"

namespace retailsim::pipeline {
namespace {

namespace fs = std::filesystem;
using Text = std::array<std::string, ComparedTables::size>;

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename());
  return names;
}

std::string refused(const fs::path& folder, const std::string& identity) {
  try {
    DifferingRows(folder, identity, false);
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::wrong_usage);
    return std::string{failure.what()}.substr(folder.string().size()) + " | " + failure.hint();
  }
  return "accepted";
}

TEST(DifferingRowsFolder, StoresFollowEachOtherWeekByWeek) {
  const TemporaryFolder folder;
  DifferingRows rows(folder.path(), "{}", false);
  rows.add(1, Text{"1/a\n", "", ""});
  rows.add(0, Text{"0/a\n", "", "x\n"});
  rows.add(1, Text{"1/b\n", "", ""});
  rows.add(0, Text{"0/b\n", "", ""});
  rows.finish();
  EXPECT_EQ(read_file(folder.path() / "visit.ndjson"), "0/a\n0/b\n1/a\n1/b\n");
  EXPECT_EQ(read_file(folder.path() / "transaction.ndjson"), "");
  EXPECT_EQ(read_file(folder.path() / "transaction_line.ndjson"), "x\n");
}

TEST(DifferingRowsFolder, WithoutAnEndNothingIsLeftInIt) {
  const TemporaryFolder folder;
  {
    DifferingRows rows(folder.path(), "{}", false);
    rows.add(0, Text{"a\n", "b\n", "c\n"});
  }
  EXPECT_EQ(names_in(folder.path()), std::set<std::string>{});
}

TEST(DifferingRowsFolder, AnEndLeavesTheTablesAndWhatWasCompared) {
  const TemporaryFolder folder;
  DifferingRows(folder.path(), "{}", false).finish();
  EXPECT_EQ(names_in(folder.path()),
            (std::set<std::string>{"comparison.json", "transaction.ndjson",
                                   "transaction_line.ndjson", "visit.ndjson"}));
}

TEST(DifferingRowsFolder, TheSameComparisonMayBeRepeatedAndAnotherOneNot) {
  const TemporaryFolder folder;
  DifferingRows(folder.path(), "one", false).finish();
  EXPECT_EQ(refused(folder.path(), "two"),
            " holds another comparison | choose another folder, or replace that comparison with "
            "--overwrite");
  EXPECT_EQ(read_file(folder.path() / "comparison.json"), "one");
  DifferingRows(folder.path(), "one", false).finish();
  DifferingRows(folder.path(), "two", true).finish();
  EXPECT_EQ(read_file(folder.path() / "comparison.json"), "two");
}

TEST(DifferingRowsFolder, WhatIsNotOursStaysAsItIs) {
  const TemporaryFolder folder;
  const auto mine = folder.path() / "visit.ndjson";
  std::ofstream(mine) << "mine";
  EXPECT_EQ(refused(folder.path(), "{}"),
            " is no folder of a comparison: it holds visit.ndjson | name an empty folder, or one "
            "that retailsim compare made");
  EXPECT_EQ(refused(mine, "{}"),
            " is no folder | name an empty folder, or one that retailsim compare made");
  EXPECT_EQ(read_file(mine), "mine");
}

}  // namespace
}  // namespace retailsim::pipeline
