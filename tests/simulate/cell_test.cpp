#include "simulate/cell.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "simulate/ids.h"
#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

// Every cell of tiny, with its world, computed once for the tests of this file.
struct TinyChain {
  std::shared_ptr<const World> world = tiny_world();
  std::vector<CellRows> cells;
  TinyChain() {
    for (int week = world->first_week(); week <= world->last_week(); ++week)
      for (std::size_t store = 0; store < world->stores.size(); ++store)
        cells.push_back(cell_of(*world, store, week));
  }
};

const TinyChain& tiny() {
  static const TinyChain chain;
  return chain;
}

TEST(Cell, ComputedAloneInAnyOrderAndWithUsedMemoryItIsTheSame) {
  const World& world = *tiny().world;
  const auto fresh_world = tiny_world();
  CellRows rows;
  Weeks weeks(*fresh_world);
  std::size_t number = tiny().cells.size();
  for (int week = world.last_week(); week >= world.first_week(); --week) {
    for (std::size_t store = world.stores.size(); store-- > 0;) {
      simulate_cell(weeks, week, store, rows);
      EXPECT_TRUE(same_rows(rows, tiny().cells[--number]));
    }
  }
}

TEST(Cell, IdsAreUniqueInTheWholeChainAndFitIntoFiftyThreeBits) {
  std::set<std::int64_t> visits;
  std::set<std::int64_t> sales;
  std::set<std::pair<std::int64_t, std::int32_t>> lines;
  for (const CellRows& rows : tiny().cells) {
    for (const Visit& visit : rows.visits) {
      EXPECT_TRUE(visits.insert(visit.visit_id.value).second);
      EXPECT_GT(visit.visit_id.value, 0);
      EXPECT_LE(visit.visit_id.value, largest_id);
    }
    for (const Transaction& sale : rows.transactions)
      EXPECT_TRUE(sales.insert(sale.transaction_id.value).second);
    for (const TransactionLine& line : rows.lines)
      EXPECT_TRUE(lines.insert({line.transaction_id.value, line.line_number}).second);
  }
  EXPECT_GT(visits.size(), 5000u);
}

