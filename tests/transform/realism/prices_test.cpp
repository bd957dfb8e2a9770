#include "transform/realism/prices.h"

#include <gtest/gtest.h>

#include "transform/realism/small_year.h"

namespace retailsim::transform::realism {
namespace {

using namespace std::chrono;

TEST(Elasticity, FourTimesTheUnitsAtHalfThePriceIsMinusTwo) {
  Shop shop;  // weeks count from the first day, a Thursday
  shop.sell({.day = first, .items = {{.quantity = 5, .net = 500}}});
  shop.sell({.day = first + days(7), .items = {{.quantity = 20, .net = 1000}}});
  EXPECT_NEAR(*measured(shop.themes(), "own_price_elasticity").value, -2, 1e-12);
}

TEST(Elasticity, AProductThatIsCheapAndSellsMuchIsNoAnswerToItsPrice) {
  Shop shop;  // 10 at its own price of a euro; 20 halves its price and sells twice as much
  for (const int week : {0, 1})
    shop.sell(
        {.day = first + days(7 * week), .items = {{.product = 10, .quantity = 100, .net = 10000}}});
  shop.sell({.day = first, .items = {{.product = 20, .quantity = 2, .net = 2000}}});
  shop.sell({.day = first + days(7), .items = {{.product = 20, .quantity = 4, .net = 2000}}});
  EXPECT_NEAR(*measured(shop.themes(), "own_price_elasticity").value, -1, 1e-12);
}

TEST(Elasticity, TheSixthDayAfterTheFirstIsOfTheSameWeek) {
  Shop shop;  // two sales of one week are one price
  shop.sell({.day = first, .items = {{.quantity = 5, .net = 500}}});
  shop.sell({.day = first + days(6), .items = {{.quantity = 20, .net = 1000}}});
  EXPECT_EQ(measured(shop.themes(), "own_price_elasticity"), none("no product had two prices"));
}

TEST(Elasticity, WhatIsGivenAwayOrBroughtBackHasNoPrice) {
  Shop shop;
  shop.sell({.day = first, .items = {{.quantity = 5, .net = 500}}});
  shop.sell({.day = first + days(7), .items = {{.quantity = 20, .net = 1000}}});
  shop.sell({.day = first + days(14), .items = {{.quantity = 7, .net = 0, .discount = 700}}});
  shop.sell({.day = first, .items = {{.quantity = 3, .net = 900}}, .kind = Kind::refund});
  EXPECT_NEAR(*measured(shop.themes(), "own_price_elasticity").value, -2, 1e-12);
}

// `products` products, of which number i sells 10 units a week in four weeks, and 10 + i in
// four weeks of which each takes `discount` cents off a gross of ten euros.
Measure uplift(std::int64_t products, std::int64_t discount) {
  std::vector<Product> catalogue;
  for (std::int64_t id = 1; id <= products; ++id) catalogue.push_back(product(id, "TEA"));
  const Chain chain({store(1)}, catalogue);
  Shop shop(chain);
  for (std::int64_t id = 1; id <= products; ++id) {
    for (int week = 0; week < 8; ++week) {
      const std::int64_t off = week % 2 == 0 ? discount : 0;
      const auto units = static_cast<std::int32_t>(off > 0 ? 10 + id : 10);
      shop.sell(
          {.day = first + days(7 * week),
           .items = {{.product = id, .quantity = units, .net = 1000 - off, .discount = off}}});
    }
  }
  return measured(shop.themes(), "promotion_uplift");
}

TEST(PromotionUplift, IsThatOfTheMedianProduct) {
  // 1.1, 1.2 … 2.1: the sixth; of ten, between the fifth and the sixth
  EXPECT_DOUBLE_EQ(*uplift(11, 100).value, 1.6);
  EXPECT_DOUBLE_EQ(*uplift(10, 100).value, 1.55);
}

TEST(PromotionUplift, LessThanATenthOffIsNoPromotion) { EXPECT_FALSE(uplift(11, 99).value); }

TEST(PromotionUplift, NineProductsSayTooLittle) {
  EXPECT_EQ(uplift(9, 100).reason,
            "fewer than ten products with four weeks on promotion and four without");
}

TEST(Discounts, AreCountedInLinesAndWeighedInMoneyOfSales) {
  Shop shop;  // 30 cents off 300
  shop.sell({.items = {{.net = 70, .discount = 30}, {.net = 100}, {.net = 0}, {.net = 100}}});
  shop.sell({.items = {{.net = 1, .discount = 99}}, .kind = Kind::refund});
  const auto themes = shop.themes();
  EXPECT_DOUBLE_EQ(*measured(themes, "discounted_lines").value, 0.25);
  EXPECT_DOUBLE_EQ(*measured(themes, "discount_share").value, 0.1);
}

}  // namespace
}  // namespace retailsim::transform::realism
