#include "validate/row_rules.h"

#include <gtest/gtest.h>

#include "support/sample.h"

namespace retailsim::validate {
namespace {

using namespace std::chrono;

Received<Visit> visit() {
  Received<Visit> received;
  received.row.visit_id = {1};
  received.row.business_date = Day{2024y / 3 / 10};
  received.row.local_hour = 9;
  received.row.party_size = 2;
  return received;
}

TEST(RowRules, AGoodVisitBreaksNone) {
  EXPECT_FALSE(broken_rule(visit(), Day{2024y / 3 / 10}).has_value());
}

TEST(RowRules, AnHourThatNoClockShowsIsReportedByColumnAndRule) {
  auto received = visit();
  received.row.local_hour = 24;
  const auto broken = broken_rule(received, Day{2024y / 3 / 10});
  ASSERT_TRUE(broken.has_value());
  EXPECT_EQ(broken->column, "local_hour");
  EXPECT_EQ(broken->rule, QualityRule::range);
  EXPECT_EQ(broken->reason, "24 is more than 23");
}

TEST(RowRules, APartyOfNobodyIsReported) {
  auto received = visit();
  received.row.party_size = 0;
  EXPECT_EQ(broken_rule(received, std::nullopt)->reason, "0 is less than 1");
}

TEST(RowRules, ARowMayArriveUpToFiveWeeksLateButNeverEarly) {
  const auto is_refused = [](Day feed_date) {
    const auto broken = broken_rule(visit(), feed_date);
    EXPECT_TRUE(!broken || broken->rule == QualityRule::delivery_window);
    return broken.has_value();
  };
  EXPECT_TRUE(is_refused(Day{2024y / 3 / 9}));
  EXPECT_FALSE(is_refused(Day{2024y / 3 / 10}));
  EXPECT_FALSE(is_refused(Day{2024y / 4 / 14}));
  EXPECT_TRUE(is_refused(Day{2024y / 4 / 15}));
}

TEST(RowRules, MeasuresAreLeftToClean) {
  Received<TransactionLine> received{sample::receipt(1).lines[0], 0};
  const Day day = received.row.business_date;
  received.row.quantity = -3;
  EXPECT_FALSE(broken_rule(received, day).has_value());
  const auto broken = broken_range(received, Judged::measures);
  ASSERT_TRUE(broken.has_value());
  EXPECT_EQ(broken->column, "quantity");
  received.missing = std::uint64_t{1} << column_number<TransactionLine>("quantity");
  EXPECT_FALSE(broken_range(received, Judged::measures).has_value());
}

}  // namespace
}  // namespace retailsim::validate
