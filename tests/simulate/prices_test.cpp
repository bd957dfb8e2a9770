#include "simulate/prices.h"

#include <gtest/gtest.h>

#include <map>

#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

TEST(Prices, APromotionTakesItsPercentageOffAndAtLeastOneCent) {
  constexpr std::uint32_t exact = 0xb333e666;  // no ending of its own, and no 9
  constexpr std::uint32_t nines = 0xb3331999;
  constexpr std::uint32_t wholes = 0x1999e666;
  EXPECT_EQ(promotion_price({200}, 0.25, exact).value, 150);
  EXPECT_EQ(promotion_price({199}, 0.25, exact).value, 149);
  EXPECT_EQ(promotion_price({400}, 0.30, nines).value, 279);
  EXPECT_EQ(promotion_price({60}, 0.20, nines).value, 49);
  EXPECT_EQ(promotion_price({599}, 0.33, wholes).value, 400);
  EXPECT_EQ(promotion_price({250}, 0.40, wholes).value, 150);  // 1 or 2 would be too far away
  EXPECT_EQ(promotion_price({9}, 0.05, exact).value, 8);
}

TEST(Prices, EveryProductHasOnePriceOnEveryDayAndZone) {
  const auto world =
      tiny_world([](Scenario& scenario) { scenario.to = scenario.from + std::chrono::days(400); });
  const std::vector<Price> rows = price_rows(*world);
  std::map<std::pair<std::int64_t, std::string>, const Price*> last;
  for (const Price& row : rows) {
    const Price*& before = last[{row.product_id.value, row.zone}];
    if (before == nullptr) {
      EXPECT_GE(row.valid_from, world->scenario.from);
    } else {
      ASSERT_TRUE(before->valid_to);
      EXPECT_EQ(row.valid_from, *before->valid_to + std::chrono::days(1));
    }
    before = &row;
    EXPECT_GE(row.list_price.value, 9);
    EXPECT_GE(row.unit_cost->value, 1);
    EXPECT_LT(*row.unit_cost, row.list_price);
  }
  EXPECT_EQ(last.size(), world->products.size() * world->zones.size());
  for (const auto& [key, row] : last) EXPECT_FALSE(row->valid_to);
}

TEST(Prices, TheShelfShowsThePriceOfThePriceList) {
  const auto world = tiny_world();
  const int week = world->first_week() + 3;
  const WeekTables tables = build_week(*world, week);
  std::size_t compared = 0;
  for (const Price& row : price_rows(*world)) {
    const Day day = monday_of(week);
    if (row.valid_from > day || (row.valid_to && *row.valid_to < day)) continue;
    const std::uint32_t zone = row.zone == world->scenario.regions[0] ? 0 : 1;
    const auto product = static_cast<std::size_t>(row.product_id.value - 1);
    if (world->products[product].last_week < week) continue;
    const Shelf& shelf = tables.shelf(zone, static_cast<std::uint32_t>(product));
    EXPECT_EQ(shelf.list, row.list_price.value);
    EXPECT_EQ(shelf.cost, row.unit_cost->value);
    ++compared;
  }
  EXPECT_GT(compared, 300u);
}

TEST(Prices, MostPricesEndInNine) {
  const auto world = tiny_world();
  std::size_t nines = 0;
  const auto rows = price_rows(*world);
  for (const Price& row : rows) nines += row.list_price.value % 10 == 9 ? 1 : 0;
  const double share = static_cast<double>(nines) / static_cast<double>(rows.size());
  EXPECT_GT(share, 0.7);
  EXPECT_LT(share, 0.97);
}

}  // namespace
}  // namespace retailsim::simulate