TEST(Cell, TheLargestIdFits) {
  constexpr auto slot = (1u << slot_bits) - 1;
  EXPECT_EQ(composed_id({16'383}, 4095, slot), largest_id);
  EXPECT_EQ(anonymous_slot(167, most_anonymous - 1) & member_bit, 0u);
  constexpr std::uint32_t last = member_slot(most_members - 1, most_trips - 1);
  EXPECT_LT(last, 1u << source_bits);
  EXPECT_FALSE(is_return(last));
  EXPECT_TRUE(is_return(return_slot(0, 0)));
  EXPECT_LE(return_slot(7, last), slot);
  EXPECT_LT(return_slot(0, last), return_slot(1, 0));
}

TEST(Cell, RowsAreInTheOrderOfTime) {
  for (const CellRows& rows : tiny().cells) {
    EXPECT_TRUE(std::ranges::is_sorted(rows.visits, {}, [](const Visit& visit) {
      return std::pair{visit.entered_at, visit.visit_id};
    }));
    EXPECT_TRUE(std::ranges::is_sorted(rows.transactions, {}, [](const Transaction& sale) {
      return std::pair{sale.begin_at, sale.transaction_id};
    }));
    EXPECT_TRUE(std::ranges::is_sorted(rows.visits, {}, &Visit::business_date));
    EXPECT_TRUE(std::ranges::is_sorted(rows.transactions, {}, &Transaction::business_date));
  }
}

TEST(Cell, EverySaleComesFromOneVisitAndBeginsDuringIt) {
  for (const CellRows& rows : tiny().cells) {
    std::map<TransactionId, const Visit*> by_sale;
    for (const Visit& visit : rows.visits)
      if (visit.transaction_id) {
        EXPECT_TRUE(by_sale.emplace(*visit.transaction_id, &visit).second);
      }
    EXPECT_EQ(by_sale.size(),
              std::ranges::count(rows.transactions, Kind::sale, &Transaction::kind));
    for (const Transaction& sale : rows.transactions) {
      if (sale.kind == Kind::refund) continue;
      ASSERT_TRUE(by_sale.contains(sale.transaction_id));
      const Visit& visit = *by_sale[sale.transaction_id];
      EXPECT_EQ(visit.store_id, sale.store_id);
      EXPECT_EQ(visit.business_date, sale.business_date);
      EXPECT_EQ(visit.customer_id, sale.customer_id);
      EXPECT_GE(sale.begin_at, visit.entered_at);
      EXPECT_LE(sale.begin_at, visit.entered_at + std::chrono::seconds(*visit.dwell_s));
      EXPECT_EQ(sale.channel, Channel::store);
      EXPECT_FALSE(sale.original_transaction_id);
    }
  }
}

TEST(Cell, VisitsLieInOpeningHoursOfTheStoresOwnDay) {
  const World& world = *tiny().world;
  for (const CellRows& rows : tiny().cells) {
    for (const Visit& visit : rows.visits) {
      const Store& store = world.stores[static_cast<std::size_t>(visit.store_id.value - 1)].row;
      EXPECT_GE(visit.local_hour, *store.open_hour);
      EXPECT_LT(visit.local_hour, *store.close_hour);
      // Winter: Paris is one hour ahead of UTC.
      const auto local = visit.entered_at + std::chrono::hours(1);
      EXPECT_EQ(std::chrono::floor<std::chrono::days>(local), visit.business_date);
      const auto hour = std::chrono::floor<std::chrono::hours>(local - visit.business_date).count();
      EXPECT_EQ(hour, visit.local_hour);
      const auto leaves = local + std::chrono::seconds(*visit.dwell_s);
      EXPECT_EQ(std::chrono::floor<std::chrono::days>(leaves), visit.business_date);
      EXPECT_GE(*visit.party_size, 1);
      if (visit.transaction_id) {
        EXPECT_NE(*visit.mission, Mission::browse);
      }
    }
  }
}

TEST(Cell, EveryReceiptAddsUpToTheCent) {
  const World& world = *tiny().world;
  for (const CellRows& rows : tiny().cells) {
    ASSERT_EQ(rows.line_ends.size(), rows.transactions.size());
    for (std::size_t i = 0; i < rows.transactions.size(); ++i) {
      const Transaction& sale = rows.transactions[i];
      Cents gross;
      Cents discount;
      Cents net;
      Cents tax;
      ASSERT_FALSE(rows.lines_of(i).empty());
      std::set<ProductId> products;
      for (const TransactionLine& line : rows.lines_of(i)) {
        EXPECT_EQ(line.transaction_id, sale.transaction_id);
        EXPECT_EQ(line.business_date, sale.business_date);
        EXPECT_EQ(line.store_id, sale.store_id);
        EXPECT_GE(line.quantity, 1);
        EXPECT_EQ(line.gross, line.quantity * line.list_price);
        EXPECT_EQ(line.gross, line.net + line.discount);
        EXPECT_GE(line.net.value, 0);
        EXPECT_GE(line.discount.value, 0);
        const auto index = static_cast<std::size_t>(line.product_id.value - 1);
        const auto category = world.products[index].category;
        EXPECT_EQ(*line.tax, times(line.net, world.categories[category].tax_rate));
        EXPECT_TRUE(products.insert(line.product_id).second);
        gross += line.gross;
        discount += line.discount;
        net += line.net;
        tax += *line.tax;
      }
      EXPECT_EQ(sale.gross, gross);
      EXPECT_EQ(sale.discount, discount);
      EXPECT_EQ(sale.net, net);
      EXPECT_EQ(*sale.tax, tax);
      EXPECT_EQ(*sale.total, net + tax);
    }
  }
}

TEST(Cell, EveryKeyExists) {
  const World& world = *tiny().world;
  for (const CellRows& rows : tiny().cells) {
    for (const TransactionLine& line : rows.lines) {
      EXPECT_GE(line.product_id.value, 1);
      EXPECT_LE(line.product_id.value, static_cast<std::int64_t>(world.products.size()));
    }
    for (const Transaction& sale : rows.transactions) {
      if (!sale.customer_id) continue;
      const auto index = static_cast<std::size_t>(sale.customer_id->value - 1);
      ASSERT_LT(index, world.households.size());
      EXPECT_GE(sale.business_date, world.households[index].joined);
      EXPECT_LT(sale.business_date, world.households[index].left);
    }
  }
}

TEST(Cell, OnlyDaysOfTheScenarioAreSimulated) {
  const auto part = tiny_world([](Scenario& scenario) {
    scenario.from += std::chrono::days(2);
    scenario.to = scenario.from + std::chrono::days(1);
    scenario.late_join_share = scenario.churn_share = 0;
    scenario.launched_share = scenario.delisted_share = 0;
  });
  std::set<Day> days;
  for (const Visit& visit : cell_of(*part, 0, part->first_week()).visits)
    days.insert(visit.business_date);
  EXPECT_EQ(days, (std::set<Day>{part->scenario.from, part->scenario.to}));
}

TEST(Cell, StoresThatAreClosedAllWeekHaveNoRows) {
  const auto world = tiny_world([](Scenario& scenario) { scenario.month_trips.fill(0); });
  const CellRows rows = cell_of(*world, 0, world->first_week());
  EXPECT_TRUE(rows.visits.empty());
  EXPECT_TRUE(rows.lines.empty());
}

TEST(Cell, AnotherSeedIsAnotherChain) {
  const auto world = tiny_world([](Scenario& scenario) { ++scenario.seed; });
  EXPECT_FALSE(same_rows(cell_of(*world, 0, world->first_week()), tiny().cells[0]));
}

}  // namespace
}  // namespace retailsim::simulate
