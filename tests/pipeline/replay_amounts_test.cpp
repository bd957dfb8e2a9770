#include "pipeline/replay/amounts.h"

#include <arrow/util/decimal.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace retailsim::pipeline {
namespace {

using arrow::Decimal128;

TEST(ReplayAmounts, HalfACentIsRoundedAwayFromZeroAsItIsWritten) {
  EXPECT_EQ(cents_of(2.45), Cents{245});
  EXPECT_EQ(cents_of(0.1 + 0.2), Cents{30});
  EXPECT_EQ(cents_of(1.005), Cents{101});  // the nearest double is a little less
  EXPECT_EQ(cents_of(2.675), Cents{268});  // likewise
  EXPECT_EQ(cents_of(1.1149), Cents{111});
  EXPECT_EQ(cents_of(-1.005), Cents{-101});
  EXPECT_EQ(cents_of(0.004999), Cents{0});
  EXPECT_EQ(cents_of(-0.0), Cents{0});
  EXPECT_EQ(cents_of(4'189'142.39), Cents{418'914'239});
}

TEST(ReplayAmounts, FloatsOf32BitsAreReadByTheirDigitsToo) {
  EXPECT_EQ(cents_of(2.45F), Cents{245});
  EXPECT_EQ(cents_of(1.005F), Cents{101});
  EXPECT_EQ(cents_of(16'777.21F), Cents{1'677'721});
  EXPECT_EQ(cents_of(7.0F), Cents{700});
  EXPECT_EQ(cents_of(0.5F), Cents{50});
}

TEST(ReplayAmounts, DecimalsAreExact) {
  EXPECT_EQ(cents_of(Decimal128{245}, 2), Cents{245});
  EXPECT_EQ(cents_of(Decimal128{7}, 0), Cents{700});
  EXPECT_EQ(cents_of(Decimal128{10'050}, 4), Cents{101});
  EXPECT_EQ(cents_of(Decimal128{10'049}, 4), Cents{100});
  EXPECT_EQ(cents_of(Decimal128{-10'050}, 4), Cents{-101});
}

TEST(ReplayAmounts, WhatTheLakeCannotHoldIsNoAmount) {
  EXPECT_EQ(cents_of(9'999'999'999.99), Cents{999'999'999'999});
  EXPECT_EQ(cents_of(9'999'999'999.996), std::nullopt);
  EXPECT_EQ(cents_of(1e10), std::nullopt);
  EXPECT_EQ(cents_of(-1e300), std::nullopt);
  EXPECT_EQ(cents_of(std::nan("")), std::nullopt);
  EXPECT_EQ(cents_of(std::numeric_limits<float>::infinity()), std::nullopt);
  EXPECT_EQ(cents_of(Decimal128{"10000000000.00"}, 2), std::nullopt);
  EXPECT_EQ(cents_of(Decimal128{"99999999999999999999999999999999999999"}, 0), std::nullopt);
}

TEST(ReplayAmounts, UnitsAreWholeWhateverTheirType) {
  EXPECT_EQ(units_of(std::int64_t{-2}), -2);
  EXPECT_EQ(units_of(std::uint64_t{12}), 12);
  EXPECT_EQ(units_of(3.0), 3);
  EXPECT_EQ(units_of(Decimal128{400}, 2), 4);
  EXPECT_EQ(units_of(Decimal128{-400}, 2), -4);
  EXPECT_EQ(units_of(1.5), std::nullopt);
  EXPECT_EQ(units_of(std::nan("")), std::nullopt);
  EXPECT_EQ(units_of(Decimal128{150}, 2), std::nullopt);
  EXPECT_EQ(units_of(std::int64_t{1'000'000'000}), std::nullopt);
  EXPECT_EQ(units_of(std::numeric_limits<std::uint64_t>::max()), std::nullopt);
  EXPECT_EQ(units_of(1e9), std::nullopt);
}

}  // namespace
}  // namespace retailsim::pipeline
