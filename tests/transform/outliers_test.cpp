#include "transform/outliers.h"

#include <gtest/gtest.h>

namespace retailsim::transform {
namespace {

constexpr Day monday{std::chrono::year{2024} / 1 / 1};

// Two products of one category; 10 is listed at 2.00, 11 at 4.00.
Catalogue catalogue() {
  std::vector<Store> stores(1);
  stores[0].store_id = {1};
  stores[0].region = "HERE";
  std::vector<Product> products(2);
  products[0].product_id = {10};
  products[1].product_id = {11};
  for (auto& product : products) product.category = "DAIRY";
  std::vector<Price> prices(2);
  for (std::size_t i = 0; i < 2; ++i) {
    prices[i].product_id = products[i].product_id;
    prices[i].zone = "HERE";
    prices[i].valid_from = monday;
    prices[i].list_price = Cents{i == 0 ? 200 : 400};
  }
  return Catalogue(stores, products, {}, prices);
}

TransactionLine line(std::int64_t product, std::int32_t quantity, std::int64_t each) {
  TransactionLine row{};
  row.store_id = {1};
  row.business_date = monday;
  row.product_id = {product};
  row.quantity = quantity;
  row.gross = row.net = quantity * Cents{each};
  return row;
}

std::vector<TransactionLine> usual(std::size_t count) {
  return std::vector<TransactionLine>(count, line(10, 1, 200));
}

std::vector<std::size_t> found(const std::vector<TransactionLine>& lines, QualityRule rule) {
  std::vector<std::size_t> places;
  for (const auto& each : find_outliers(lines, catalogue()))
    if (each.broken.rule == rule) places.push_back(each.line);
  return places;
}

TEST(Outliers, APriceFourTimesTheUsualIsFoundAndThreeTimesIsNot) {
  auto lines = usual(30);
  lines.push_back(line(10, 2, 800));
  lines.push_back(line(10, 1, 50));
  lines.push_back(line(10, 1, 600));
  EXPECT_EQ(found(lines, QualityRule::price_outlier), (std::vector<std::size_t>{30, 31}));
  EXPECT_TRUE(found(lines, QualityRule::quantity_outlier).empty());
}

TEST(Outliers, AQuantityFifteenTimesTheUsualIsFoundAndTwelveTimesIsNot) {
  auto lines = usual(100);
  lines.push_back(line(10, 12, 200));
  lines.push_back(line(10, 15, 200));
  EXPECT_EQ(found(lines, QualityRule::quantity_outlier), (std::vector<std::size_t>{101}));
}

TEST(Outliers, AProductThatIsOftenBoughtInNumbersMayBeBoughtBySixteen) {
  auto lines = usual(100);
  for (int i = 0; i < 20; ++i) lines.push_back(line(10, 4, 200));
  lines.push_back(line(10, 16, 200));
  lines.push_back(line(10, 20, 200));
  EXPECT_EQ(found(lines, QualityRule::quantity_outlier), (std::vector<std::size_t>{121}));
}

TEST(Outliers, AProductThatIsRarelySoldIsJudgedByItsCategoryAndItsListedPrice) {
  auto lines = usual(30);
  lines.push_back(line(11, 1, 400));
  lines.push_back(line(11, 1, 1700));
  lines.push_back(line(11, 16, 400));
  EXPECT_EQ(found(lines, QualityRule::price_outlier), (std::vector<std::size_t>{31}));
  EXPECT_EQ(found(lines, QualityRule::quantity_outlier), (std::vector<std::size_t>{32}));
}

TEST(Outliers, AFewLinesAloneSayNothing) {
  auto lines = usual(5);
  lines.push_back(line(10, 1, 4000));
  EXPECT_TRUE(find_outliers(lines, catalogue()).empty());
}

TEST(Outliers, WhatIsGivenAwayIsNoOutlier) {
  auto lines = usual(30);
  lines.push_back(line(10, 1, 0));
  EXPECT_TRUE(find_outliers(lines, catalogue()).empty());
}

TEST(Outliers, TheReasonSaysHowFarItIs) {
  auto lines = usual(30);
  lines.push_back(line(10, 1, 1000));
  const auto outliers = find_outliers(lines, catalogue());
  ASSERT_EQ(outliers.size(), 1u);
  EXPECT_EQ(outliers[0].broken.reason, "the price of one unit is 5.0 times above the usual");
}

}  // namespace
}  // namespace retailsim::transform
