// What comes back, and what returns leave alone.
#include "simulate/returns.h"

#include <gtest/gtest.h>

#include <set>

#include "returning_chain.h"

namespace retailsim::simulate {
namespace {

const TransactionLine* line_of(const std::vector<TransactionLine>& lines, std::int32_t number) {
  const auto at = std::ranges::find(lines, number, &TransactionLine::line_number);
  return at == lines.end() ? nullptr : &*at;
}

TEST(Returns, EachRefersToASaleOfTheStoreAtMostThirtyFourDaysBefore) {
  ASSERT_GT(chain().returns.size(), 300u);
  std::set<TransactionId> taken_back;
  for (const auto& [id, back] : chain().returns) {
    const Transaction& header = back.first;
    ASSERT_TRUE(header.original_transaction_id);
    ASSERT_TRUE(chain().sales.contains(*header.original_transaction_id));
    EXPECT_TRUE(taken_back.insert(*header.original_transaction_id).second);
    const Transaction& sale = chain().sale_of(header);
    EXPECT_EQ(header.store_id, sale.store_id);
    EXPECT_EQ(header.customer_id, sale.customer_id);
    EXPECT_EQ(header.tender, sale.tender);
    EXPECT_EQ(header.channel, Channel::store);
    EXPECT_GE(chain().days_since_sale(header), 1);
    EXPECT_LE(chain().days_since_sale(header), 34);
  }
}

TEST(Returns, LineByLineAtMostWhatWasBoughtComesBackAtThePricePaid) {
  std::size_t parts = 0;
  for (const auto& [id, back] : chain().returns) {
    const auto& sold = chain().sales.at(back.first.original_transaction_id.value()).second;
    ASSERT_FALSE(back.second.empty());
    for (const TransactionLine& line : back.second) {
      const TransactionLine* bought = line_of(sold, line.line_number);
      ASSERT_NE(bought, nullptr);
      EXPECT_EQ(line.kind, Kind::refund);
      EXPECT_EQ(line.transaction_id, id);
      EXPECT_EQ(line.business_date, back.first.business_date);
      EXPECT_EQ(line.product_id, bought->product_id);
      EXPECT_EQ(line.list_price, bought->list_price);
      EXPECT_EQ(line.unit_cost, bought->unit_cost);
      EXPECT_EQ(line.promo_id, bought->promo_id);
      EXPECT_GE(line.quantity, 1);
      EXPECT_LE(line.quantity, bought->quantity);
      EXPECT_EQ(bought->quantity * line.net, line.quantity * bought->net);
      EXPECT_EQ(bought->quantity * line.discount, line.quantity * bought->discount);
      if (line.quantity == bought->quantity) {
        EXPECT_EQ(line.tax, bought->tax);
      }
      parts += line.quantity < bought->quantity ? 1 : 0;
    }
  }
  EXPECT_GT(parts, 20u);
}

TEST(Returns, TheShopperComesThroughTheDoorAndIsNoBuyer) {
  for (const auto& [id, back] : chain().returns) {
    ASSERT_TRUE(chain().visits.contains(id.value));
    const Visit& visit = chain().visits.at(id.value);
    EXPECT_FALSE(visit.mission);
    EXPECT_FALSE(visit.transaction_id);
    EXPECT_EQ(visit.store_id, back.first.store_id);
    EXPECT_EQ(visit.customer_id, back.first.customer_id);
    EXPECT_EQ(visit.business_date, back.first.business_date);
    EXPECT_GE(back.first.begin_at, visit.entered_at);
    EXPECT_LE(back.first.begin_at, visit.entered_at + std::chrono::seconds(*visit.dwell_s));
  }
  std::size_t without_mission = 0;
  for (const auto& [id, visit] : chain().visits) without_mission += visit.mission ? 0 : 1;
  EXPECT_EQ(without_mission, chain().returns.size());
}

TEST(Returns, WithoutThemEverythingElseIsAsItWas) {
  const auto without = tiny_world([](Scenario& scenario) { scenario.return_share = 0; });
  const auto with = tiny_world([](Scenario& scenario) { scenario.return_share = 0.3; });
  for (int week = with->first_week(); week <= with->last_week(); ++week) {
    const CellRows rows = cell_of(*with, 1, week);
    const CellRows none = cell_of(*without, 1, week);
    EXPECT_EQ(std::ranges::count(none.transactions, Kind::refund, &Transaction::kind), 0);
    EXPECT_GT(rows.transactions.size(), none.transactions.size());
    EXPECT_TRUE(same_rows(without_returns(rows), none));
  }
}

TEST(Returns, AHigherShareAddsReturnsAndKeepsThoseThereWere) {
  const ReturningChain more([](Scenario& scenario) { scenario.return_share = 0.2; });
  EXPECT_GT(more.returns.size(), 1.5 * static_cast<double>(chain().returns.size()));
  for (const auto& [id, back] : chain().returns) {
    ASSERT_TRUE(more.returns.contains(id));
    EXPECT_EQ(more.returns.at(id), back);
  }
}

TEST(Returns, WhatIsRememberedOfOtherWeeksChangesNoRow) {
  Weeks all(*chain().world);
  Weeks forgetful(*chain().world, 1);
  CellRows first;
  CellRows second;
  for (int week = chain().world->first_week(); week <= chain().world->last_week(); ++week) {
    for (std::size_t store = 0; store < chain().world->stores.size(); ++store) {
      simulate_cell(all, week, store, first);
      simulate_cell(forgetful, week, store, second);
      EXPECT_TRUE(same_rows(first, second));
      EXPECT_TRUE(same_rows(first, cell_of(*chain().world, store, week)));
    }
  }
}

TEST(Returns, WithALineShareOfOneHalfAboutThatManyLinesComeBackAndFreshFoodLess) {
  const ReturningChain many([](Scenario& scenario) {
    scenario.return_share = 0.5;
    scenario.return_line_share = 0.5;
  });
  std::map<double, std::pair<double, double>> lines;  // by readiness: bought, brought back
  for (const auto& [id, back] : many.returns) {
    const auto& sold = many.sales.at(back.first.original_transaction_id.value()).second;
    if (sold.size() < 8) continue;  // hardly ever without a line of its own accord
    for (const TransactionLine& line : sold) {
      const auto product = static_cast<std::size_t>(line.product_id.value - 1);
      auto& [bought, returned] =
          lines[many.world->categories[many.world->products[product].category].returned];
      bought += 1;
      returned += line_of(back.second, line.line_number) == nullptr ? 0 : 1;
    }
  }
  ASSERT_GE(lines.size(), 4u);
  for (const auto& [readiness, counts] : lines) {
    if (counts.first < 400) continue;
    const double expected = std::min(1.0, 0.5 * readiness);
    EXPECT_NEAR(counts.second / counts.first, expected, 0.08) << readiness;
  }
}

}  // namespace
}  // namespace retailsim::simulate
