#include "pipeline/replay/clock.h"

#include <date/tz.h>
#include <fmt/core.h>

#include <vector>

#include "base/failure.h"
#include "base/text.h"

namespace retailsim::pipeline {
namespace {

std::string hint_for(const std::string& given) {
  std::vector<std::string> known;
  for (const auto& zone : date::get_tzdb().zones) known.push_back(zone.name());
  const auto meant = nearest(given, known);
  if (meant) return fmt::format("did you mean: --timezone {}", *meant);
  return "give an IANA name such as Europe/Paris; timedatectl list-timezones shows them all";
}

}  // namespace

StoreClock::StoreClock(const std::string& zone) {
  try {
    zone_ = date::locate_zone(zone);
  } catch (const std::exception&) {
    throw Failure(FailureKind::wrong_usage, fmt::format("there is no time zone {}", zone),
                  hint_for(zone));
  }
}

Instant StoreClock::instant_of(LocalTime time) const {
  const auto shown = time.time_since_epoch();
  const auto info =
      zone_->get_info(date::local_seconds{std::chrono::floor<std::chrono::seconds>(shown)});
  if (info.result == date::local_info::nonexistent) return Instant{info.first.end};
  // `first` is the only offset, or the one before the clock was set back.
  return Instant{shown - info.first.offset};
}

}  // namespace retailsim::pipeline
