#include "transform/gold/store_kpis.h"

#include <gtest/gtest.h>

namespace retailsim::transform {
namespace {

using namespace std::chrono;

constexpr Month february{2024 * 12 + 1};
constexpr Day first{2024y / 2 / 1};

Store store(std::int64_t id) {
  Store made{};
  made.store_id = {id};
  return made;
}

Visit visit(Day day, bool buys) {
  Visit made{};
  made.store_id = {1};
  made.business_date = day;
  if (buys) made.transaction_id = TransactionId{5};
  return made;
}

TransactionLine line(Kind kind, std::int32_t quantity, std::int64_t gross, std::int64_t discount,
                     std::optional<Cents> unit_cost) {
  TransactionLine made{};
  made.store_id = {1};
  made.business_date = first;
  made.kind = kind;
  made.quantity = quantity;
  made.gross = Cents{gross};
  made.discount = Cents{discount};
  made.net = Cents{gross - discount};
  made.unit_cost = unit_cost;
  made.tax = Cents{10};
  return made;
}

TEST(StoreDay, ASaleAndAReturnAreSummedWithTheirSigns) {
  const std::vector stores{store(1)};
  StoreDayPass pass(february, stores);
  pass.add(line(Kind::sale, 3, 900, 100, Cents{200}));
  pass.add(line(Kind::refund, 1, 300, 50, Cents{200}));
  const auto day = pass.rows()[0];
  EXPECT_EQ(day.gross_sales, Total{900});
  EXPECT_EQ(day.discounts, Total{100});
  EXPECT_EQ(day.returns, Total{250});
  EXPECT_EQ(day.net_sales, Total{550});
  EXPECT_EQ(day.cogs, Total{400});
  EXPECT_EQ(day.tax, Total{0});
  EXPECT_EQ(day.units, 2);
}

TEST(StoreDay, CostIsUnknownOnlyWhenNoLineHasOne) {
  const std::vector stores{store(1)};
  StoreDayPass pass(february, stores);
  pass.add(line(Kind::sale, 1, 900, 0, std::nullopt));
  EXPECT_EQ(pass.rows()[0].cogs, std::nullopt);
  pass.add(line(Kind::sale, 2, 900, 0, Cents{300}));
  EXPECT_EQ(pass.rows()[0].cogs, Total{600});
}

TEST(StoreDay, AnOnlineOrderDoesNotOpenTheDoors) {
  const std::vector stores{store(1)};
  Transaction header{};
  header.store_id = {1};
  header.business_date = first;
  header.channel = Channel::online;
  StoreDayPass online(february, stores);
  online.add(header);
  EXPECT_FALSE(online.rows()[0].is_open);
  EXPECT_EQ(online.rows()[0].transactions, 1);
  header.channel = Channel::store;
  StoreDayPass in_store(february, stores);
  in_store.add(header);
  EXPECT_TRUE(in_store.rows()[0].is_open);
  StoreDayPass looked_in(february, stores);
  looked_in.add(visit(first, false));
  EXPECT_TRUE(looked_in.rows()[0].is_open);
  EXPECT_EQ(looked_in.rows()[0].visit_transactions, 0);
}

TEST(StoreDay, HasARowForEveryDayOnWhichTheStoreExisted) {
  std::vector stores{store(2), store(1)};
  stores[0].opened_on = Day{2024y / 2 / 10};
  stores[0].closed_on = Day{2024y / 2 / 19};
  const StoreDayPass pass(february, stores);
  const auto rows = pass.rows();
  ASSERT_EQ(rows.size(), 29u + 10u);
  EXPECT_EQ(rows[28].business_date, Day{2024y / 2 / 29});
  EXPECT_EQ(rows[29].store_id, StoreId{2});
  EXPECT_EQ(rows[29].business_date, Day{2024y / 2 / 10});
}

TEST(StoreDay, IsPublishedForTheDaysOfTheDataOnly) {
  const std::vector stores{store(1)};
  StoreDayPass pass(february, stores);
  pass.add(visit(first + days(3), true));
  const auto days_shown = published_days(pass.rows(), first + days(2), first + days(4), true);
  ASSERT_EQ(days_shown.size(), 3u);
  EXPECT_EQ(days_shown[0].visitors, 0);
  EXPECT_EQ(days_shown[1].visitors, 1);
}

TEST(StoreDay, WithoutVisitsInTheLakeVisitorsAreUnknown) {
  const std::vector stores{store(1)};
  const StoreDayPass pass(february, stores);
  const auto shown = published_days(pass.rows(), first, first, false);
  EXPECT_EQ(shown[0].visitors, std::nullopt);
  EXPECT_EQ(shown[0].visit_transactions, std::nullopt);
}

TEST(StoreMonth, IsTheSumOfItsDays) {
  const std::vector stores{store(1), store(2)};
  StoreDayPass pass(february, stores);
  pass.add(line(Kind::sale, 3, 900, 100, Cents{200}));
  pass.add(visit(first, true));
  pass.add(visit(first + days(1), false));
  const auto months = store_months(pass.rows());
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
