#include "transform/gold/promotions.h"

#include <gtest/gtest.h>

#include "transform/gold/small_chain.h"

namespace retailsim::transform {
namespace {

using namespace std::chrono;

// Monday, 1 January 2024, and so on.
constexpr Day monday(int week) { return Day{2024y / 1 / 1} + days(7 * week); }

Promotion promotion(std::int64_t id, Day from, Day through) {
  Promotion made{};
  made.promo_id = {id};
  made.starts_on = from;
  made.ends_on = through;
  return made;
}

// The result of promotion 7 of product 10, from sales that lie in any months.
std::vector<PromotionResult> results(const std::vector<Sold>& sales,
                                     const std::vector<Promotion>& promotions,
                                     const Coverage& coverage, const Chain& chain = small_chain()) {
  ProductWeeks weeks(chain);
  for (Month month = month_of(coverage.from); month <= month_of(coverage.through); ++month.number) {
    ProductWeeksPass pass(chain, month);
    for (const auto& sold : sales)
      if (month_of(sold.day) == month) pass.add(chain.with_numbers(line(sold)));
    weeks.merge(pass);
  }
  std::vector<PromotionProduct> products;
  for (const auto& each : promotions) products.push_back({each.promo_id, {10}});
  return weeks.results(promotions, products, coverage);
}

// Week w sells units[w] of product 10, on a Wednesday.
std::vector<Sold> weekly(const std::vector<std::int32_t>& units) {
  std::vector<Sold> sales;
  for (std::size_t week = 0; week < units.size(); ++week) {
    if (units[week] == 0) continue;
    sales.push_back({.day = monday(static_cast<int>(week)) + days(2),
                     .quantity = units[week],
                     .gross = 100 * units[week]});
  }
  return sales;
}

TEST(PromotionResult, TheBaselineIsTheMeanOfTheFourWeeksBefore) {
  auto sales = weekly({99, 5, 6, 7, 9, 20, 22, 99});
  sales.push_back({.store = 2, .day = monday(5), .kind = Kind::refund, .gross = 100});
  sales.push_back({.day = monday(6) + days(6), .quantity = 2, .gross = 200, .discount = 40});
  const auto rows = results(sales, {promotion(7, monday(5), monday(7) - days(1))},
                            {monday(0), monday(8) - days(1)});
  // (5 + 6 + 7 + 9) / 4 = 6.75 units a week
  const std::vector<PromotionResult> expected{
      {{7}, {10}, 2, 20 + 22 - 1 + 2, Total{1350}, Total{40}, Total{2000 + 2200 - 100 + 160}}};
  EXPECT_EQ(rows, expected);
}

TEST(PromotionResult, WeeksOnPromotionAreNoBaseline) {
  auto sales = weekly({1, 2, 50, 60, 8, 20});
  sales.push_back({.day = monday(3), .gross = 100, .promo_id = PromoId{9}});  // not in the list
  const auto rows = results(
      sales,
      {promotion(6, monday(2) + days(3), monday(2) + days(3)), promotion(7, monday(5), monday(5))},
      {monday(0), monday(6) - days(1)});
  ASSERT_EQ(rows.size(), 2u);
  // Before 6: 1 and 2. Before 7: 1, 2 and 8; the mean of three is 3.666…
  EXPECT_EQ(rows[0].units_baseline, Total{150});
  EXPECT_EQ(rows[1].units_baseline, Total{367});
}

TEST(PromotionResult, AWeekWithoutASaleIsAWeekOfNone) {
  const auto rows = results(weekly({4, 0, 0, 20}), {promotion(7, monday(3), monday(3))},
                            {monday(0), monday(4) - days(1)});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].units_baseline, Total{133});
}

TEST(PromotionResult, AWeekBeforeTheLaunchIsNoWeekOfNone) {
  std::vector products{product(10, "MILK")};
  products[0].launched_on = monday(1) + days(3);
  const Chain chain({store(1)}, products);
  const auto rows = results(weekly({0, 2, 6, 20}), {promotion(7, monday(3), monday(3))},
                            {monday(0), monday(4) - days(1)}, chain);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].units_baseline, Total{600});
}

TEST(PromotionResult, OnlyWholeWeeksOfTheDataCount) {
  // The data begins on a Tuesday and ends on a Saturday.
  const Coverage coverage{monday(0) + days(1), monday(4) + days(5)};
  const auto rows =
      results(weekly({9, 4, 20, 30, 40}), {promotion(7, monday(2), monday(5))}, coverage);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].weeks_on, 2);
  EXPECT_EQ(rows[0].units_on, 50);
  EXPECT_EQ(rows[0].units_baseline, Total{800});
}

TEST(PromotionResult, WithoutAFreeWeekBeforeThereIsNoBaseline) {
  const auto rows =
      results(weekly({20}), {promotion(7, monday(0), monday(0))}, {monday(0), monday(1) - days(1)});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].units_baseline, std::nullopt);
}

TEST(PromotionResult, ReturnsCanMakeABaselineNegative) {
  auto sales = weekly({0, 0, 0, 5});
  sales.push_back({.day = monday(1), .kind = Kind::refund, .quantity = 5});
  const auto rows =
      results(sales, {promotion(7, monday(3), monday(3))}, {monday(0), monday(4) - days(1)});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].units_baseline, Total{-167});
}

TEST(PromotionResult, APromotionOutsideTheDataHasNoRow) {
  EXPECT_TRUE(results(weekly({1, 2, 3}), {promotion(7, monday(9), monday(10))},
                      {monday(0), monday(3) - days(1)})
                  .empty());
}

}  // namespace
}  // namespace retailsim::transform
