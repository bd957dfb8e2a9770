#include "transform/line_rules.h"

#include <gtest/gtest.h>

namespace retailsim::transform {
namespace {

using namespace std::chrono;
using Line = TransactionLine;

constexpr Day monday{2024y / 1 / 1};

// Product 10 costs 2.50 in the shop's region from December on and 3.00 from February on.
Catalogue catalogue() {
  std::vector<Store> stores(1);
  stores[0].store_id = {1};
  stores[0].region = "HERE";
  std::vector<Product> products(1);
  products[0].product_id = {10};
  products[0].tax_rate = Rate{550};
  std::vector<Price> prices(3);
  for (auto& price : prices) {
    price.product_id = {10};
    price.zone = "HERE";
    price.unit_cost = Cents{160};
  }
  prices[0].valid_from = monday - days(31);
  prices[0].valid_to = monday + days(30);
  prices[0].list_price = Cents{250};
  prices[1].valid_from = monday + days(31);
  prices[1].list_price = Cents{300};
  prices[2].zone = "ELSEWHERE";
  prices[2].valid_from = monday - days(31);
  prices[2].list_price = Cents{199};
  return Catalogue(stores, products, {}, prices);
}

// Three pieces at 2.50, 0.50 off: 7.50 - 0.50 = 7.00, tax 0.39.
Delivered<Line> line() {
  Delivered<Line> delivered;
  Line& row = delivered.received.row;
  row.transaction_id = {7};
  row.line_number = 2;
  row.store_id = {1};
  row.business_date = monday;
  row.product_id = {10};
  row.quantity = 3;
  row.list_price = Cents{250};
  row.gross = Cents{750};
  row.discount = Cents{50};
  row.net = Cents{700};
  row.unit_cost = Cents{160};
  row.tax = Cents{39};
  return delivered;
}

void forget(Delivered<Line>& delivered, std::size_t column) {
  delivered.received.missing |= std::uint64_t{1} << column;
}

struct Mended {
  Delivered<Line> line;
  std::vector<Finding> findings;
  std::optional<BrokenRule> broken;
};

Mended mend(Delivered<Line> delivered) {
  Mended result{std::move(delivered), {}, {}};
  result.broken = mend_line(result.line, catalogue(), result.findings);
  return result;
}

void expect_mended(Delivered<Line> damaged, std::string_view rule, std::string_view column,
                   std::string_view before, std::string_view after) {
  const Mended mended = mend(std::move(damaged));
  EXPECT_FALSE(mended.broken) << column;
  EXPECT_EQ(mended.line.received, line().received) << column;
  ASSERT_EQ(mended.findings.size(), 1u) << column;
  EXPECT_EQ(mended.findings[0].rule, rule);
  EXPECT_EQ(mended.findings[0].field, column);
  EXPECT_EQ(mended.findings[0].before, before);
  EXPECT_EQ(mended.findings[0].after, after);
  EXPECT_EQ(mended.findings[0].key, "7/2");
  EXPECT_EQ(mended.findings[0].outcome, Outcome::repaired);
}

TEST(MendLine, AGoodLineIsLeftAlone) {
  const Mended mended = mend(line());
  EXPECT_TRUE(mended.findings.empty());
  EXPECT_FALSE(mended.broken);
  EXPECT_EQ(mended.line.received, line().received);
}

TEST(MendLine, AMissingAmountFollowsFromTheOtherTwo) {
  for (const auto& [column, after] :
       {std::pair{"gross", "7.50"}, {"discount", "0.50"}, {"net", "7.00"}}) {
    auto damaged = line();
    std::size_t number = 0;
    for_each_column_number<Line>([&]<std::size_t I>() {
      if (column_at<Line, I>.name == column) number = I;
    });
    if (std::string_view{column} == "gross") damaged.received.row.gross = {};
    if (std::string_view{column} == "discount") damaged.received.row.discount = {};
    if (std::string_view{column} == "net") damaged.received.row.net = {};
    forget(damaged, number);
    expect_mended(damaged, "null_value", column, "null", after);
  }
}

TEST(MendLine, MissingPricesComeFromThePriceTableOfTheRegionAndDay) {
  auto damaged = line();
  damaged.received.row.list_price = {};
  forget(damaged, column_number<Line>("list_price"));
  expect_mended(damaged, "null_value", "list_price", "null", "2.50");
  damaged = line();
  damaged.received.row.unit_cost.reset();
  expect_mended(damaged, "null_value", "unit_cost", "null", "1.60");
  damaged = line();
  damaged.received.row.business_date = monday + days(31);
  forget(damaged, column_number<Line>("list_price"));
  EXPECT_EQ(mend(damaged).line.received.row.list_price, Cents{300});
}

TEST(MendLine, AMissingQuantityIsGrossByListPriceWhenThatIsWhole) {
  auto damaged = line();
  damaged.received.row.quantity = 0;
  forget(damaged, column_number<Line>("quantity"));
  expect_mended(damaged, "null_value", "quantity", "null", "3");
  damaged.received.row.gross = Cents{751};
  damaged.received.row.net = Cents{701};
  const auto broken = mend(damaged).broken;
  ASSERT_TRUE(broken);
  EXPECT_EQ(broken->rule, QualityRule::missing);
  EXPECT_EQ(broken->column, "quantity");
}

TEST(MendLine, AnAmountInCentsIsTurnedBackIntoUnits) {
  auto damaged = line();
  damaged.received.row.gross = Cents{75'000};
  expect_mended(damaged, "unit_slip", "gross", "750.00", "7.50");
  damaged = line();
  damaged.received.row.discount = Cents{5'000};
  expect_mended(damaged, "unit_slip", "discount", "50.00", "0.50");
  damaged = line();
  damaged.received.row.net = Cents{70'000};
  expect_mended(damaged, "unit_slip", "net", "700.00", "7.00");
  damaged = line();
  damaged.received.row.list_price = Cents{25'000};
  expect_mended(damaged, "unit_slip", "list_price", "250.00", "2.50");
  damaged = line();
  damaged.received.row.unit_cost = Cents{16'000};
  expect_mended(damaged, "unit_slip", "unit_cost", "160.00", "1.60");
  damaged = line();
  damaged.received.row.tax = Cents{3'900};
  expect_mended(damaged, "unit_slip", "tax", "39.00", "0.39");
}

TEST(MendLine, ANegativeMeasureIsTurnedRound) {
  auto damaged = line();
  damaged.received.row.quantity = -3;
  expect_mended(damaged, "sign_flip", "quantity", "-3", "3");
  damaged = line();
  damaged.received.row.net = Cents{-700};
  expect_mended(damaged, "sign_flip", "net", "-7.00", "7.00");
  damaged = line();
  damaged.received.row.unit_cost = Cents{-160};
  expect_mended(damaged, "sign_flip", "unit_cost", "-1.60", "1.60");
}

TEST(MendLine, AmountsThatNoRepairExplainsAreRefused) {
  auto damaged = line();
  damaged.received.row.net = Cents{650};
  const auto broken = mend(damaged).broken;
  ASSERT_TRUE(broken);
  EXPECT_EQ(broken->rule, QualityRule::amounts);
  EXPECT_EQ(broken->reason, "7.50 is not 6.50 + 0.50");
}

TEST(MendLine, WhatThePriceTableDoesNotKnowStaysUnknown) {
  auto bare = line();
  bare.received.row.product_id = {99};
  bare.received.row.unit_cost.reset();
  bare.received.row.tax.reset();
  const Mended mended = mend(bare);
  EXPECT_FALSE(mended.broken);
  EXPECT_TRUE(mended.findings.empty());
}

}  // namespace
}  // namespace retailsim::transform
