// One habit of shoppers or stores. Each lives in its own file under behaviours/ and is
// listed by hand in behaviours/all.cpp, in the order in which they apply.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "simulate/week_tables.h"
#include "simulate/world.h"

namespace retailsim::simulate {

// What one store expects in one week, before anything is drawn. Hour 0 is Monday 00:00 on
// the store's clock.
struct CellPlan {
  // Entries, as parts of a usual week's: they add up to about 1.
  std::array<double, hours_per_week> entries{};
  // Experiments multiply entries by this. Kept apart, so that a change adds visits or takes
  // some away and leaves the others as they were.
  std::array<double, hours_per_week> traffic;
  // What the tills are staffed for, in the same parts: the entries that could be foreseen.
  std::array<double, hours_per_week> staffed{};
  // Factor on lines per basket, by day.
  std::array<double, 7> basket;

  CellPlan() {
    traffic.fill(1);
    basket.fill(1);
  }

  // The 24 hours of a day.
  static std::span<double> day(std::array<double, hours_per_week>& hours, int weekday) {
    return std::span{hours}.subspan(24 * static_cast<std::size_t>(weekday), 24);
  }
};

struct Cell {
  const World& world;
  const StoreSite& store;
  Day monday;
};

// Called once per cell, never per visit or line, and looks at no clock, disk or global: the
// cell decides everything, so runs repeat.
struct Behaviour {
  std::string_view name;
  void (*shape)(CellPlan& plan, const Cell& cell);
};

// What all behaviours together make of a cell.
CellPlan plan_of(const Cell& cell);

// In the order they apply; later behaviours see what earlier ones decided.
std::span<const Behaviour* const> all_behaviours();

extern const Behaviour opening_hours;
extern const Behaviour calendar;
extern const Behaviour store_lives;
extern const Behaviour staffing;
extern const Behaviour holidays;
extern const Behaviour store_days;
extern const Behaviour weather;
extern const Behaviour traffic_changes;

}  // namespace retailsim::simulate
