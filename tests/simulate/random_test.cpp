#include "simulate/random.h"

#include <gtest/gtest.h>

#include <bit>
#include <set>

namespace retailsim::simulate {
namespace {

TEST(Random, WordsAreThoseOfPhilox4x32WithTenRounds) {
  // Known answer of the generator's authors for counter 0 and key 0.
  Draws draws{0, Stream{}, {}};
  EXPECT_EQ(draws.word(), 0x6627e8d5u);
  EXPECT_EQ(draws.word(), 0xe169c58du);
  EXPECT_EQ(draws.word(), 0xbc57ac4cu);
  EXPECT_EQ(draws.word(), 0x9b00dbd8u);
}

TEST(Random, BlocksComputedAheadHoldTheSameWords) {
  Draws one_by_one{42, Stream::store, {1, 2, 3}, 4};
  DrawsAhead<3, 10> ahead{42, Stream::store, {1, 2, 3}, 4};
  for (int i = 0; i < 50; ++i) ASSERT_EQ(ahead.word(), one_by_one.word()) << i;
}

TEST(Random, LinesAreDrawnWithSevenRounds) {
  // Known answer of the generator's authors for counter 0 and key 0.
  LineDraws draws{0, Stream{}, {}};
  EXPECT_EQ(draws.word(), 0x5f6fb709u);
  EXPECT_EQ(draws.word(), 0x0d893f64u);
  EXPECT_EQ(draws.word(), 0x4f121f81u);
  EXPECT_EQ(draws.word(), 0x4f730a48u);
}

TEST(Random, MixedWordsAreAsGoodAsIndependent) {
  // Of words that differ in one bit, half of the mixed bits differ.
  double differing = 0;
  int pairs = 0;
  for (std::uint32_t word = 1; word < 200; ++word)
    for (int bit = 0; bit < 32; ++bit, ++pairs)
      differing += std::popcount(mixed(word) ^ mixed(word ^ 1u << bit));
  EXPECT_NEAR(differing / pairs, 16, 0.1);
}

TEST(Random, TheSameKeyAlwaysDrawsTheSameNumbers) {
  Draws one{42, Stream::store, {1, 2, 3}, 4};
  Draws two{42, Stream::store, {1, 2, 3}, 4};
  for (int i = 0; i < 100; ++i) ASSERT_EQ(one.word(), two.word());
}

TEST(Random, EveryPartOfTheKeyMatters) {
  const auto first = [](Draws draws) { return draws.word(); };
  const std::set<std::uint32_t> words{
      first({42, Stream::store, {1, 2, 3}, 4}),
      first({43, Stream::store, {1, 2, 3}, 4}),
      first({42 | 1ull << 40, Stream::store, {1, 2, 3}, 4}),
      first({42, Stream::category, {1, 2, 3}, 4}),
      first({42, Stream::store, {2, 2, 3}, 4}),
      first({42, Stream::store, {1, 3, 3}, 4}),
      first({42, Stream::store, {1, 2, 4}, 4}),
      first({42, Stream::store, {1, 2, 3}, 5}),
  };
  EXPECT_EQ(words.size(), 8u);
}

TEST(Random, UniformsLieStrictlyBetweenZeroAndOneAndAverageAHalf) {
  Draws draws{1, Stream::store, {}};
  double sum = 0;
  for (int i = 0; i < 4000; ++i) {
    const double unit = draws.unit();
    ASSERT_GT(unit, 0);
    ASSERT_LT(unit, 1);
    sum += unit;
  }
  EXPECT_NEAR(sum / 4000, 0.5, 0.015);
}

TEST(Random, AProbabilityBecomesABoundForWords) {
  EXPECT_EQ(word_bound(0), 0u);
  EXPECT_EQ(word_bound(-1), 0u);
  EXPECT_EQ(word_bound(0.5), 0x80000000u);
  EXPECT_EQ(word_bound(1), 0xffffffffu);
  EXPECT_EQ(below(10, 0), 0u);
  EXPECT_EQ(below(10, 0xffffffffu), 9u);
}

}  // namespace
}  // namespace retailsim::simulate
