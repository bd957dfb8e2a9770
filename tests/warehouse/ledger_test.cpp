#include "warehouse/ledger.h"

#include <gtest/gtest.h>

#include "base/failure.h"
#include "base/sha256.h"
#include "lake/sql_schema.h"
#include "warehouse/small_lake.h"

namespace retailsim::warehouse {
namespace {

const LoadTable visit{&table_called("visit"), Layer::clean};

// Where Redshift holds `units`, and the table as it is declared.
ResultRows rows_of(const std::vector<LoadUnit>& units) {
  const std::string declared = sha256(lake::redshift_table(*visit.facts, visit.layer));
  ResultRows rows{{"clean.visit", "table", declared, declared}};
  for (const auto& unit : units)
    rows.push_back({"clean.visit", unit.part(), unit.fingerprint, unit.fingerprint});
  return rows;
}

std::vector<std::string> parts_of(const std::vector<LoadUnit>& units) {
  std::vector<std::string> parts;
  for (const auto& unit : units) parts.push_back(unit.part());
  return parts;
}

TEST(Ledger, AnEmptyWarehouseGetsTheTableAndAllItsMonths) {
  SmallLake small;
  const TablePlan plan = plan_table(small.lake, visit, {});
  EXPECT_TRUE(plan.is_new);
  EXPECT_FALSE(plan.is_replaced);
  EXPECT_EQ(parts_of(plan.load), (std::vector<std::string>{"2024-01", "2024-02"}));
  EXPECT_EQ(plan.current, 0);
  EXPECT_EQ(plan.manifests.size(), 2u);
}

TEST(Ledger, WhatIsThereIsLeftAloneUnlessAskedForAgain) {
  SmallLake small;
  const Ledger ledger(rows_of(load_units(small.lake, visit)));
  const TablePlan plan = plan_table(small.lake, visit, ledger);
  EXPECT_FALSE(plan.is_new);
  EXPECT_TRUE(plan.load.empty());
  EXPECT_EQ(plan.current, 2);
  const TablePlan again = plan_table(small.lake, visit, ledger, true);
  EXPECT_EQ(again.load.size(), 2u);
  EXPECT_TRUE(again.is_new);
  EXPECT_FALSE(again.is_replaced);
}

TEST(Ledger, AChangedMonthIsLoadedAndOneThatIsGoneIsRemoved) {
  SmallLake small;
  ResultRows rows = rows_of(load_units(small.lake, visit));
  rows.push_back({"clean.visit", "2023-12", "old", "old"});
  rows.push_back({"clean.visit", "2023-11", "", ""});  // was removed before
  small.put_clean<Visit>(SmallLake::february, "late visits");
  const TablePlan plan = plan_table(small.lake, visit, Ledger(rows));
  EXPECT_EQ(parts_of(plan.load), std::vector<std::string>{"2024-02"});
  EXPECT_EQ(plan.remove, std::vector<std::optional<Month>>{Month{2023 * 12 + 11}});
}

TEST(Ledger, TwoLoadsInOneSecondDoNotTellWhichWasTheLast) {
  SmallLake small;
  ResultRows rows = rows_of(load_units(small.lake, visit));
  rows[1][2] = "another";
  EXPECT_EQ(parts_of(plan_table(small.lake, visit, Ledger(rows)).load),
            std::vector<std::string>{"2024-01"});
}

TEST(Ledger, ATableOfAnotherDeclarationIsReplaced) {
  SmallLake small;
  ResultRows rows = rows_of(load_units(small.lake, visit));
  rows[0][2] = rows[0][3] = "of an older version";
  const TablePlan plan = plan_table(small.lake, visit, Ledger(rows));
  EXPECT_TRUE(plan.is_new);
  EXPECT_TRUE(plan.is_replaced);
  EXPECT_EQ(plan.load.size(), 2u);
}

TEST(Ledger, SomethingElseOfThatNameIsRefused) {
  EXPECT_THROW(Ledger(ResultRows{{"clean.visit", "all"}}), Failure);
  EXPECT_THROW(Ledger(ResultRows{{"clean.visit", "all", std::nullopt, std::nullopt}}), Failure);
}

}  // namespace
}  // namespace retailsim::warehouse
