#include "simulate/clock.h"

#include <gtest/gtest.h>

#include "base/failure.h"

namespace retailsim::simulate {
namespace {

constexpr Day monday(int year, unsigned month, unsigned day) {
  return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
}

TEST(Clock, ParisIsOneHourAheadInWinterAndTwoInSummer) {
  EXPECT_EQ(to_text(hours_of_week("Europe/Paris", monday(2024, 1, 1))[8]), "2024-01-01T07:00:00Z");
  EXPECT_EQ(to_text(hours_of_week("Europe/Paris", monday(2024, 7, 1))[8]), "2024-07-01T06:00:00Z");
}

TEST(Clock, ReunionHasNoSummerTime) {
  EXPECT_EQ(to_text(hours_of_week("Indian/Reunion", monday(2024, 7, 1))[8]),
            "2024-07-01T04:00:00Z");
}

TEST(Clock, AnHourThatIsShownTwiceIsTheEarlierOne) {
  // Clocks went back at 03:00 on Sunday, 2024-10-27.
  const auto hours = hours_of_week("Europe/Paris", monday(2024, 10, 21));
  constexpr std::size_t sunday = 6 * 24;
  EXPECT_EQ(to_text(hours[sunday + 2]), "2024-10-27T00:00:00Z");
  EXPECT_EQ(to_text(hours[sunday + 3]), "2024-10-27T02:00:00Z");
}

TEST(Clock, TheDayAfterTheSpringChangeBeginsAnHourEarlier) {
  const auto hours = hours_of_week("Europe/Paris", monday(2024, 3, 25));
  constexpr std::size_t sunday = 6 * 24;
  EXPECT_EQ(to_text(hours[sunday + 1]), "2024-03-31T00:00:00Z");
  EXPECT_EQ(to_text(hours[sunday + 9]), "2024-03-31T07:00:00Z");
}

TEST(Clock, AnUnknownTimeZoneIsAFailureThatNamesIt) {
  try {
    hours_of_week("Europe/Atlantis", monday(2024, 1, 1));
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_NE(std::string{failure.what()}.find("Europe/Atlantis"), std::string::npos);
  }
}

}  // namespace
}  // namespace retailsim::simulate
