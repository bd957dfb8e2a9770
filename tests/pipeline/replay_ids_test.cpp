#include "pipeline/replay/ids.h"

#include <gtest/gtest.h>

namespace retailsim::pipeline {
namespace {

TEST(ReplayIds, WholeNumbersKeepTheirValue) {
  ReplayIds ids;
  const auto large = ids.code_of(std::int64_t{9'007'199'254'740'991});
  const auto small = ids.code_of(std::int64_t{7});
  EXPECT_EQ(ids.code_of(std::int64_t{7}), small);
  ids.settle();
  EXPECT_FALSE(ids.are_numbered());
  EXPECT_EQ(ids.id_of(small), 7);
  EXPECT_EQ(ids.id_of(large), 9'007'199'254'740'991);
  EXPECT_EQ(ids.in_order(), (std::vector{small, large}));
}

TEST(ReplayIds, TextsAreNumberedInSortedOrderAndKeepTheirName) {
  ReplayIds ids;
  const auto paris = ids.code_of("Paris");
  const auto lyon = ids.code_of("Lyon");
  EXPECT_EQ(ids.code_of("Paris"), paris);
  ids.settle();
  EXPECT_TRUE(ids.are_numbered());
  EXPECT_EQ(ids.id_of(lyon), 1);
  EXPECT_EQ(ids.id_of(paris), 2);
  EXPECT_EQ(ids.text_of(lyon), "Lyon");
}

TEST(ReplayIds, OneIdThatCannotBeKeptRenumbersAll) {
  for (const std::int64_t odd : {std::int64_t{0}, std::int64_t{-5}, std::int64_t{1} << 53}) {
    ReplayIds ids;
    const auto code = ids.code_of(odd);
    const auto hundred = ids.code_of(std::int64_t{100});
    ids.settle();
    EXPECT_TRUE(ids.are_numbered());
    EXPECT_EQ(ids.id_of(code), odd > 100 ? 2 : 1);
    EXPECT_EQ(ids.id_of(hundred), odd > 100 ? 1 : 2);
    EXPECT_EQ(ids.text_of(hundred), "100");
  }
}

TEST(ReplayIds, NumbersComeBeforeTexts) {
  ReplayIds ids;
  const auto text = ids.code_of("18446744073709551615");
  const auto number = ids.code_of(std::int64_t{7});
  ids.settle();
  EXPECT_EQ(ids.id_of(number), 1);
  EXPECT_EQ(ids.id_of(text), 2);
}

}  // namespace
}  // namespace retailsim::pipeline
