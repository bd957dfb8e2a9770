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
      {{1}, "2024-02", {10}, Total{99}, std::nullopt, 1, Total{0}, {}, {}},
      {{1}, "2024-02", {30}, Total{1120}, Total{500}, 3, Total{80}, {}, {}},
      {{2}, "2024-02", {30}, Total{410}, Total{250}, 1, Total{0}, {}, {}},
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
      {{1}, "2024-02", {10}, Total{0}, Total{0}, 0, Total{40}, {}, {}}};
  EXPECT_EQ(rows_of<ProductMonth>(pass), expected);
}

TEST(StoreCategoryMonth, SumsTheProductsOfACategory) {
  ProductSalesPass pass(small_chain(), february);
  give(pass, line({.product = 20, .gross = 100, .unit_cost = Cents{60}}));
  give(pass, line({.product = 30, .quantity = 2, .gross = 400, .discount = 10}));
  give(pass, line({.product = 10, .gross = 99}));
  const std::vector<StoreCategoryMonth> expected{
      {{1}, "2024-02", "MILK", Total{99}, std::nullopt, 1, Total{0}, {}, {}},
      {{1}, "2024-02", "TEA", Total{490}, Total{60}, 3, Total{10}, {}, {}},
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

InventoryDay inventory(std::int64_t of_product, Day day, std::int32_t minutes) {
  InventoryDay made{};
  made.store_id = {1};
  made.product_id = {of_product};
  made.business_date = day;
  made.minutes_out_of_stock = minutes;
  return made;
}

// Three open days; product 20 is listed from the second on.
TEST(StoreCategoryMonth, WhatIsMissingIsCountedAgainstAllThatIsListed) {
  Product late = product(20, "TEA");
  late.launched_on = first + std::chrono::days(1);
  const Chain chain({store(2), store(1)}, {product(30, "TEA"), product(10, "MILK"), late});
  ProductSalesPass pass(chain, february);
  const auto give_to = [&](const auto& row) { pass.add(chain.with_numbers(row)); };
  give_to(line({.product = 30, .gross = 100}));
  give_to(line({.store = 2, .product = 30, .gross = 100}));
  give_to(receipt({.day = first}));
  give_to(visit(first + std::chrono::days(1), false));
  give_to(visit(first + std::chrono::days(4), false));
  give_to(inventory(30, first, 0));
  give_to(inventory(30, first + std::chrono::days(1), 10));
  give_to(inventory(20, first + std::chrono::days(1), 600));
  give_to(inventory(20, first + std::chrono::days(4), 1));
  const auto products = rows_of<ProductMonth>(pass);
  ASSERT_EQ(products.size(), 2u);
  EXPECT_EQ(products[0].stockout_days, 1);
  EXPECT_EQ(products[0].product_days, 3);
  const auto categories = rows_of<StoreCategoryMonth>(pass);
  ASSERT_EQ(categories.size(), 2u);
  EXPECT_EQ(categories[0].category, "TEA");
  EXPECT_EQ(categories[0].stockout_days, 3);
  EXPECT_EQ(categories[0].product_days, 3 + 2);
  // The other store tells nothing of its stock.
  EXPECT_EQ(categories[1].stockout_days, std::nullopt);
  EXPECT_EQ(products[1].product_days, std::nullopt);
}

}  // namespace
}  // namespace retailsim::transform
