#include "simulate/deliveries.h"

#include <gtest/gtest.h>

#include <map>

#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

std::shared_ptr<const World> stormy(double factor) {
  return tiny_world([&](Scenario& scenario) { scenario.defect_factor = factor; });
}

std::map<DefectKind, int> count_kinds(const World& world) {
  const Deliveries deliveries(world);
  std::map<DefectKind, int> kinds;
  Damage damage;
  for (int week = world.first_week(); week <= world.last_week(); ++week) {
    for (std::size_t store = 0; store < world.stores.size(); ++store) {
      const CellRows rows = cell_of(world, store, week);
      for (const auto& visit : rows.visits) {
        deliveries.strike(visit, damage);
        for (const auto& each : damage.truth) ++kinds[each.kind];
      }
      for (std::size_t i = 0; i < rows.transactions.size(); ++i) {
        deliveries.strike(rows.transactions[i], rows.lines_of(i), damage);
        for (const auto& each : damage.truth) ++kinds[each.kind];
      }
    }
  }
  return kinds;
}

TEST(Deliveries, AFactorOfZeroLeavesEverythingAsItIs) {
  const auto world = stormy(0);
  const Deliveries deliveries(*world);
  EXPECT_FALSE(deliveries.has_defects());
  EXPECT_TRUE(count_kinds(*world).empty());
  EXPECT_EQ(deliveries.delay(0, world->scenario.from, 23), 0);
}

TEST(Deliveries, EveryDefectOfTheListStrikesWhenTheFactorIsHigh) {
  const auto kinds = count_kinds(*stormy(20));
  for (const Defect* defect : all_defects())
    EXPECT_GT(kinds.contains(defect->kind) ? kinds.at(defect->kind) : 0, 0) << label(defect->kind);
}

TEST(Deliveries, ADefectChangesWhatIsSentAndSaysWhatWasTrue) {
  const auto world = stormy(20);
  const Deliveries deliveries(*world);
  Damage damage;
  const CellRows rows = cell_of(*world, 0, world->first_week());
  int struck = 0;
  for (std::size_t i = 0; i < rows.transactions.size(); ++i) {
    deliveries.strike(rows.transactions[i], rows.lines_of(i), damage);
    for (const auto& each : damage.truth) {
      if (!each.column_name || each.table_name != TransactionLine::table ||
          each.kind == DefectKind::orphan)
        continue;
      ++struck;
      const auto line = std::ranges::find(rows.lines_of(i), each.key,
                                          [](const auto& row) { return key_text(row); });
      ASSERT_NE(line, rows.lines_of(i).end());
      EXPECT_EQ(each.true_value, column_text(*line, *each.column_name));
      const auto sent = std::ranges::find_if(damage.overrides, [&](const Override& change) {
        return change.column == *each.column_name &&
               change.child == line - rows.lines_of(i).begin();
      });
      EXPECT_NE(sent, damage.overrides.end());
    }
  }
  EXPECT_GT(struck, 10);
}

TEST(Deliveries, NoLineAndNoReceiptIsStruckTwice) {
  const auto world = stormy(50);
  const Deliveries deliveries(*world);
  Damage damage;
  const CellRows rows = cell_of(*world, 1, world->first_week());
  for (std::size_t i = 0; i < rows.transactions.size(); ++i) {
    deliveries.strike(rows.transactions[i], rows.lines_of(i), damage);
    std::map<std::string, int> times;
    for (const auto& each : damage.truth) EXPECT_EQ(++times[each.table_name + each.key], 1);
  }
}

TEST(Deliveries, LateRowsComeWithinFiveWeeksAndTheirWeekKnowsIt) {
  const auto world = stormy(10);
  const Deliveries deliveries(*world);
  int late = 0;
  for (std::size_t store = 0; store < world->stores.size(); ++store) {
    for (Day day = world->scenario.from; day <= world->scenario.to; day += std::chrono::days(1)) {
      const std::int32_t days = deliveries.delay(store, day, 23);
      EXPECT_EQ(deliveries.delay(store, day, 7), 0) << "the morning came through";
      if (days == 0) continue;
      ++late;
      EXPECT_LE(days, 35);
      const Day sent = day + std::chrono::days(days);
      EXPECT_TRUE(deliveries.sends_late(store, monday_of(week_of(day)), sent, sent));
    }
  }
  EXPECT_GT(late, 3);
}

TEST(Deliveries, AnotherRateOfOneDefectLeavesTheTruthOfTheChainAlone) {
  const auto calm = stormy(0), storm = stormy(20);
  EXPECT_TRUE(
      same_rows(cell_of(*calm, 0, calm->first_week()), cell_of(*storm, 0, storm->first_week())));
}

}  // namespace
}  // namespace retailsim::simulate
