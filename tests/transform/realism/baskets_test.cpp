#include "transform/realism/baskets.h"

#include <gtest/gtest.h>

#include "transform/realism/small_year.h"

namespace retailsim::transform::realism {
namespace {

std::vector<Item> items(std::size_t count) { return std::vector<Item>(count); }

TEST(BasketSizes, PercentilesAreNumbersOfLinesThatOccur) {
  Shop shop;  // 40 of one line, 30 of two, 25 of five, 5 of nine
  shop.sell({.items = items(1)}, 40).sell({.items = items(2)}, 30);
  shop.sell({.items = items(5)}, 25).sell({.items = items(9)}, 5);
  shop.sell({.items = items(20), .kind = Kind::refund}, 50);
  const auto themes = shop.themes();
  EXPECT_EQ(*measured(themes, "lines_median").value, 2);
  EXPECT_EQ(*measured(themes, "lines_p90").value, 5);
  EXPECT_EQ(*measured(themes, "lines_p99").value, 9);
  EXPECT_EQ(*measured(themes, "single_line_baskets").value, 0.4);
}

TEST(BasketSizes, HalfOfTheBasketsIsEnoughForTheMedian) {
  Shop shop;
  shop.sell({.items = items(3)}).sell({.items = items(4)});
  EXPECT_EQ(*measured(shop.themes(), "lines_median").value, 3);
}

TEST(SingleUnits, AreCountedInLinesOfSales) {
  Shop shop;
  shop.sell({.items = {{.quantity = 1}, {.quantity = 3}, {.quantity = 1}, {.quantity = 1}}});
  shop.sell({.items = {{.quantity = 2}}, .kind = Kind::refund});
  EXPECT_EQ(*measured(shop.themes(), "single_unit_lines").value, 0.75);
}

TEST(ReturnRate, TwoReturnsToFourSalesAreAHalf) {
  Shop shop;
  shop.sell({}, 4).sell({.items = items(3), .kind = Kind::refund}, 2);
  EXPECT_EQ(*measured(shop.themes(), "return_rate").value, 0.5);
}

TEST(ReturnRate, AChainThatTakesNothingBackHasNoRate) {
  Shop shop;
  shop.sell({});
  EXPECT_EQ(measured(shop.themes(), "return_rate"), none("no returns"));
}

TEST(AverageTicket, IsWhatIsLeftAfterReturnsForEachSaleAndHasNoBand) {
  Shop shop;  // 7.00 + 5.00 - 3.00, in two sales
  shop.sell({.items = {{.net = 700}}}).sell({.items = {{.net = 200}, {.net = 300}}});
  shop.sell({.items = {{.net = 300}}, .kind = Kind::refund});
  const auto themes = shop.themes();
  EXPECT_EQ(*measured(themes, "average_ticket").value, 4.5);
  EXPECT_EQ(read_figures(themes).back().verdict, Verdict::none);
}

TEST(AverageTicket, EurosAndPoundsMakeNoMean) {
  Store pounds = store(2);
  pounds.currency = "GBP";
  const Chain chain({store(1), pounds}, {product(10, "MILK")});
  Shop shop(chain);
  shop.sell({});
  EXPECT_EQ(measured(shop.themes(), "average_ticket"), none("stores differ in their currency"));
}

TEST(Conversion, OneVisitInFourBuys) {
  Shop shop;
  shop.sell({}).open_door(visit(first, true));
  for (int look = 0; look < 3; ++look) shop.open_door(visit(first, false));
  EXPECT_EQ(*measured(shop.themes(), "conversion").value, 0.25);
}

TEST(Conversion, ALakeWithoutVisitsHasNone) {
  Shop shop;
  shop.sell({});
  EXPECT_EQ(measured(shop.themes(), "conversion"), none("no visits"));
}

}  // namespace
}  // namespace retailsim::transform::realism
