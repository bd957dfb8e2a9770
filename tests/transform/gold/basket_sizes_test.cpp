#include "transform/gold/basket_sizes.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "transform/gold/small_chain.h"

namespace retailsim::transform {
namespace {

TEST(BasketSizeMonth, BucketsBeginAndEndWhereTheirNamesSay) {
  std::string found;
  for (const int lines : {1, 2, 3, 4, 6, 7, 10, 11, 20, 21, 500})
    found += fmt::format("{}:{} ", lines, label(bucket_of(lines)));
  EXPECT_EQ(found, "1:1 2:2-3 3:2-3 4:4-6 6:4-6 7:7-10 10:7-10 11:11-20 20:11-20 21:21+ 500:21+ ");
}

TEST(BasketSizeMonth, CountsSaleReceiptsByTheirLines) {
  BasketSizesPass pass(small_chain(), february);
  for (const std::int64_t number : {1, 2, 2, 2, 3, 4}) give(pass, line({.receipt = number}));
  give(pass, line({.store = 2, .receipt = 9}));
  for (const std::int64_t number : {1, 2, 3}) give(pass, receipt({.receipt = number}));
  give(pass, receipt({.receipt = 4, .kind = Kind::refund}));
  give(pass, receipt({.store = 2, .receipt = 9}));
  const std::vector<BasketSizeMonth> expected{
      {{1}, "2024-02", LinesBucket::one, 2},
      {{1}, "2024-02", LinesBucket::to_3, 1},
      {{2}, "2024-02", LinesBucket::one, 1},
  };
  EXPECT_EQ(rows_of<BasketSizeMonth>(pass), expected);
}

}  // namespace
}  // namespace retailsim::transform
