#include "transform/realism/calendar.h"

#include <gtest/gtest.h>

#include "transform/realism/small_year.h"

namespace retailsim::transform::realism {
namespace {

using namespace std::chrono;

constexpr Day monday = 2024y / February / 5;

TEST(WeekdayPeak, ASaturdayOfThreeSalesAmongDaysOfOneIsTwiceAndAThirdTheMean) {
  Shop shop;
  for (int day = 0; day < 7; ++day) shop.sell({.day = monday + days(day)}, day == 5 ? 3 : 1);
  // 3 over the mean of 1, 1, 1, 1, 1, 3, 1
  EXPECT_DOUBLE_EQ(*measured(shop.themes(), "weekday_peak").value, 3.0 * 7 / 9);
}

TEST(WeekdayPeak, AMondayMoreInTheDataDoesNotMakeMondaysBusier) {
  Shop shop;
  for (int day = 0; day < 8; ++day) shop.sell({.day = monday + days(day)}, 2);
  EXPECT_DOUBLE_EQ(*measured(shop.themes(), "weekday_peak").value, 1);
}

TEST(WeekdayPeak, AWeekdayOnWhichNobodySellsIsNotInTheMean) {
  Shop shop;  // closed on Sundays, two sales on Saturdays
  for (int day = 0; day < 13; ++day)
    if (day != 6) shop.sell({.day = monday + days(day)}, day % 7 == 5 ? 2 : 1);
  // two over the mean of 1, 1, 1, 1, 1, 2
  EXPECT_DOUBLE_EQ(*measured(shop.themes(), "weekday_peak").value, 2.0 * 6 / 7);
}

TEST(WeekdayPeak, SixDaysAreNoWeek) {
  Shop shop;
  shop.sell({.day = monday}).sell({.day = monday + days(5)});
  EXPECT_EQ(measured(shop.themes(), "weekday_peak"), none("less than a week of sales"));
}

TEST(HourPeak, TheBusiestHourIsHeldAgainstTheHoursWithSalesInStores) {
  Shop shop;
  shop.sell({.hour = 9}).sell({.hour = 17}, 4).sell({.hour = 20});
  shop.sell({.hour = 3, .channel = Channel::online}, 9);
  shop.sell({.hour = 9, .kind = Kind::refund}, 9);
  EXPECT_DOUBLE_EQ(*measured(shop.themes(), "hour_peak").value, 4.0 / 2);
}

// One sale of a euro each day of 2024, of `december` cents each day of December.
Shop a_year(std::int64_t december, Day from = 2024y / January / 1) {
  Shop shop;
  for (Day day = from; day <= Day{2024y / December / 31}; day += days(1))
    shop.sell({.day = day, .items = {{.net = day >= Day{2024y / December / 1} ? december : 100}}});
  return shop;
}

TEST(MonthRange, ADecemberOfTwoEurosADayIsTwiceAnyOtherMonth) {
  auto shop = a_year(200);
  EXPECT_DOUBLE_EQ(*measured(shop.themes(), "month_range").value, 2);
}

TEST(MonthRange, WhatIsBroughtBackIsTakenOff) {
  auto shop = a_year(200);
  shop.sell({.day = 2024y / December / 27, .items = {{.net = 3100}}, .kind = Kind::refund});
  // 6,200 less 3,100 cents in 31 days
  EXPECT_DOUBLE_EQ(*measured(shop.themes(), "month_range").value, 1);
}

TEST(MonthRange, AYearWhoseSalesBeginOnTheThirdOfJanuaryIsWhole) {
  auto shop = a_year(200, 2024y / January / 3);
  EXPECT_DOUBLE_EQ(*measured(shop.themes(), "month_range").value, 2);
}

TEST(MonthRange, ElevenMonthsAreNoYear) {
  auto shop = a_year(200, 2024y / January / 20);
  EXPECT_EQ(measured(shop.themes(), "month_range"), none("less than twelve whole months"));
}

}  // namespace
}  // namespace retailsim::transform::realism
