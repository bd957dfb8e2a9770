#include "transform/realism/customers.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "transform/realism/small_year.h"

namespace retailsim::transform::realism {
namespace {

using namespace std::chrono;

constexpr Day day(int number) { return first + days(number); }

// Ten days, of which the second half begins with day 5.
TEST(RepeatRate, CountsLinesOfTheSecondHalfThatWereBoughtOnAnEarlierDay) {
  Shop shop;
  shop.sell({.day = day(0), .items = {{.product = 10}}, .customer = 1});
  // Bought before, and new; new, twice on one day; then again on the next.
  shop.sell({.day = day(5), .items = {{.product = 10}, {.product = 30}}, .customer = 1});
  shop.sell({.day = day(8), .items = {{.product = 20}, {.product = 20}}, .customer = 1});
  shop.sell({.day = day(9), .items = {{.product = 20}}, .customer = 1});
  // What another customer bought before is new to this one; without a card nobody knows.
  shop.sell({.day = day(9), .items = {{.product = 10}}, .customer = 2});
  shop.sell({.day = day(9), .items = {{.product = 10}}});
  EXPECT_DOUBLE_EQ(*measured(shop.themes(), "repeat_rate").value, 2.0 / 6);
}

TEST(RepeatRate, DoesNotDependOnTheOrderOfTheReceipts) {
  std::vector<Bag> bags;
  for (int number = 0; number < 400; ++number) {
    bags.push_back({.day = day(number * 7 % 100),
                    .items = {{.product = 10 * (1 + number % 3)}},
                    .customer = 1 + number % 5});
  }
  Shop forward, backward;
  for (const auto& bag : bags) forward.sell(bag);
  std::ranges::reverse(bags);
  for (const auto& bag : bags) backward.sell(bag);
  const auto one = forward.themes(), other = backward.themes();
  for (const auto key : {"repeat_rate", "gap_median", "gap_mean", "top_fifth_customers"})
    EXPECT_EQ(measured(one, key), measured(other, key)) << key;
}

TEST(Gaps, AreDaysBetweenDaysWithPurchases) {
  Shop shop;
  for (const int at : {0, 2, 2, 9}) shop.sell({.day = day(at), .customer = 1});  // 2 and 7
  for (const int at : {4, 5}) shop.sell({.day = day(at), .customer = 2});        // 1
  shop.sell({.day = day(20), .kind = Kind::refund});
  shop.sell({.day = day(20), .customer = 1, .kind = Kind::refund});
  const auto themes = shop.themes();
  EXPECT_EQ(*measured(themes, "gap_median").value, 2);
  EXPECT_DOUBLE_EQ(*measured(themes, "gap_mean").value, 10.0 / 3);
}

TEST(Gaps, WhoCameOnceHasNone) {
  Shop shop;
  shop.sell({.customer = 1}, 2).sell({.customer = 2});
  EXPECT_EQ(measured(shop.themes(), "gap_mean"), none("no customer came on a second day"));
}

TEST(TopCustomers, OneOfFiveBuyersSpendsHalf) {
  Shop shop;
  shop.sell({.items = {{.net = 400}}, .customer = 7});
  for (const int customer : {1, 2, 3, 4}) shop.sell({.customer = customer});
  shop.sell({.items = {{.net = 9000}}});
  EXPECT_DOUBLE_EQ(*measured(shop.themes(), "top_fifth_customers").value, 0.5);
}

TEST(CustomerFigures, ALakeWithoutCustomersHasNone) {
  Shop shop;
  shop.sell({}).sell({.day = day(9)});
  const auto themes = shop.themes({});
  EXPECT_EQ(measured(themes, "repeat_rate"), none("no customers on the receipts"));
  EXPECT_EQ(measured(themes, "gap_median"), none("no customer came on a second day"));
  EXPECT_EQ(measured(themes, "top_fifth_customers"), none("no customers on the receipts"));
}

TEST(CustomerSample, TakesTheSameFewWhateverTheOrderOfTheCustomers) {
  Survey survey(small_chain());
  survey.add(line({}));
  std::vector<std::int64_t> ids;
  for (std::int64_t id = 1; id <= 100; ++id) ids.push_back(id);
  // Each customer spends as many cents as its id says; the sample of ten shows in the sum.
  const auto share = [&](std::vector<std::int64_t> customers, std::size_t most) {
    Customers sample(survey, survey.window().value(), std::move(customers), most);
    const TransactionLine one = line({});
    for (const auto id : ids) {
      const Transaction bought = receipt({.net = id, .customer = id});
      sample.add({bought, {&one, 1}});
    }
    return sample.top_fifth_of_customers();
  };
  auto backward = ids;
  std::ranges::reverse(backward);
  EXPECT_EQ(share(ids, 10), share(backward, 10));
  EXPECT_NE(share(ids, 10), share(ids, 100));
  EXPECT_DOUBLE_EQ(*share(ids, 100).value, (81 + 100) * 20 / 2.0 / 5050);
}

}  // namespace
}  // namespace retailsim::transform::realism
