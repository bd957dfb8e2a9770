#include "transform/gold/store_hours.h"

#include <gtest/gtest.h>

#include "transform/gold/small_chain.h"

namespace retailsim::transform {
namespace {

using namespace std::chrono;

TEST(StoreDateHour, VisitsAndReceiptsMeetInTheHourTheyBegin) {
  StoreHoursPass pass(small_chain(), february);
  give(pass, receipt({.hour = 9, .net = 500}));
  give(pass, receipt({.hour = 9, .kind = Kind::refund, .net = 120}));
  give(pass, visit(first, true, 9));
  give(pass, visit(first, false, 8));
  const std::vector<StoreDateHour> expected{
      {{1}, first, 8, 1, 0, 0, Total{0}},
      {{1}, first, 9, 1, 1, 1, Total{380}},
  };
  EXPECT_EQ(rows_of<StoreDateHour>(pass), expected);
}

TEST(StoreDateHour, WithoutVisitsInTheLakeVisitorsAreUnknown) {
  StoreHoursPass pass(small_chain(), february);
  give(pass, receipt({.store = 2, .day = first + days(28), .hour = 23, .net = 500}));
  const std::vector<StoreDateHour> expected{
      {{2}, first + days(28), 23, std::nullopt, std::nullopt, 1, Total{500}}};
  EXPECT_EQ(rows_of<StoreDateHour>(pass, {first, first, false}), expected);
}

TEST(StoreDateHour, AReturnAloneIsAnHourWithSomething) {
  StoreHoursPass pass(small_chain(), february);
  give(pass, receipt({.hour = 9, .kind = Kind::refund, .net = 120}));
  const std::vector<StoreDateHour> expected{{{1}, first, 9, 0, 0, 0, Total{-120}}};
  EXPECT_EQ(rows_of<StoreDateHour>(pass), expected);
}

TEST(StoreHour, SumsTheSameHourOfTheSameWeekday) {
  StoreHoursPass pass(small_chain(), february);
  give(pass, receipt({.day = first, .hour = 9, .net = 500}));
  give(pass, receipt({.day = first + days(7), .hour = 9, .net = 300}));
  give(pass, visit(first + days(14), false, 20));
  give(pass, receipt({.day = first + days(4), .hour = 9, .net = 70}));
  // 1 February 2024 is a Thursday; the shop was open on three, and on one Monday.
  const std::vector<StoreHour> expected{
      {{1}, "2024-02", 1, 9, 1, 0, 0, 1, Total{70}},
      {{1}, "2024-02", 4, 9, 3, 0, 0, 2, Total{800}},
      {{1}, "2024-02", 4, 20, 3, 1, 0, 0, Total{0}},
  };
  EXPECT_EQ(rows_of<StoreHour>(pass), expected);
}

TEST(StoreHour, AnOnlineOrderOfAClosedDayOccursOnNoOpenDay) {
  StoreHoursPass pass(small_chain(), february);
  give(pass, receipt({.hour = 22, .net = 500, .channel = Channel::online}));
  const auto rows = rows_of<StoreHour>(pass);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].occurrences, 0);
}

}  // namespace
}  // namespace retailsim::transform
