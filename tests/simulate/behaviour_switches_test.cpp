// Every behaviour can be turned off, and then does nothing.
#include "model/scenario_behaviours.h"

#include <gtest/gtest.h>

#include <set>

#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

// The small chain with every behaviour on, long enough to see each.
Scenario everything_on() {
  Scenario scenario = tiny_scenario();
  scenario.to = scenario.from + std::chrono::days(7 * 26 - 1);
  scenario.markdown_share = 0.05;
  scenario.weighed_share = 0.5;
  scenario.late_join_share = 0.3;
  scenario.churn_share = 0.3;
  scenario.launched_share = 0.2;
  scenario.delisted_share = 0.2;
  scenario.frequent_share = 0.2;
  scenario.wander_share = 0.2;
  scenario.store_core_share = 0.6;
  scenario.forgotten_card = 0.1;
  scenario.product_count = 600;
  scenario.stock_is_tracked = 1;
  scenario.stock_missed_share = 0.2;
  scenario.store_refit_share = 1;
  scenario.store_refit_weeks = 12;
  scenario.distance_exponent = 2;
  scenario.staffing = 1;
  scenario.collection_share = 0.4;
  scenario.clearance_weeks = 4;
  scenario.online_share = 0.3;
  scenario.collect_share = 0.5;
  return scenario;
}

// Rows of five weeks at two stores.
std::vector<CellRows> some_cells(const Scenario& scenario) {
  const auto world = build_world(scenario);
  std::vector<CellRows> cells;
  for (const int week : {0, 6, 12, 18, 25})
    for (const std::size_t store : {0u, 2u})
      cells.push_back(cell_of(*world, store, world->first_week() + week));
  return cells;
}

bool are_same(const std::vector<CellRows>& a, const std::vector<CellRows>& b) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!same_rows(a[i], b[i]) || !same_stock(a[i], b[i])) return false;
  return true;
}

TEST(BehaviourSwitches, EachChangesWhatHappensAndAsksForNothingElse) {
  const Scenario all_on = everything_on();
  const auto with_all = some_cells(all_on);
  for (const BehaviourSwitch& each : behaviour_switches()) {
    Scenario without = all_on;
    without.behaviours_off = {std::string{each.name}};
    EXPECT_FALSE(are_same(with_all, some_cells(without))) << each.name;
  }
}

TEST(BehaviourSwitches, ChainWithoutAnyBehaviourStillSells) {
  Scenario bare = everything_on();
  for (const BehaviourSwitch& each : behaviour_switches())
    bare.behaviours_off.emplace_back(each.name);
  for (const CellRows& cell : some_cells(bare)) {
    EXPECT_GT(cell.lines.size(), 100u);
    for (const TransactionLine& line : cell.lines) {
      EXPECT_EQ(line.kind, Kind::sale);
      EXPECT_EQ(line.quantity, 1);
      EXPECT_EQ(line.discount.value, 0);
      EXPECT_FALSE(line.promo_id);
    }
  }
}

TEST(BehaviourSwitches, TurningOneOffTwiceIsTurningItOffOnce) {
  Scenario once = everything_on();
  once.behaviours_off = {"promotions"};
  Scenario twice = once;
  twice.behaviours_off = {"promotions", "promotions"};
  EXPECT_TRUE(are_same(some_cells(once), some_cells(twice)));
}

TEST(BehaviourSwitches, NamesAreDistinctAndMeaningsAreSentences) {
  std::set<std::string_view> names;
  for (const BehaviourSwitch& each : behaviour_switches()) {
    EXPECT_TRUE(names.insert(each.name).second) << each.name;
    EXPECT_EQ(each.meaning.back(), '.') << each.name;
  }
}

}  // namespace
}  // namespace retailsim::simulate
