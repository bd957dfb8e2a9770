// Which part of a scenario is meant.
#pragma once

#include <optional>

#include "simulate/world.h"

namespace retailsim::pipeline {

struct DaySpan {
  Day from, to;  // inclusive
  bool holds(Day day) const { return from <= day && day <= to; }
};

// What is absent is the scenario's. Throws Failure(wrong_usage) for days outside of it.
DaySpan days_within(const Scenario& scenario, std::optional<Day> from, std::optional<Day> to);

// Throws Failure(wrong_usage) unless the world has it.
void require_store(const simulate::World& world, StoreId store);

}  // namespace retailsim::pipeline
