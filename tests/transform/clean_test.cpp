#include <gtest/gtest.h>

#include "support/sample.h"
#include "transform/clean_events.h"

namespace retailsim::transform {
namespace {

using namespace std::chrono;

constexpr Day monday{2024y / 1 / 1};

Catalogue everything_exists() {
  std::vector<Store> stores(2);
  stores[0].store_id = {1};
  stores[1].store_id = {2};
  std::vector<Product> products(2);
  products[0].product_id = {10};
  products[1].product_id = {11};
  for (auto& product : products) product.tax_rate = Rate{2000};
  std::vector<Customer> customers(1);
  customers[0].customer_id = {100};
  // The shelf price of product 11 is 2.50, and it costs 1.25; nothing is known of product 10.
  std::vector<Price> prices(1);
  prices[0].product_id = {11};
  prices[0].zone = "HERE";
  prices[0].valid_from = monday - days(10);
  prices[0].list_price = Cents{250};
  prices[0].unit_cost = Cents{125};
  for (auto& store : stores) store.region = "HERE";
  return Catalogue(stores, products, customers, prices);
}

Delivered<Transaction> header(std::int64_t id, std::int64_t store = 1, Day day = monday) {
  Delivered<Transaction> delivered;
  Transaction& row = delivered.received.row;
  row.transaction_id = {id};
  row.store_id = {store};
  row.business_date = day;
  row.begin_at = day;
  delivered.feed_date = day;
  return delivered;
}

Delivered<TransactionLine> line(std::int64_t id, std::int32_t number, std::int64_t net,
                                std::int64_t product = 10, std::int64_t store = 1) {
  Delivered<TransactionLine> delivered;
  TransactionLine& row = delivered.received.row;
  row.transaction_id = {id};
  row.line_number = number;
  row.store_id = {store};
  row.business_date = monday;
  row.product_id = {product};
  row.quantity = 1;
  row.list_price = row.gross = row.net = Cents{net};
  row.unit_cost = Cents{net / 2};
  row.tax = Cents{net / 5};
  delivered.feed_date = monday;
  return delivered;
}

CleanedTransactions clean(std::vector<Delivered<Transaction>> headers,
                          std::vector<Delivered<TransactionLine>> lines) {
  auto cleaned = clean_transactions(headers, lines, everything_exists());
  EXPECT_TRUE(cleaned.headers.passage.balances());
  EXPECT_TRUE(cleaned.lines.passage.balances());
  return cleaned;
}

TEST(Clean, AGoodReceiptPassesWithTheSumsOfItsLines) {
  const auto cleaned = clean({header(7)}, {line(7, 2, 500), line(7, 1, 250, 11)});
  ASSERT_EQ(cleaned.headers.rows.size(), 1u);
  EXPECT_EQ(cleaned.headers.rows[0].net, Cents{750});
  EXPECT_EQ(cleaned.headers.rows[0].tax, Cents{150});
  EXPECT_EQ(cleaned.headers.rows[0].total, Cents{900});
  EXPECT_EQ(cleaned.lines.rows[0].line_number, 1) << "lines are sorted";
}

TEST(Clean, ABadLineIsRefusedAloneAndItsReceiptSumsTheRest) {
  const auto cleaned = clean({header(7)}, {line(7, 1, 500), line(7, 2, 250, 99)});
  EXPECT_EQ(cleaned.headers.rows[0].net, Cents{500});
  ASSERT_EQ(cleaned.lines.quarantine.size(), 1u);
  EXPECT_EQ(cleaned.lines.quarantine[0].field, "product_id");
  EXPECT_EQ(cleaned.lines.quarantine[0].rule, "orphan");
  EXPECT_EQ(cleaned.lines.quarantine[0].reason, "there is no product 99");
  EXPECT_NE(cleaned.lines.quarantine[0].received.find("\"product_id\":99"), std::string::npos);
  EXPECT_EQ(cleaned.lines.passage.cents_quarantined, 250);
}

TEST(Clean, AReceiptWithoutAGoodLineIsRefused) {
  const auto cleaned = clean({header(7), header(8)}, {line(7, 1, 500), line(8, 1, 250, 99)});
  EXPECT_EQ(cleaned.headers.rows.size(), 1u);
  ASSERT_EQ(cleaned.headers.quarantine.size(), 1u);
  EXPECT_EQ(cleaned.headers.quarantine[0].rule, "no_lines");
  EXPECT_EQ(cleaned.headers.quarantine[0].feed_date, monday);
}

TEST(Clean, AStoreThatDoesNotExistSellsNothing) {
  const auto cleaned = clean({header(7, 3)}, {line(7, 1, 500, 10, 3)});
  EXPECT_TRUE(cleaned.headers.rows.empty());
  EXPECT_TRUE(cleaned.lines.rows.empty());
}

TEST(Clean, AnUnknownCustomerIsForgottenAndTheReceiptStays) {
  auto known = header(7), unknown = header(8);
  known.received.row.customer_id = CustomerId{100};
  unknown.received.row.customer_id = CustomerId{101};
  const auto cleaned = clean({known, unknown}, {line(7, 1, 500), line(8, 1, 500)});
  ASSERT_EQ(cleaned.headers.rows.size(), 2u);
  EXPECT_EQ(cleaned.headers.rows[0].customer_id, CustomerId{100});
  EXPECT_EQ(cleaned.headers.rows[1].customer_id, std::nullopt);
  ASSERT_EQ(cleaned.headers.findings.size(), 1u);
  const Finding& found = cleaned.headers.findings[0];
  EXPECT_EQ(found.rule, "orphan_customer");
  EXPECT_EQ(found.key, "8");
  EXPECT_EQ(found.before, "101");
  EXPECT_EQ(found.after, "null");
  EXPECT_EQ(cleaned.headers.passage.repaired, 1);
}

TEST(Clean, TheFirstDeliveryOfARowIsKept) {
  auto again = line(7, 1, 999);
  again.feed_date = monday + days(3);
  const auto cleaned = clean({header(7), header(7)}, {line(7, 1, 500), again});
  ASSERT_EQ(cleaned.lines.rows.size(), 1u);
  EXPECT_EQ(cleaned.lines.rows[0].net, Cents{500});
  EXPECT_EQ(cleaned.lines.passage.duplicates, 1);
  EXPECT_EQ(cleaned.lines.passage.cents_duplicates, 999);
  EXPECT_EQ(cleaned.headers.passage.duplicates, 1);
}

TEST(Clean, AMeasureThatIsMissingOrImpossibleIsRefused) {
  auto missing = line(7, 2, 100), nothing = line(7, 4, 100);
  missing.received.missing = std::uint64_t{1} << column_number<TransactionLine>("net") |
                             std::uint64_t{1} << column_number<TransactionLine>("gross");
  nothing.received.row.quantity = 0;
  const auto cleaned = clean({header(7)}, {line(7, 1, 500), missing, nothing});
  ASSERT_EQ(cleaned.lines.quarantine.size(), 2u);
  EXPECT_EQ(cleaned.lines.quarantine[0].rule, "missing");
  EXPECT_EQ(cleaned.lines.quarantine[1].field, "quantity");
  EXPECT_EQ(cleaned.lines.quarantine[1].rule, "measure_range");
  EXPECT_EQ(cleaned.lines.passage.cents_quarantined, 100) << "what is unknown counts 0";
}

TEST(Clean, ALineWithoutCostStays) {
  auto bare = line(7, 1, 500);
  bare.received.row.unit_cost.reset();
  bare.received.row.tax.reset();
  const auto cleaned = clean({header(7)}, {bare});
  ASSERT_EQ(cleaned.lines.rows.size(), 1u);
  EXPECT_EQ(cleaned.headers.rows[0].tax, std::nullopt);
  EXPECT_EQ(cleaned.headers.rows[0].total, std::nullopt);
}

TEST(Clean, SumsThatASourceGotWrongAreMadeAnew) {
  auto wrong = header(7);
  wrong.received.row.net = Cents{-5};
  wrong.received.missing = std::uint64_t{1} << column_number<Transaction>("gross");
  const auto cleaned = clean({wrong}, {line(7, 1, 500)});
  ASSERT_EQ(cleaned.headers.rows.size(), 1u);
  EXPECT_EQ(cleaned.headers.rows[0].gross, Cents{500});
  EXPECT_EQ(cleaned.headers.rows[0].net, Cents{500});
}

TEST(Clean, ALateReceiptAWrongClockAndARowOutOfTurnAreNotedAndKept) {
  auto first = header(7), second = header(8), third = header(9), late = header(10);
  first.received.row.begin_at = monday + hours(9);
  second.received.row.begin_at = monday + hours(8);
  third.received.row.begin_at = monday - days(30);
  late.feed_date = monday + days(2);
  const auto cleaned = clean({first, second, third, late},
                             {line(7, 1, 1), line(8, 1, 1), line(9, 1, 1), line(10, 1, 1)});
  EXPECT_EQ(cleaned.headers.rows.size(), 4u);
  std::vector<std::string> found;
  for (const auto& each : cleaned.headers.findings) found.push_back(each.key + " " + each.rule);
  EXPECT_EQ(found, (std::vector<std::string>{"8 out_of_order", "9 clock_glitch", "10 late"}));
}

TEST(Clean, WhatWasMendedInALineThatIsRefusedAfterAllIsForgotten) {
  std::vector<Delivered<TransactionLine>> lines;
  for (std::int32_t number = 1; number <= 30; ++number) lines.push_back(line(7, number, 500));
  lines[4].received.row.net = Cents{-500};                                 // a sign
  lines[5].received.row.gross = lines[5].received.row.net = Cents{5'000};  // ten times the price,
  lines[5].received.row.list_price = Cents{5'000};
  lines[5].received.row.tax = Cents{-1'000};  // and a sign
  const auto cleaned = clean({header(7)}, lines);
  ASSERT_EQ(cleaned.lines.findings.size(), 1u);
  EXPECT_EQ(cleaned.lines.findings[0].key, "7/5");
  ASSERT_EQ(cleaned.lines.quarantine.size(), 1u);
  EXPECT_EQ(cleaned.lines.quarantine[0].rule, "price_outlier");
  EXPECT_NE(cleaned.lines.quarantine[0].received.find("\"tax\":-10.00"), std::string::npos)
      << "as it was received";
  EXPECT_EQ(cleaned.lines.passage.cents_repaired, 1'000);
  EXPECT_EQ(cleaned.lines.passage.repaired, 1);
}

TEST(Clean, AnHourWithSalesInWhichNobodyCameInIsNoted) {
  const auto cleaned = clean({header(7), header(8)}, {line(7, 1, 1), line(8, 1, 1)});
  auto receipts = cleaned.headers.rows;
  receipts[0].local_hour = 9;
  receipts[1].local_hour = 10;
  Delivered<Visit> visit;
  visit.received.row.visit_id = {7};
  visit.received.row.store_id = {1};
  visit.received.row.business_date = monday;
  visit.received.row.local_hour = 9;
  visit.received.row.entered_at = monday + hours(9);
  std::vector<Delivered<Visit>> visits{visit};
  const auto seen = clean_visits(visits, receipts, everything_exists());
  ASSERT_EQ(seen.findings.size(), 1u);
  EXPECT_EQ(seen.findings[0].rule, "sensor_gap");
  EXPECT_EQ(seen.findings[0].key, "1/2024-01-01/10");
}

TEST(Clean, TheOrderOfDeliveryWithinADayDecidesNothing) {
  const auto one = clean({header(7), header(8)}, {line(7, 1, 500), line(8, 1, 250)});
  const auto other = clean({header(8), header(7)}, {line(8, 1, 250), line(7, 1, 500)});
  EXPECT_EQ(one.headers.rows, other.headers.rows);
  EXPECT_EQ(one.lines.rows, other.lines.rows);
}

}  // namespace
}  // namespace retailsim::transform
