// Every scenario that comes with the program makes sense, with all its behaviours and without any.
#include <gtest/gtest.h>

#include "model/scenario_behaviours.h"
#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

// Small enough to be built at once; everything else is the scenario's.
Scenario in_small(const std::filesystem::path& file) {
  Scenario scenario = load_scenario(file);
  scenario.store_count = std::min<std::int64_t>(scenario.store_count, 12);
  scenario.household_count = std::min<std::int64_t>(scenario.household_count, 2000);
  scenario.product_count = std::min<std::int64_t>(scenario.product_count, 3000);
  return scenario;
}

void expect_sense(const World& world, const std::string& name) {
  std::size_t lines = 0;
  Weeks weeks(world);
  CellRows rows;
  for (std::size_t store = 0; store < world.stores.size(); ++store) {
    simulate_cell(weeks, world.first_week() + 6, store, rows);
    lines += rows.lines.size();
    for (std::size_t i = 0; i < rows.transactions.size(); ++i) {
      const Transaction& receipt = rows.transactions[i];
      Cents gross, discount, net;
      for (const TransactionLine& line : rows.lines_of(i)) {
        gross += line.gross;
        discount += line.discount;
        net += line.net;
        EXPECT_NE(line.quantity, 0) << name;
        EXPECT_EQ(line.gross - line.discount, line.net) << name;
        EXPECT_GT(line.list_price.value, 0) << name;
        EXPECT_GE(line.unit_cost->value, 1) << name;
      }
      ASSERT_FALSE(rows.lines_of(i).empty()) << name;
      EXPECT_EQ(gross, receipt.gross) << name;
      EXPECT_EQ(discount, receipt.discount) << name;
      EXPECT_EQ(net, receipt.net) << name;
    }
    for (const Visit& visit : rows.visits) {
      EXPECT_GE(visit.business_date, world.scenario.from) << name;
      EXPECT_LE(visit.business_date, world.scenario.to) << name;
    }
  }
  EXPECT_GT(lines, 50u) << name;
}

TEST(Scenarios, SellWithAllTheirBehavioursAndWithoutAny) {
  const auto folder = std::filesystem::path{RETAILSIM_SOURCE_DIR} / "scenarios";
  int count = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != ".toml") continue;
    Scenario scenario = in_small(file.path());
    expect_sense(*build_world(scenario), scenario.name);
    for (const BehaviourSwitch& each : behaviour_switches())
      scenario.behaviours_off.emplace_back(each.name);
    expect_sense(*build_world(scenario), scenario.name + " without behaviours");
    ++count;
  }
  EXPECT_GE(count, 10);
}

}  // namespace
}  // namespace retailsim::simulate
