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

// Without what returns add.
inline CellRows without_returns(const CellRows& rows) {
  CellRows kept;
  for (const Visit& visit : rows.visits)
    if (visit.mission) kept.visits.push_back(visit);
  for (std::size_t i = 0; i < rows.transactions.size(); ++i) {
    if (rows.transactions[i].kind == Kind::refund) continue;
    kept.transactions.push_back(rows.transactions[i]);
    kept.lines.insert(kept.lines.end(), rows.lines_of(i).begin(), rows.lines_of(i).end());
    kept.line_ends.push_back(static_cast<std::uint32_t>(kept.lines.size()));
  }
  return kept;
}

inline bool same_rows(const CellRows& a, const CellRows& b) {
  return a.visits == b.visits && a.transactions == b.transactions && a.lines == b.lines &&
         a.line_ends == b.line_ends;
}

inline bool same_stock(const CellRows& a, const CellRows& b) {
  return a.inventory == b.inventory && a.demand == b.demand;
}

}  // namespace retailsim::simulate
