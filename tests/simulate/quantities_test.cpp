#include "simulate/quantities.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "sample.h"
#include "simulate/baskets.h"
#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

double share_of_many(float logit, std::int32_t list, bool is_promoted, bool is_alone) {
  int many = 0;
  constexpr int tries = 10'000;
  for (int i = 0; i < tries; ++i) {
    const float unit = (static_cast<float>(i) + 0.5f) / tries;
    many += units_of_line(odds_of_many(logit, list), list, is_promoted, is_alone, unit) > 1 ? 1 : 0;
  }
  return static_cast<double>(many) / tries;
}

TEST(Quantities, MoreThanOneUnitIsAsLikelyAsTheLogitSays) {
  const double log_list = std::log(1.99);
  const double logit = -1.2 - 0.9 * (log_list - 0.6);
  EXPECT_NEAR(share_of_many(-1.2f, 199, false, false), 1 / (1 + std::exp(-logit)), 1e-3);
  EXPECT_NEAR(share_of_many(-1.2f, 199, true, false), 1 / (1 + std::exp(-logit - 0.35)), 1e-3);
  EXPECT_NEAR(share_of_many(-1.2f, 199, false, true), 1 / (1 + std::exp(-logit - 0.5)), 1e-3);
}

TEST(Quantities, DearGoodsAreRarelyBoughtTwice) {
  EXPECT_GT(share_of_many(-1.2f, 59, false, false), 2 * share_of_many(-1.2f, 999, false, false));
}

TEST(Quantities, GoFromTwoToSixteen) {
  EXPECT_EQ(units_of_line(1e4f, 30, false, false, 0.9998f), 2);
  EXPECT_EQ(units_of_line(1e4f, 30, false, false, 0.0001f), 16);
}

TEST(Quantities, OneUniformDecidesWhetherAndHowMany) {
  // Given more than one unit, the sizes follow the table for cheap goods: 55.9 % are two, 14 %
  // four.
  const float odds = odds_of_many(-1.2f, 30);
  std::map<std::int32_t, double> share;
  constexpr int tries = 100'000;
  int many = 0;
  for (int i = 0; i < tries; ++i) {
    const std::int32_t units =
        units_of_line(odds, 30, false, false, (static_cast<float>(i) + 0.5f) / tries);
    if (units == 1) continue;
    share[units] += 1;
    ++many;
  }
  EXPECT_NEAR(share[2] / many, 0.559 / 1.0, 0.006);
  EXPECT_NEAR(share[4] / many, 0.140 / 1.0, 0.004);
}

TEST(Quantities, MeanIsThatOfTheLaw) {
  for (const std::int32_t list : {30, 150, 399}) {
    const float odds = odds_of_many(-0.8f, list);
    double units = 0;
    constexpr int tries = 100'000;
    for (int i = 0; i < tries; ++i)
      units += units_of_line(odds, list, true, false, (static_cast<float>(i) + 0.5f) / tries);
    EXPECT_NEAR(units / tries, static_cast<double>(mean_units_of_line(odds, list, true)), 2e-3);
  }
}

TEST(Quantities, ProductsAreSpreadAroundTheLogitOfTheScenario) {
  for (const double logit : {-1.85, -0.6}) {
    const auto world = tiny_world([&](Scenario& scenario) {
      scenario.product_count = 2000;
      scenario.many_logit = logit;
    });
    Sample squares;
    Sample logits;  // without what is its category's
    for (const ProductState& product : world->products) {
      const double own =
          static_cast<double>(product.many_logit) - world->categories[product.category].many_logit;
      logits.add(own);
      squares.add(std::pow(own - logit, 2));
    }
    EXPECT_NEAR(logits.mean(), logit, logits.tolerance());
    EXPECT_NEAR(squares.mean(), 0.7 * 0.7, squares.tolerance());
  }
}

// Lines of more than one unit, and the sum of their chances, over all weeks of a store.
SumAndLaw many_of(double logit) {
  const auto world = tiny_world([&](Scenario& scenario) {
    scenario.many_logit = logit;
    // So that a price below list is a promotion.
    scenario.markdown_share = scenario.forgotten_card = scenario.return_share = 0;
  });
  SumAndLaw many;
  for (int week = world->first_week(); week <= world->last_week(); ++week) {
    const CellRows rows = cell_of(*world, 0, week);
    for (std::size_t i = 0; i < rows.transactions.size(); ++i) {
      const auto lines = rows.lines_of(i);
      // Who came for one thing, whatever a promotion added, follows a law of its own.
      if (std::ranges::none_of(lines, [](const TransactionLine& line) {
            return line.line_number > 1 && line.line_number <= added_line;
          }))
        continue;
      const auto& customer = rows.transactions[i].customer_id;
      const double odds_of_household =
          customer ? static_cast<double>(
                         world->households[static_cast<std::size_t>(customer->value - 1)].many_odds)
                   : 1;
      for (const TransactionLine& line : lines) {
        const ProductState& product =
            world->products[static_cast<std::size_t>(line.product_id.value - 1)];
        if (product.is_weighed) continue;
        const double log_list = std::log(static_cast<double>(line.list_price.value) / 100);
        const double odds = odds_of_household *
                            std::exp(static_cast<double>(product.many_logit) -
                                     0.9 * (log_list - 0.6) + (line.discount.value > 0 ? 0.35 : 0));
        const double chance = odds / (1 + odds);
        many.found += line.quantity > 1 ? 1 : 0;
        many.expected += chance;
        many.variance += chance * (1 - chance);
      }
    }
  }
  return many;
}

TEST(Quantities, InTheFeedLinesHaveMoreThanOneUnitAsOftenAsTheirLogitsSay) {
  double before = 0;
  for (const double logit : {-3.0, -1.85, -0.6}) {
    const SumAndLaw many = many_of(logit);
    EXPECT_NEAR(many.found, many.expected, many.tolerance()) << logit;
    EXPECT_LT(many.tolerance(), 0.15 * many.expected);
    EXPECT_GT(many.expected, 1.5 * before);
    before = many.expected;
  }
}

}  // namespace
}  // namespace retailsim::simulate
