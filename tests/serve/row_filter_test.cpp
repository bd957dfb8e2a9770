#include "serve/row_filter.h"

#include <gtest/gtest.h>

#include <vector>

namespace retailsim::serve {
namespace {

bool holds(std::string_view line, const std::vector<RowFilter>& filters) {
  return matches(line, filters);
}

TEST(RowFilter, ARowMatchesWhenItHoldsTheValue) {
  EXPECT_TRUE(holds(R"({"a":3,"b":"X"})", {{"a", "3"}}));
  EXPECT_TRUE(holds(R"({"a":3,"b":"X"})", {{"a", "3"}, {"b", R"("X")"}}));
  EXPECT_TRUE(holds(R"({"b":"X","a":3})", {{"a", "3"}, {"b", R"("X")"}}));
  EXPECT_TRUE(holds(R"( { "a" : 3 , "b" : "X" } )", {{"b", R"("X")"}}));
  EXPECT_TRUE(holds(R"({})", {}));
}

TEST(RowFilter, AnotherValueOrNoneDoesNotMatch) {
  EXPECT_FALSE(holds(R"({"a":31})", {{"a", "3"}}));
  EXPECT_FALSE(holds(R"({"a":null})", {{"a", "3"}}));
  EXPECT_FALSE(holds(R"({"a":"3"})", {{"a", "3"}}));
  EXPECT_FALSE(holds(R"({"aa":3})", {{"a", "3"}}));
  EXPECT_FALSE(holds(R"({"a":3,"b":"Y"})", {{"a", "3"}, {"b", R"("X")"}}));
  EXPECT_FALSE(holds(R"({})", {{"a", "3"}}));
}

TEST(RowFilter, NestedRowsAndTextDoNotCount) {
  EXPECT_FALSE(holds(R"({"lines":[{"a":3},{"a":3}]})", {{"a", "3"}}));
  EXPECT_TRUE(holds(R"({"lines":[{"a":4,"t":"]}"}],"o":{"a":5},"a":3})", {{"a", "3"}}));
  EXPECT_FALSE(holds(R"({"t":"\",\"a\":3,\""})", {{"a", "3"}}));
  EXPECT_TRUE(holds(R"({"t":"\\","a":3})", {{"a", "3"}}));
  EXPECT_TRUE(holds(R"({"t":"x\"y","a":3})", {{"a", "3"}}));
  EXPECT_TRUE(holds(R"({"t":"{[","a":3})", {{"a", "3"}}));
}

TEST(RowFilter, ALineThatIsNoObjectMatchesNothing) {
  for (const char* line : {"", "{", "{\"", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":\"", "{\"b\":[",
                           "3", "[3]", "{a:3}", "{\"b\":1 \"a\":3}", "{\"b\":\"\\", "{,\"a\":3}"})
    EXPECT_FALSE(holds(line, {{"a", "3"}})) << line;
}

}  // namespace
}  // namespace retailsim::serve
