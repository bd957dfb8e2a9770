// From the clock on a store's wall to UTC, for single moments.
#pragma once

#include <chrono>
#include <string>

#include "model/time.h"

namespace date {
class time_zone;
}

namespace retailsim::pipeline {

// What a clock on a wall shows; it belongs to no zone.
using LocalTime = std::chrono::local_time<std::chrono::microseconds>;

class StoreClock {
 public:
  // By IANA name. Throws Failure(wrong_usage) when the system knows no such time zone.
  explicit StoreClock(const std::string& zone);
  // A time that the clock shows twice is the earlier one. One that it skips, in the night in
  // which summer time begins, is the instant at which it skips.
  Instant instant_of(LocalTime time) const;

 private:
  const date::time_zone* zone_;
};

}  // namespace retailsim::pipeline
