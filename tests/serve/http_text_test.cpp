#include "serve/http_text.h"

#include <gtest/gtest.h>

#include "base/failure.h"

namespace retailsim::serve {
namespace {

TEST(HttpText, TheBestLikedFormatIsChosen) {
  EXPECT_EQ(chosen_format(""), Format::json);
  EXPECT_EQ(chosen_format("*/*"), Format::json);
  EXPECT_EQ(chosen_format("application/*"), Format::json);
  EXPECT_EQ(chosen_format("text/html, application/xhtml+xml, */*;q=0.8"), Format::json);
  EXPECT_EQ(chosen_format("application/x-ndjson"), Format::ndjson);
  EXPECT_EQ(chosen_format("Application/X-NDJSON; charset=utf-8"), Format::ndjson);
  EXPECT_EQ(chosen_format("application/x-ndjson, */*"), Format::ndjson);
  EXPECT_EQ(chosen_format("application/x-ndjson;q=0.5, application/json"), Format::json);
  EXPECT_EQ(chosen_format("application/json;q=0.5,application/x-ndjson;q=0.51"), Format::ndjson);
  EXPECT_EQ(chosen_format("application/json;q=0, */*"), Format::ndjson);
  EXPECT_EQ(chosen_format("text/csv"), std::nullopt);
  EXPECT_EQ(chosen_format("*/*;q=0"), std::nullopt);
}

TEST(HttpText, GzipIsUsedOnlyWhereItIsWelcome) {
  EXPECT_FALSE(wants_gzip(""));
  EXPECT_FALSE(wants_gzip("br, deflate"));
  EXPECT_TRUE(wants_gzip("deflate, GZIP"));
  EXPECT_TRUE(wants_gzip("*"));
  EXPECT_TRUE(wants_gzip("gzip;q=0.001"));
  EXPECT_FALSE(wants_gzip("gzip;q=0"));
  EXPECT_FALSE(wants_gzip("gzip;q=0.000, *"));
  EXPECT_FALSE(wants_gzip("identity, gzip;q=0.5"));
  EXPECT_TRUE(wants_gzip("identity;q=0.5, gzip"));
}

TEST(HttpText, QueriesAreSplitAndDecoded) {
  EXPECT_EQ(split_query("a=1&b=x%20y+z&c&=&d=%C3%A9"),
            (Parameters{{"a", "1"}, {"b", "x y z"}, {"c", ""}, {"", ""}, {"d", "é"}}));
  EXPECT_EQ(split_query(""), Parameters{});
  EXPECT_THROW(split_query("a=%4"), Failure);
  EXPECT_THROW(split_query("a=%4x"), Failure);
  EXPECT_THROW(split_query("a=1&%61=2"), Failure);
}

TEST(HttpText, EncodingAndDecodingGiveBackEveryByte) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_EQ(percent_decoded(percent_encoded(all)), all);
  EXPECT_EQ(percent_encoded("a-Z_0.~ &\r\n\""), "a-Z_0.~%20%26%0D%0A%22");
}

TEST(HttpText, ATokenIsReadFromABearerHeaderOnly) {
  EXPECT_EQ(bearer_token("Bearer abc"), "abc");
  EXPECT_EQ(bearer_token(" bearer  abc "), "abc");
  EXPECT_EQ(bearer_token("Basic abc"), "");
  EXPECT_EQ(bearer_token("Bearer"), "");
  EXPECT_EQ(bearer_token(""), "");
}

}  // namespace
}  // namespace retailsim::serve
