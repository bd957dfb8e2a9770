#include "pipeline/replay/clock.h"

#include <gtest/gtest.h>

#include "base/failure.h"

namespace retailsim::pipeline {
namespace {

using namespace std::chrono;

LocalTime wall(local_days day, microseconds time) { return LocalTime{day} + time; }

TEST(StoreClock, KnowsSummerAndWinter) {
  const StoreClock new_york("America/New_York");
  EXPECT_EQ(to_text(new_york.instant_of(wall(local_days{2017y / 1 / 1}, 20h + 2min + 1s))),
            "2017-01-02T01:02:01Z");
  EXPECT_EQ(to_text(new_york.instant_of(wall(local_days{2017y / 7 / 1}, 20h + 2min + 1s))),
            "2017-07-02T00:02:01Z");
  EXPECT_EQ(to_text(new_york.instant_of(wall(local_days{2017y / 7 / 1}, 1us))),
            "2017-07-01T04:00:00.000001Z");
}

TEST(StoreClock, AnHourThatIsShownTwiceIsTheEarlierOne) {
  const StoreClock new_york("America/New_York");
  EXPECT_EQ(to_text(new_york.instant_of(wall(local_days{2017y / 11 / 5}, 1h + 11min + 55s))),
            "2017-11-05T05:11:55Z");
  EXPECT_EQ(to_text(new_york.instant_of(wall(local_days{2017y / 11 / 5}, 2h))),
            "2017-11-05T07:00:00Z");
}

TEST(StoreClock, ATimeThatIsSkippedIsTheInstantOfTheSkip) {
  const StoreClock new_york("America/New_York");
  for (const auto skipped : {120min, 121min, 179min, 180min}) {
    EXPECT_EQ(to_text(new_york.instant_of(wall(local_days{2017y / 3 / 12}, skipped))),
              "2017-03-12T07:00:00Z");
  }
}

TEST(StoreClock, UtcKeepsTheTime) {
  EXPECT_EQ(to_text(StoreClock("UTC").instant_of(wall(local_days{2024y / 2 / 29}, 23h))),
            "2024-02-29T23:00:00Z");
}

TEST(StoreClock, AMistypedZoneIsAnsweredWithTheNearestOne) {
  try {
    const StoreClock clock("America/New-York");
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::wrong_usage);
    EXPECT_STREQ(failure.what(), "there is no time zone America/New-York");
    EXPECT_EQ(failure.hint(), "did you mean: --timezone America/New_York");
  }
  EXPECT_THROW(StoreClock(""), Failure);
  EXPECT_THROW(StoreClock("../../etc/passwd"), Failure);
}

}  // namespace
}  // namespace retailsim::pipeline
