#include "base/generated.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace retailsim {
namespace {

TEST(Generated, ItemsComeInTheirOrderAndThenNothing) {
  Generated<int> numbers([](const auto& give) {
    for (int i = 0; i < 100; ++i) give(i);
  });
  for (int i = 0; i < 100; ++i) EXPECT_EQ(numbers.next(), i);
  EXPECT_EQ(numbers.next(), std::nullopt);
  EXPECT_EQ(numbers.next(), std::nullopt);
}

TEST(Generated, TheFunctionIsAtMostTwoItemsAhead) {
  std::atomic<int> made = 0;
  Generated<int> numbers([&](const auto& give) {
    for (int i = 0; i < 100; ++i) {
      made = i + 1;
      give(i);
    }
  });
  for (int taken = 1; taken <= 50; ++taken) {
    numbers.next();
    EXPECT_LE(made, taken + 2);
  }
}

TEST(Generated, WhoeverStopsReadingStopsTheFunction) {
  std::atomic<int> made = 0;
  {
    Generated<int> numbers([&](const auto& give) {
      for (;;) give(made++);
    });
    EXPECT_EQ(numbers.next(), 0);
  }
  EXPECT_LE(made, 3);
}

TEST(Generated, WhatTheFunctionThrowsComesAfterItsItems) {
  Generated<int> numbers([](const auto& give) {
    give(1);
    throw std::runtime_error("no more");
  });
  EXPECT_EQ(numbers.next(), 1);
  EXPECT_THROW(numbers.next(), std::runtime_error);
}

}  // namespace
}  // namespace retailsim
