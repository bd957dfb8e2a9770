// What all stores share in a week: shelves, pulls, bargains and the tables for anonymous buyers.
#include "simulate/week_tables.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "simulate/prices.h"
#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

std::shared_ptr<const World> many_zones() {
  return tiny_world([](Scenario& scenario) {
    scenario.product_count = 400;
    scenario.zone_price_share = 0.3;
    scenario.promotion_everywhere = 0.5;
    scenario.promotion_in_zone = 0.5;
  });
}

TEST(WeekTables, AZoneHasItsOwnShelfOnlyWherePricesOrPromotionsDiffer) {
  const auto world = many_zones();
  ASSERT_GT(world->zones.size(), 1u);
  const WeekTables tables = build_week(*world, world->first_week() + 3);
  int shared = 0, own = 0;
  for (std::uint32_t product = 0; product < world->products.size(); ++product) {
    std::set<std::pair<std::int32_t, std::int32_t>> offers;
    for (std::uint32_t zone = 0; zone < world->zones.size(); ++zone) {
      const Shelf& shelf = tables.shelf(zone, product);
      offers.insert({shelf.list, shelf.net});
      const bool is_there = tables.pulls[tables.place_of(zone, product)] > 0;
      EXPECT_EQ(is_there, shelf.list > 0) << product;
      if (!is_there) continue;
      const auto prices = prices_of(*world, world->products[product], tables.week);
      EXPECT_EQ(shelf.list, prices[prices.size() > 1 ? zone : 0].list);
      EXPECT_EQ(shelf.net<shelf.list, shelf.promo_id> 0);
      EXPECT_EQ(shelf.category, world->products[product].category);
    }
    (tables.shelves[product].zones == 0 ? shared : own) += 1;
    if (tables.shelves[product].zones == 0) {
      EXPECT_EQ(offers.size(), 1u) << product;
    }
  }
  EXPECT_GT(shared, 100);
  EXPECT_GT(own, 50);
}

TEST(WeekTables, APullIsTheCheapnessToThePowerOfTheElasticityTimesTheNotice) {
  const auto world = tiny_world([](Scenario& scenario) {
    scenario.mailer_share = 1;
    scenario.mailer_lift = 0.5;
    scenario.inflation = 0;
  });
  const WeekTables tables = build_week(*world, world->first_week() + 2);
  int promoted = 0;
  for (std::uint32_t i = 0; i < world->products.size(); ++i) {
    const ProductState& product = world->products[i];
    const Shelf& shelf = tables.shelf(0, i);
    if (shelf.list == 0) continue;
    const bool is_promoted = shelf.promo_id > 0;
    promoted += is_promoted ? 1 : 0;
    const double log_pull = product.elasticity * (product.log_price - std::log(shelf.net / 100.0)) +
                            (is_promoted ? 0.5 : 0);
    const double pull = std::min(std::exp(log_pull), 54.5);
    EXPECT_NEAR(tables.pulls[tables.place_of(0, i)] / double{usual_pull} / pull, 1, 0.02) << i;
  }
  EXPECT_GT(promoted, 5);
}

TEST(WeekTables, BargainsAddUpWhatIsCheaperThanUsual) {
  const auto world = many_zones();
  const WeekTables tables = build_week(*world, world->first_week() + 1);
  for (std::uint32_t zone = 0; zone < world->zones.size(); ++zone) {
    for (const CategoryState& category : world->categories) {
      double excess = 0;
      for (std::uint32_t i = 0; i < category.product_count; ++i) {
        const std::size_t place = tables.place_of(zone, category.first_product + i);
        const double pull = tables.pulls[place] / double{usual_pull};
        excess += world->products[category.first_product + i].popularity * std::max(0.0, pull - 1);
        EXPECT_NEAR(static_cast<double>(tables.bargains[place]), excess, 2e-3 * (1 + excess));
      }
    }
  }
}

}  // namespace
}  // namespace retailsim::simulate
