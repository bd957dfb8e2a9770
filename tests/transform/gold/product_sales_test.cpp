#include "transform/gold/product_sales.h"

#include <gtest/gtest.h>

#include "transform/gold/small_chain.h"

namespace retailsim::transform {
namespace {

TEST(ProductMonth, SumsEachProductOfEachStore) {
  ProductSalesPass pass(small_chain(), february);
  give(pass,
       line({.product = 30, .quantity = 2, .gross = 800, .discount = 80, .unit_cost = Cents{250}}));
  give(pass, line({.product = 30, .gross = 400}));
  give(pass, line({.product = 10, .gross = 99}));
  give(pass, line({.store = 2, .product = 30, .gross = 410, .unit_cost = Cents{250}}));
  const std::vector<ProductMonth> expected{
      {{1}, "2024-02", {10}, Total{99}, std::nullopt, 1, Total{0}},
      {{1}, "2024-02", {30}, Total{1120}, Total{500}, 3, Total{80}},
      {{2}, "2024-02", {30}, Total{410}, Total{250}, 1, Total{0}},
  };
  EXPECT_EQ(rows_of<ProductMonth>(pass), expected);
}

TEST(ProductMonth, WhatIsTakenBackIsTakenOffButItsDiscountWasNotGivenAgain) {
  ProductSalesPass pass(small_chain(), february);
  const Sold sale{.gross = 400, .discount = 40, .unit_cost = Cents{250}};
  Sold back = sale;
  back.kind = Kind::refund;
  give(pass, line(sale));
  give(pass, line(back));
  const std::vector<ProductMonth> expected{
      {{1}, "2024-02", {10}, Total{0}, Total{0}, 0, Total{40}}};
  EXPECT_EQ(rows_of<ProductMonth>(pass), expected);
}

TEST(StoreCategoryMonth, SumsTheProductsOfACategory) {
  ProductSalesPass pass(small_chain(), february);
  give(pass, line({.product = 20, .gross = 100, .unit_cost = Cents{60}}));
  give(pass, line({.product = 30, .quantity = 2, .gross = 400, .discount = 10}));
  give(pass, line({.product = 10, .gross = 99}));
  const std::vector<StoreCategoryMonth> expected{
      {{1}, "2024-02", "MILK", Total{99}, std::nullopt, 1, Total{0}},
      {{1}, "2024-02", "TEA", Total{490}, Total{60}, 3, Total{10}},
  };
  EXPECT_EQ(rows_of<StoreCategoryMonth>(pass), expected);
}

TEST(ProductMonth, ProductsWithFarApartIdsAreKeptApart) {
  const Chain chain({store(1)}, {product(largest_id, "TEA"), product(1, "MILK")});
  ProductSalesPass pass(chain, february);
  pass.add(chain.with_numbers(line({.product = largest_id, .gross = 5})));
  pass.add(chain.with_numbers(line({.product = 1, .gross = 7})));
  const auto rows = rows_of<ProductMonth>(pass);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].net_sales, Total{7});
  EXPECT_EQ(rows[1].product_id, ProductId{largest_id});
  EXPECT_EQ(rows[1].net_sales, Total{5});
}

}  // namespace
}  // namespace retailsim::transform
