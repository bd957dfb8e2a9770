#include "simulate/promotions.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

std::set<std::pair<std::int64_t, std::int64_t>> members_of(const PromotionRows& rows) {
  std::set<std::pair<std::int64_t, std::int64_t>> members;
  for (const auto& row : rows.products) members.insert({row.promo_id.value, row.product_id.value});
  return members;
}

TEST(Promotions, RunInWholeWeeksAndNameTheirProductsOnce) {
  const auto world = tiny_world();
  const PromotionRows rows = promotion_rows(*world);
  ASSERT_GT(rows.promotions.size(), 30u);
  ASSERT_EQ(rows.product_ends.size(), rows.promotions.size());
  EXPECT_EQ(rows.product_ends.back(), rows.products.size());
  EXPECT_EQ(members_of(rows).size(), rows.products.size());
  std::uint32_t begin = 0;
  for (std::size_t i = 0; i < rows.promotions.size(); ++i) {
    const Promotion& promotion = rows.promotions[i];
    EXPECT_EQ(weekday_of(promotion.starts_on), 0);
    EXPECT_EQ(weekday_of(promotion.ends_on), 6);
    EXPECT_GE(*promotion.depth_pct, 5);
    EXPECT_LE(*promotion.depth_pct, 60);
    EXPECT_LE(promotion.promo_id.value, largest_id);
    if (i > 0) {
      EXPECT_LT(rows.promotions[i - 1].promo_id, promotion.promo_id);
    }
    ASSERT_LT(begin, rows.product_ends[i]);
    for (; begin < rows.product_ends[i]; ++begin)
      EXPECT_EQ(rows.products[begin].promo_id, promotion.promo_id);
  }
}

TEST(Promotions, WhatIsSoldOnPromotionIsInItsList) {
  const auto world = tiny_world();
  const auto members = members_of(promotion_rows(*world));
  std::size_t promoted = 0;
  const CellRows rows = cell_of(*world, 0, world->first_week());
  for (const TransactionLine& line : rows.lines) {
    EXPECT_EQ(line.promo_id.has_value(), line.discount.value > 0);
    if (!line.promo_id) continue;
    EXPECT_TRUE(members.contains({line.promo_id->value, line.product_id.value}));
    ++promoted;
  }
  EXPECT_GT(promoted, 100u);
}

// The promotion that sold most in the first week at store 1.
PromoId best_promotion(const World& world) {
  std::map<PromoId, int> lines;
  const CellRows rows = cell_of(world, 0, world.first_week());
  for (const TransactionLine& line : rows.lines)
    if (line.promo_id) ++lines[*line.promo_id];
  return std::ranges::max_element(lines, {}, [](const auto& entry) { return entry.second; })->first;
}

TEST(Promotions, AnotherDepthMovesLinesOfItsCategoryOnly) {
  const auto world = tiny_world();
  const PromoId promo = best_promotion(*world);
  const auto changed = tiny_world([&](Scenario& scenario) {
    scenario.promotion_changes = {{.promo_id = promo.value, .depth_pct = 60}};
  });
  const auto category_of = [&](ProductId product) {
    return world->products[static_cast<std::size_t>(product.value - 1)].category;
  };
  std::uint32_t category = 0;
  for (const auto& row : promotion_rows(*world).products)
    if (row.promo_id == promo) category = category_of(row.product_id);

  const CellRows before = cell_of(*world, 0, world->first_week());
  const CellRows after = cell_of(*changed, 0, world->first_week());
  EXPECT_EQ(before.visits, after.visits);
  ASSERT_EQ(before.transactions.size(), after.transactions.size());
  using Lines = std::vector<TransactionLine>;
  const auto split = [&](const CellRows& rows) {
    std::pair<Lines, Lines> parts;  // of the category, of others
    for (const auto& line : rows.lines)
      (category_of(line.product_id) == category ? parts.first : parts.second).push_back(line);
    return parts;
  };
  const auto [inside_before, elsewhere_before] = split(before);
  const auto [inside_after, elsewhere_after] = split(after);
  EXPECT_EQ(elsewhere_before, elsewhere_after);
  EXPECT_NE(inside_before, inside_after);
  EXPECT_GT(elsewhere_before.size(), 1000u);
}

// Units sold of a promotion's products in the first week, all stores.
std::int64_t units_of(const World& world, const std::set<ProductId>& products) {
  std::int64_t units = 0;
  for (std::size_t store = 0; store < world.stores.size(); ++store)
    for (const TransactionLine& line : cell_of(world, store, world.first_week()).lines)
      if (line.kind == Kind::sale && products.contains(line.product_id)) units += line.quantity;
  return units;
}

TEST(Promotions, TheDeeperThePromotionTheMoreUnitsItsProductsSell) {
  // So many products that a promotion has others of its category to win from; deep ones win
  // nearly all of it.
  const auto with_depth = [](PromoId promo, std::int64_t depth) {
    return tiny_world([&](Scenario& scenario) {
      scenario.product_count = 1500;
      scenario.elasticity_mean = 3;
      if (promo.value != 0) scenario.promotion_changes = {{promo.value, depth}};
    });
  };
  const auto world = with_depth({}, 0);
  const PromoId promo = best_promotion(*world);
  std::set<ProductId> products;
  for (const auto& row : promotion_rows(*world).products)
    if (row.promo_id == promo) products.insert(row.product_id);
  std::int64_t before = 0;
  for (const std::int64_t depth : {0, 15, 30}) {
    const std::int64_t units = units_of(*with_depth(promo, depth), products);
    EXPECT_GT(static_cast<double>(units), 1.1 * static_cast<double>(before)) << depth;
    before = units;
  }
}

TEST(Promotions, DepthZeroWithdrawsThePromotion) {
  const PromoId promo = best_promotion(*tiny_world());
  const auto changed = tiny_world([&](Scenario& scenario) {
    scenario.promotion_changes = {{.promo_id = promo.value, .depth_pct = 0}};
  });
  for (const Promotion& promotion : promotion_rows(*changed).promotions)
    EXPECT_NE(promotion.promo_id, promo);
  const CellRows rows = cell_of(*changed, 0, changed->first_week());
  for (const TransactionLine& line : rows.lines) EXPECT_NE(line.promo_id, promo);
}

}  // namespace
}  // namespace retailsim::simulate
