// What the simulation costs before anything is encoded, on one thread: lines per CPU-second of a
// chain of anonymous buyers and of a loyalty panel, and what each behaviour adds per line.
//
//   simulate_cells SCENARIO-FOLDER [--behaviours]
//
// A chain is judged by its mode: where most buyers are anonymous, products are drawn from tables
// made once a week; card holders have their favourites.
#include <fmt/core.h>

#include <algorithm>
#include <cstring>
#include <ctime>
#include <filesystem>

#include "base/failure.h"
#include "model/scenario_behaviours.h"
#include "simulate/cell.h"

using namespace retailsim;

namespace {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

struct Cost {
  double world_s = 0;
  double cells_s = 0;
  std::size_t lines = 0;
  double nanoseconds() const { return cells_s * 1e9 / static_cast<double>(lines); }
  double million_lines() const { return static_cast<double>(lines) / cells_s / 1e6; }
};

Cost measure(const Scenario& scenario, int most_weeks) {
  const double begun = cpu_seconds();
  const auto world = simulate::build_world(scenario);
  Cost cost;
  cost.world_s = cpu_seconds() - begun;
  simulate::Weeks weeks{*world, 8};
  simulate::CellRows rows;
  const int last = std::min(world->last_week(), world->first_week() + most_weeks - 1);
  for (int week = world->first_week(); week <= last; ++week) {
    for (std::size_t store = 0; store < world->stores.size(); ++store) {
      simulate_cell(weeks, week, store, rows);
      cost.lines += rows.lines.size();
    }
  }
  cost.cells_s = cpu_seconds() - begun - cost.world_s;
  return cost;
}

// 50 stores with 1,000 tickets a day each, 20,000 products, stock, next to nobody with a card.
Scenario chain_of_strangers() {
  Scenario scenario;
  scenario.name = "chain";
  scenario.to = scenario.from + std::chrono::days(2 * 7 - 1);
  scenario.store_count = 50;
  scenario.product_count = 20'000;
  scenario.household_count = 1000;
  scenario.stock_is_tracked = 1;
  scenario.anonymous_share = 1 - 1000 * scenario.trips_per_year / (50 * 1000 * 365.25);
  return scenario;
}

void print_behaviours(const Scenario& scenario, int weeks) {
  fmt::print("{:<24}{:>14}\n", "without", "ns per line");
  const auto nanoseconds = [&](const Scenario& without) {
    // The least of three: what disturbs only adds.
    double least = 1e9;
    for (int round = 0; round < 3; ++round)
      least = std::min(least, measure(without, weeks).nanoseconds());
    return least;
  };
  const double with_all = nanoseconds(scenario);
  fmt::print("{:<24}{:>14.0f}\n", "(nothing)", with_all);
  for (const BehaviourSwitch& each : behaviour_switches()) {
    Scenario without = scenario;
    without.behaviours_off.emplace_back(each.name);
    fmt::print("{:<24}{:>+14.0f}\n", each.name, with_all - nanoseconds(without));
  }
}

void print_cost(const char* mode, const Cost& cost, double bar) {
  fmt::print(
      "{:<10}{:>12} lines {:>8.2f} CPU-s {:>8.0f} ns {:>8.2f} M lines/CPU-s, bar {} M; world "
      "{:.2f} s\n",
      mode, cost.lines, cost.cells_s, cost.nanoseconds(), cost.million_lines(), bar, cost.world_s);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: simulate_cells SCENARIO-FOLDER [--behaviours]\n");
    return 2;
  }
  try {
    const Scenario panel = load_scenario(std::filesystem::path{argv[1]} / "grocery_panel.toml");
    print_cost("chain", measure(chain_of_strangers(), 2), 3.0);
    print_cost("panel", measure(panel, 53), 0.8);
    if (argc > 2 && std::strcmp(argv[2], "--behaviours") == 0) print_behaviours(panel, 8);
  } catch (const Failure& failure) {
    fmt::print(stderr, "simulate_cells: {}\n", failure.what());
    return 1;
  }
}
