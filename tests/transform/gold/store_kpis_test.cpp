#include "transform/gold/store_kpis.h"

#include <gtest/gtest.h>

#include "transform/gold/small_chain.h"

namespace retailsim::transform {
namespace {

using namespace std::chrono;

TEST(StoreDay, ASaleAndAReturnAreSummedWithTheirSigns) {
  StoreDayPass pass(small_chain(), february);
  give(pass, line({.quantity = 3, .gross = 900, .discount = 100, .unit_cost = Cents{200}}));
  give(pass, line({.kind = Kind::refund, .gross = 300, .discount = 50, .unit_cost = Cents{200}}));
  const auto day = rows_of<StoreDay>(pass)[0];
  EXPECT_EQ(day.gross_sales, Total{900});
  EXPECT_EQ(day.discounts, Total{100});
  EXPECT_EQ(day.returns, Total{250});
  EXPECT_EQ(day.net_sales, Total{550});
  EXPECT_EQ(day.cogs, Total{400});
  EXPECT_EQ(day.tax, Total{0});
  EXPECT_EQ(day.units, 2);
}

TEST(StoreDay, CostIsUnknownOnlyWhenNoLineHasOne) {
  StoreDayPass pass(small_chain(), february);
  give(pass, line({.gross = 900}));
  EXPECT_EQ(rows_of<StoreDay>(pass)[0].cogs, std::nullopt);
  give(pass, line({.quantity = 2, .gross = 900, .unit_cost = Cents{300}}));
  EXPECT_EQ(rows_of<StoreDay>(pass)[0].cogs, Total{600});
}

TEST(StoreDay, AnOnlineOrderDoesNotOpenTheDoors) {
  StoreDayPass online(small_chain(), february);
  give(online, receipt({.channel = Channel::online}));
  EXPECT_FALSE(rows_of<StoreDay>(online)[0].is_open);
  EXPECT_EQ(rows_of<StoreDay>(online)[0].transactions, 1);
  StoreDayPass in_store(small_chain(), february);
  give(in_store, receipt({.channel = Channel::store}));
  EXPECT_TRUE(rows_of<StoreDay>(in_store)[0].is_open);
  StoreDayPass looked_in(small_chain(), february);
  give(looked_in, visit(first, false));
  EXPECT_TRUE(rows_of<StoreDay>(looked_in)[0].is_open);
  EXPECT_EQ(rows_of<StoreDay>(looked_in)[0].visit_transactions, 0);
}

TEST(StoreDay, HasARowForEveryDayOnWhichTheStoreExisted) {
  std::vector stores{store(2), store(1)};
  stores[0].opened_on = Day{2024y / 2 / 10};
  stores[0].closed_on = Day{2024y / 2 / 19};
  const Chain chain(stores, {});
  const StoreDayPass pass(chain, february);
  const auto rows = rows_of<StoreDay>(pass);
  ASSERT_EQ(rows.size(), 29u + 10u);
  EXPECT_EQ(rows[28].business_date, Day{2024y / 2 / 29});
  EXPECT_EQ(rows[29].store_id, StoreId{2});
  EXPECT_EQ(rows[29].business_date, Day{2024y / 2 / 10});
}

TEST(StoreDay, IsPublishedForTheDaysOfTheDataOnly) {
  StoreDayPass pass(small_chain(), february);
  give(pass, visit(first + days(3), true));
  const auto shown = rows_of<StoreDay>(pass, {first + days(2), first + days(4), true});
  ASSERT_EQ(shown.size(), 2 * 3u);
  EXPECT_EQ(shown[0].visitors, 0);
  EXPECT_EQ(shown[1].visitors, 1);
}

TEST(StoreDay, WithoutVisitsInTheLakeVisitorsAreUnknown) {
  const StoreDayPass pass(small_chain(), february);
  const auto shown = rows_of<StoreDay>(pass, {first, first, false});
  EXPECT_EQ(shown[0].visitors, std::nullopt);
  EXPECT_EQ(shown[0].visit_transactions, std::nullopt);
}

TEST(StoreMonth, IsTheSumOfItsDays) {
  StoreDayPass pass(small_chain(), february);
  give(pass, line({.quantity = 3, .gross = 900, .discount = 100, .unit_cost = Cents{200}}));
  give(pass, visit(first, true));
  give(pass, visit(first + days(1), false));
  const auto months = rows_of<StoreMonth>(pass);
  ASSERT_EQ(months.size(), 2u);
  EXPECT_EQ(months[0].month, "2024-02");
  EXPECT_EQ(months[0].open_days, 2);
  EXPECT_EQ(months[0].net_sales, Total{800});
  EXPECT_EQ(months[0].cogs, Total{600});
  EXPECT_EQ(months[0].visitors, 2);
  EXPECT_EQ(months[0].visit_transactions, 1);
  EXPECT_EQ(months[1].cogs, std::nullopt);
  EXPECT_EQ(months[1].open_days, 0);
}

}  // namespace
}  // namespace retailsim::transform
