// Goods of one season: when they are sold, and at what price in the end.
#include "simulate/collections.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "simulate/elementary.h"
#include "simulate/week_tables.h"
#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

// The chain over two years of fashion.
std::shared_ptr<const World> fashion_world(const std::function<void(Scenario&)>& change =
                                               [](Scenario&) {}) {
  return tiny_world([&](Scenario& scenario) {
    scenario.to = std::chrono::year{2025} / 12 / 31;
    scenario.assortment = "fashion";
    scenario.product_count = 1000;
    scenario.collection_share = 0.7;
    scenario.launched_share = scenario.delisted_share = 0;
    scenario.clearance_weeks = 6;
    scenario.clearance_depth = 0.6;
    change(scenario);
  });
}

const World& world() {
  static const auto one = fashion_world();
  return *one;
}

bool is_seasonal(const ProductState& product) { return product.last_week < 4000; }

TEST(Collections, AboutTheAskedShareOfProductsIsOfOneSeasonAndBasicsAreFewer) {
  std::map<std::string_view, std::pair<double, double>> departments;  // seasonal, all
  for (const ProductState& product : world().products) {
    auto& [seasonal, all] = departments[world().categories[product.category].facts->department];
    seasonal += is_seasonal(product) ? 1 : 0;
    ++all;
  }
  for (const DepartmentFacts& department : fashion.departments) {
    const auto [seasonal, all] = departments.at(department.name);
    const double expected = 0.7 * department.seasonal;
    // The best seller of each category stays.
    EXPECT_NEAR(seasonal / all, expected, 0.04 + 3 * std::sqrt(0.25 / all)) << department.name;
  }
}

TEST(Collections, SpringAndAutumnGoodsComeAndGoWithTheirSeasons) {
  std::set<int> years_and_halves;
  for (const ProductState& product : world().products) {
    if (!is_seasonal(product)) continue;
    const std::chrono::year_month_day leaves{monday_of(product.last_week)};
    const auto month = static_cast<unsigned>(leaves.month());
    const bool is_spring = month == 7 || month == 8;
    EXPECT_TRUE(is_spring || month == 1 || month == 2) << month;
    EXPECT_GE(product.last_week - product.first_week, 12);
    EXPECT_LE(product.last_week - product.first_week, 30);
    years_and_halves.insert(static_cast<int>(leaves.year()) * 2 + (is_spring ? 1 : 0));
  }
  EXPECT_EQ(years_and_halves.size(), 5u);  // autumn 2023 to autumn 2025
}

TEST(Collections, EveryCategoryHasSomethingInEveryWeek) {
  for (int week = world().first_week(); week <= world().last_week(); week += 5) {
    const WeekTables tables = build_week(world(), week);
    for (const CategoryState& category : world().categories) {
      int on_shelf = 0;
      for (std::uint32_t i = 0; i < category.product_count; ++i)
        on_shelf += tables.pulls[tables.place_of(0, category.first_product + i)] != 0 ? 1 : 0;
      EXPECT_GE(on_shelf, 1) << category.name << " in week " << week;
    }
  }
}

TEST(Collections, NothingIsSoldOutOfItsWeeksAndBasketsAreNotSmallerForIt) {
  const auto all_year = fashion_world([](Scenario& scenario) {
    scenario.collection_share = 0;
    scenario.clearance_weeks = 0;
  });
  const auto seasonal = fashion_world([](Scenario& scenario) { scenario.clearance_weeks = 0; });
  const int week = seasonal->first_week() + 60;
  double usual = 0;
  double lines = 0;
  for (std::size_t store = 0; store < seasonal->stores.size(); ++store) {
    const CellRows rows = cell_of(*seasonal, store, week);
    for (const TransactionLine& line : rows.lines) {
      if (line.kind == Kind::refund) continue;
      const ProductState& product =
          seasonal->products[static_cast<std::size_t>(line.product_id.value - 1)];
      EXPECT_LE(product.first_week, week);
      EXPECT_GE(product.last_week, week);
      ++lines;
    }
    usual += static_cast<double>(cell_of(*all_year, store, week).lines.size());
  }
  EXPECT_NEAR(lines / usual, 1, 0.05);
}

TEST(Clearance, CutsDeeperEveryWeekUntilTheProductLeaves) {
  ProductState product{};
  product.last_week = 100;
  const Scenario& scenario = world().scenario;
  EXPECT_EQ(clearance_depth(scenario, product, 94), 0);
  EXPECT_NEAR(clearance_depth(scenario, product, 95), 0.1, 1e-12);
  EXPECT_NEAR(clearance_depth(scenario, product, 99), 0.5, 1e-12);
  EXPECT_NEAR(clearance_depth(scenario, product, 100), 0.6, 1e-12);
  EXPECT_EQ(clearance_depth(scenario, product, 101), 0);
}

TEST(Clearance, TakesTheCutOffTheListPriceWithoutAPromotion) {
  const int week = week_of(std::chrono::year{2024} / 7 / 15);
  const WeekTables tables = build_week(world(), week);
  double ratios = 0;
  double depths = 0;
  int cleared = 0;
  for (std::uint32_t i = 0; i < world().products.size(); ++i) {
    const double depth = clearance_depth(world().scenario, world().products[i], week);
    const Shelf& shelf = tables.shelf(0, i);
    if (depth == 0) {
      EXPECT_EQ(shelf.net < shelf.list, shelf.promo_id != 0);
      continue;
    }
    EXPECT_LT(shelf.net, shelf.list);
    if (shelf.promo_id != 0) continue;  // its promotion is deeper
    ratios += 1 - static_cast<double>(shelf.net) / shelf.list;
    depths += depth;
    ++cleared;
  }
  ASSERT_GT(cleared, 50);
  EXPECT_NEAR(ratios / cleared, depths / cleared, 0.03);  // prices have their endings
}

TEST(Clearance, SellsOutMoreOfWhatLeavesAndNoneOfItAsAPromotion) {
  const auto without = fashion_world([](Scenario& scenario) { scenario.clearance_weeks = 0; });
  const int week = week_of(std::chrono::year{2024} / 7 / 15);
  const auto units_of_leaving = [&](const World& of) {
    double units = 0;
    for (std::size_t store = 0; store < of.stores.size(); ++store) {
      for (const TransactionLine& line : cell_of(of, store, week).lines) {
        if (line.kind == Kind::refund) continue;
        EXPECT_EQ(line.gross, line.net + line.discount);
        EXPECT_FALSE(line.promo_id && line.promo_id->value == 0);
        const ProductState& product =
            of.products[static_cast<std::size_t>(line.product_id.value - 1)];
        if (clearance_depth(world().scenario, product, week) > 0) units += line.quantity;
      }
    }
    return units;
  };
  EXPECT_GT(units_of_leaving(world()), 1.25 * units_of_leaving(*without));
}

}  // namespace
}  // namespace retailsim::simulate
