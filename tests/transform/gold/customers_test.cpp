#include "transform/gold/customers.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "transform/gold/small_chain.h"

namespace retailsim::transform {
namespace {

using namespace std::chrono;

constexpr Month march{february.number + 1};

CustomersPass month_of_receipts(Month month, const std::vector<Rung>& receipts) {
  CustomersPass pass(small_chain(), month);
  for (const auto& each : receipts) give(pass, receipt(each));
  return pass;
}

// 1 buys in both stores in February and again in March; 2 comes in March; 3 only brings back.
std::vector<CustomersPass> two_months() {
  const Day later = first_day_of(march);
  return {month_of_receipts(february,
                            {{.net = 500, .customer = 1},
                             {.net = 100, .customer = 1},
                             {.kind = Kind::refund, .net = 30, .customer = 3},
                             {.net = 999},
                             {.store = 2, .day = first + days(9), .net = 200, .customer = 1}}),
          month_of_receipts(march, {{.day = later, .net = 70, .customer = 2},
                                    {.day = later, .kind = Kind::refund, .net = 50, .customer = 1},
                                    {.store = 2, .day = later, .net = 80, .customer = 1}})};
}

TEST(CustomerMonth, ACustomerIsNewInTheMonthOfTheFirstSaleAndReturnsLater) {
  Customers customers(small_chain());
  for (const auto& month : two_months()) customers.merge(month);
  const auto months = customers.months();
  const std::vector<CustomerMonth> in_february{{{1}, "2024-02", 1, 0}, {{2}, "2024-02", 1, 0}};
  const std::vector<CustomerMonth> in_march{{{1}, "2024-03", 1, 0}, {{2}, "2024-03", 0, 1}};
  EXPECT_EQ(months.at(february), in_february);
  EXPECT_EQ(months.at(march), in_march);
}

TEST(CustomerMonth, IsTheSameWhicheverMonthWasSummedFirst) {
  auto months = two_months();
  Customers forward(small_chain()), backward(small_chain());
  for (const auto& month : months) forward.merge(month);
  std::ranges::reverse(months);
  for (const auto& month : months) backward.merge(month);
  const Coverage all{first, first_day_of(march) + days(4), true};
  EXPECT_EQ(forward.months(), backward.months());
  EXPECT_EQ(forward.rfm(all), backward.rfm(all));
}

TEST(CustomerRfm, CountsDaysFromTheLastSaleToTheEndOfTheData) {
  Customers customers(small_chain());
  for (const auto& month : two_months()) customers.merge(month);
  const auto rows = customers.rfm({first, first_day_of(march) + days(4), true});
  ASSERT_EQ(rows.size(), 2u);  // who only brought something back has bought nothing
  EXPECT_EQ(rows[0].customer_id, CustomerId{1});
  EXPECT_EQ(rows[0].recency_days, 4);
  EXPECT_EQ(rows[0].transactions, 4);
  EXPECT_EQ(rows[0].net_sales, Total{500 + 100 + 200 - 50 + 80});
  EXPECT_EQ(rows[1].transactions, 1);
}

TEST(CustomerRfm, SegmentsFollowTheFifthsOfTheCustomers) {
  struct Case {
    std::int64_t less_recent, less_often, for_less;
    RfmSegment segment;
  };
  // Of 10 customers; 6 worse ones make a score of 4, 5 of 3, 4 of 3, 3 of 2.
  for (const auto& [less_recent, less_often, for_less, segment] : {
           Case{6, 6, 6, RfmSegment::champion},
           Case{6, 6, 5, RfmSegment::loyal},
           Case{4, 4, 0, RfmSegment::loyal},
           Case{6, 3, 9, RfmSegment::fresh},
           Case{3, 4, 9, RfmSegment::at_risk},
           Case{3, 3, 9, RfmSegment::lost},
           Case{5, 3, 9, RfmSegment::other},
       })
    EXPECT_EQ(rfm_segment(less_recent, less_often, for_less, 10), segment)
        << less_recent << ' ' << less_often << ' ' << for_less;
}

}  // namespace
}  // namespace retailsim::transform
