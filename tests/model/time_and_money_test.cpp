#include <gtest/gtest.h>

#include "model/money.h"
#include "model/time.h"

namespace retailsim {
namespace {

using namespace std::chrono;

TEST(Cents, ThreeItemsAt199CostExactly597) { EXPECT_EQ(3 * Cents{199}, Cents{597}); }

TEST(Cents, ARefundLargerThanTheSaleLeavesANegativeAmount) {
  EXPECT_EQ(Cents{500} - Cents{800}, Cents{-300});
}

TEST(Cents, TaxIsRoundedHalfAwayFromZero) {
  EXPECT_EQ(times(Cents{1'250}, Rate{2'000}), Cents{250});
  EXPECT_EQ(times(Cents{10}, Rate{550}), Cents{1});  // 0.55 cents
  EXPECT_EQ(times(Cents{50}, Rate{100}), Cents{1});  // 0.5 cents
  EXPECT_EQ(times(Cents{-50}, Rate{100}), Cents{-1});
  EXPECT_EQ(times(Cents{49}, Rate{100}), Cents{0});
}

TEST(Weeks, BeginOnMondaysAndAreCountedFromTheYear2000) {
  EXPECT_EQ(week_of(Day{2000y / 1 / 3}), 0);
  EXPECT_EQ(week_of(Day{2000y / 1 / 9}), 0);
  EXPECT_EQ(week_of(Day{2000y / 1 / 2}), -1);
  EXPECT_EQ(monday_of(week_of(Day{2024y / 2 / 29})), Day{2024y / 2 / 26});
  EXPECT_EQ(weekday_of(Day{2024y / 1 / 1}), 0);
  EXPECT_EQ(weekday_of(Day{2024y / 1 / 7}), 6);
}

TEST(Months, KnowTheirFirstAndLastDay) {
  EXPECT_EQ(last_day_of(month_of(Day{2024y / 2 / 11})), Day{2024y / 2 / 29});
  EXPECT_EQ(first_day_of(month_of(Day{2023y / 12 / 31})), Day{2023y / 12 / 1});
  EXPECT_EQ(to_text(month_of(Day{2023y / 12 / 31})), "2023-12");
  EXPECT_EQ(parse_month("2023-12"), month_of(Day{2023y / 12 / 31}));
  EXPECT_EQ(parse_month("2023-13"), std::nullopt);
}

TEST(Days, AreReadOnlyWhenTheyExist) {
  EXPECT_EQ(parse_day("2024-02-29"), Day{2024y / 2 / 29});
  for (const char* bad : {"2023-02-29", "2024-2-29", "2024-02-30", "29.02.2024", "", "2024-02-2x"})
    EXPECT_EQ(parse_day(bad), std::nullopt) << bad;
}

TEST(Instants, PrintAsRfc3339WithTheirFraction) {
  const Instant at = Day{2024y / 1 / 31} + hours(8) + minutes(15);
  EXPECT_EQ(to_text(at), "2024-01-31T08:15:00Z");
  EXPECT_EQ(to_text(at + microseconds(1'500)), "2024-01-31T08:15:00.001500Z");
}

}  // namespace
}  // namespace retailsim
