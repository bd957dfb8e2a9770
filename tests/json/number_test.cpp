#include <gtest/gtest.h>

#include "json/encode.h"

namespace retailsim::json {
namespace {

std::string written(Number number) {
  char text[64];
  return {text, write(text, number)};
}

TEST(Numbers, AreWrittenWithoutNeedlessZerosAndNeverAsWholeNumbers) {
  EXPECT_EQ(written(number_of(0)), "0.0");
  EXPECT_EQ(written(number_of(23)), "23.0");
  EXPECT_EQ(written(number_of(-1)), "-1.0");
  EXPECT_EQ(written(number_of(2.2)), "2.2");
  EXPECT_EQ(written(number_of(-0.055)), "-0.055");
  EXPECT_EQ(written({1}), "0.000000001");
  EXPECT_EQ(written(number_of(1.00000000049)), "1.0");
  EXPECT_EQ(written(number_of(1.0000000005)), "1.000000001");
  EXPECT_LE(written({std::numeric_limits<std::int64_t>::min()}).size(), longest_text(Number{}));
}

TEST(Numbers, StandInARowOfTruth) {
  LineBuffer buffer;
  buffer.append(TruthParameter{TruthEntity::category, "Bread", "share", number_of(0.25), "share",
                               "Of lines."});
  EXPECT_EQ(buffer.text(),
            R"({"entity":"category","entity_id":"Bread","name":"share","value":0.25,)"
            R"("unit":"share","meaning":"Of lines."})"
            "\n");
}

}  // namespace
}  // namespace retailsim::json
