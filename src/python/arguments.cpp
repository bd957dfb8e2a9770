#include "python/arguments.h"

#include <fmt/core.h>

#include "base/failure.h"
#include "cli/command.h"

namespace retailsim::python {

std::optional<Day> day_of(const std::optional<std::string>& text) {
  if (!text) return {};
  const auto day = parse_day(*text);
  if (!day)
    throw Failure(FailureKind::wrong_usage, fmt::format("{} is no day", *text),
                  "such as 2024-01-31, or a datetime.date");
  return day;
}

int threads_of(int threads) {
  cli::Common common;
  common.threads = threads;
  return cli::threads_of(common);
}

}  // namespace retailsim::python
