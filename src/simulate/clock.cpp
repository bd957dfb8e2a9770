#include "simulate/clock.h"

#include <date/tz.h>
#include <fmt/core.h>

#include "base/failure.h"

namespace retailsim::simulate {
namespace {

const date::time_zone& find_zone(std::string_view name) {
  try {
    return *date::locate_zone(std::string{name});
  } catch (const std::exception& error) {
    throw Failure(FailureKind::wrong_usage,
                  fmt::format("time zone {} is not known here: {}", name, error.what()),
                  "install the system's time zone data (Debian: tzdata)");
  }
}

}  // namespace

std::array<Instant, hours_per_week> hours_of_week(std::string_view timezone, Day monday) {
  const date::time_zone& zone = find_zone(timezone);
  std::array<Instant, hours_per_week> begins;
  for (std::size_t hour = 0; hour < begins.size(); ++hour) {
    const auto since_epoch = monday.time_since_epoch() + std::chrono::hours(hour);
    const date::local_info info = zone.get_info(date::local_seconds{since_epoch});
    // `first` is the only offset, or the one before the clock changes.
    begins[hour] = Instant{since_epoch - info.first.offset};
  }
  return begins;
}

}  // namespace retailsim::simulate
