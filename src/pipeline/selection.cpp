#include "pipeline/selection.h"

#include <fmt/core.h>

#include "base/failure.h"

namespace retailsim::pipeline {

DaySpan days_within(const Scenario& scenario, std::optional<Day> from, std::optional<Day> to) {
  const DaySpan days{from.value_or(scenario.from), to.value_or(scenario.to)};
  if (scenario.from <= days.from && days.from <= days.to && days.to <= scenario.to) return days;
  throw Failure(
      FailureKind::wrong_usage,
      fmt::format("{} to {} is not within the scenario, which covers {} to {}", to_text(days.from),
                  to_text(days.to), to_text(scenario.from), to_text(scenario.to)));
}

void require_store(const simulate::World& world, StoreId store) {
  if (store.value >= 1 && store.value <= std::ssize(world.stores)) return;
  throw Failure(FailureKind::wrong_usage, fmt::format("there is no store {}", store.value),
                fmt::format("{} has the stores 1 to {}", world.scenario.name, world.stores.size()));
}

}  // namespace retailsim::pipeline
