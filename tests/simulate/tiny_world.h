// The small chain that the tests of this room look at, with or without changes.
#pragma once

#include <filesystem>
#include <functional>

#include "simulate/cell.h"

namespace retailsim::simulate {

inline Scenario tiny_scenario() {
  return load_scenario(std::filesystem::path{RETAILSIM_SOURCE_DIR} / "scenarios" / "tiny.toml");
}

inline std::shared_ptr<const World> tiny_world(const std::function<void(Scenario&)>& change =
                                                   [](Scenario&) {}) {
  Scenario scenario = tiny_scenario();
  change(scenario);
  return build_world(scenario);
}

inline CellRows cell_of(const World& world, std::size_t store, int week) {
  CellRows rows;
  Weeks weeks(world);
  simulate_cell(weeks, week, store, rows);
  return rows;
}

inline bool same_rows(const CellRows& a, const CellRows& b) {
  return a.visits == b.visits && a.transactions == b.transactions && a.lines == b.lines &&
         a.line_ends == b.line_ends;
}

}  // namespace retailsim::simulate
