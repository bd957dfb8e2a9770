// Where card holders go while one of their stores is closed: to their others, in proportion to how
// often they come there. Anonymous buyers of a closed store stay away.
#include <algorithm>
#include <vector>

#include "simulate/world_parts.h"

namespace retailsim::simulate {
namespace {

// The weeks of the scenario in which a store is closed.
std::vector<ClosedWeeks> closed_weeks(const World& world, const StoreSite& store) {
  std::vector<ClosedWeeks> spans;
  for (int week = world.first_week(); week <= world.last_week(); ++week) {
    if (store.is_open_in(week)) continue;
    if (!spans.empty() && spans.back().last == week - 1)
      spans.back().last = week;
    else
      spans.push_back({week, week});
  }
  return spans;
}

struct Habit {
  std::uint32_t store;
  std::uint32_t place;
  double visits;
};

std::vector<std::vector<Habit>> habits_of_households(const World& world) {
  std::vector<std::vector<Habit>> habits(world.households.size());
  for (std::uint32_t store = 0; store < world.members.size(); ++store)
    for (std::uint32_t place = 0; place < world.members[store].size(); ++place) {
      const Member& member = world.members[store][place];
      habits[member.household].push_back({store, place, member.visits});
    }
  return habits;
}

}  // namespace

void add_transfers(World& world) {
  const double share = world.scenario.store_transfer_share;
  std::vector<std::vector<ClosedWeeks>> closed;
  bool is_any_closed = false;
  for (const StoreSite& store : world.stores) {
    closed.push_back(closed_weeks(world, store));
    is_any_closed |= !closed.back().empty();
  }
  if (share <= 0 || !is_any_closed) return;
  world.transfers.resize(world.stores.size());
  for (const std::vector<Habit>& habits : habits_of_households(world)) {
    double all = 0;
    for (const Habit& each : habits) all += each.visits;
    for (const Habit& lost : habits) {
      for (const ClosedWeeks& weeks : closed[lost.store]) {
        for (const Habit& other : habits) {
          if (other.store == lost.store) continue;
          const double visits = share * lost.visits * other.visits / (all - lost.visits);
          world.transfers[other.store].push_back({other.place, visits, weeks});
        }
      }
    }
  }
  for (auto& transfers : world.transfers) std::ranges::stable_sort(transfers, {}, &Transfer::place);
}

}  // namespace retailsim::simulate
