// truth_event: what happened to the chain or a part of it in the days of the scenario, so that
// whoever looks for causes in sales can be graded.
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "simulate/world.h"

namespace retailsim::simulate {

using VisitEvent = std::function<void(const TruthEvent&)>;

// A kind of events: a new one is a function and a line in the list of truth_events.cpp.
struct EventKind {
  std::string_view name;
  // `event` comes with the kind's name; the function fills in the rest, once an event and effect.
  void (*list)(const World& world, TruthEvent& event, const VisitEvent& visit);
};

std::span<const EventKind> all_event_kinds();

// Every event that touches the days of the scenario, kind after kind. The row is valid until
// `visit` returns.
void for_each_event(const World& world, const VisitEvent& visit);

}  // namespace retailsim::simulate
