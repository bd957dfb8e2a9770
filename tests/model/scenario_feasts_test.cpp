#include "model/scenario_feasts.h"

#include <gtest/gtest.h>

namespace retailsim {
namespace {

std::string feast(std::string_view when, int year) {
  const auto day = day_of_feast(when, year);
  return day ? to_text(*day) : "none";
}

TEST(Feasts, EasterFallsWhereTheAlmanacSays) {
  EXPECT_EQ(to_text(easter_of(1961)), "1961-04-02");
  EXPECT_EQ(to_text(easter_of(2000)), "2000-04-23");
  EXPECT_EQ(to_text(easter_of(2008)), "2008-03-23");
  EXPECT_EQ(to_text(easter_of(2024)), "2024-03-31");
  EXPECT_EQ(to_text(easter_of(2025)), "2025-04-20");
  EXPECT_EQ(to_text(easter_of(2038)), "2038-04-25");
}

TEST(Feasts, FixedAndMovableFeastsAreUnderstood) {
  EXPECT_EQ(feast("12-25", 2024), "2024-12-25");
  EXPECT_EQ(feast("easter", 2024), "2024-03-31");
  EXPECT_EQ(feast("easter-2", 2024), "2024-03-29");
  EXPECT_EQ(feast("easter+39", 2025), "2025-05-29");
  EXPECT_EQ(feast("thanksgiving", 2017), "2017-11-23");
  EXPECT_EQ(feast("thanksgiving-1", 2024), "2024-11-27");
  EXPECT_EQ(feast("02-29", 2024), "2024-02-29");
  EXPECT_EQ(feast("02-29", 2025), "none");
}

TEST(Feasts, AnythingElseIsNoFeast) {
  for (const auto* when : {"", "easter+", "easter 3", "easter+x", "easter+1x", "easter--1",
                           "easter+999", "13-01", "1-1", "2024-12-25", "christmas"})
    EXPECT_EQ(feast(when, 2024), "none") << when;
}

}  // namespace
}  // namespace retailsim
