#include "serve/cursor.h"

#include <gtest/gtest.h>

namespace retailsim::serve {
namespace {

TEST(Cursor, BringsBackThePlaceItWasGivenFor) {
  for (const Position& place : {Position{parse_day("2024-01-05"), 123'456}, Position{{}, 0},
                                Position{{}, 18'446'744'073'709'551'615u}})
    EXPECT_EQ(read_cursor(write_cursor(place, "visits"), "visits"), place);
}

TEST(Cursor, IsPlainInAUrl) {
  EXPECT_EQ(write_cursor({parse_day("2024-01-05"), 7}, "visits").substr(0, 13), "2024-01-05.7.");
}

TEST(Cursor, EveryChangedOrMissingCharacterIsNoticed) {
  const std::string good = write_cursor({parse_day("2024-01-05"), 123}, "visits");
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = bad[at] == '0' ? '1' : '0';
    EXPECT_EQ(read_cursor(bad, "visits"), std::nullopt) << bad;
    EXPECT_EQ(read_cursor(good.substr(0, at), "visits"), std::nullopt);
  }
  EXPECT_EQ(read_cursor(good + "0", "visits"), std::nullopt);
  EXPECT_EQ(read_cursor(good, "transactions"), std::nullopt);
}

}  // namespace
}  // namespace retailsim::serve
