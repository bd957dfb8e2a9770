// Stores open, close for good, or are closed for some weeks to be refitted. All of it begins on a
// Monday and ends with a Sunday. A new store is found little by little.
#include "simulate/behaviour.h"
#include "simulate/distributions.h"
#include "simulate/world_parts.h"

namespace retailsim::simulate {
namespace {

// Nobody opens a store to close it at once. Assumed.
constexpr int least_weeks_open = 8;

void shape_by_store_lives(CellPlan& plan, const Cell& cell) {
  const int week = week_of(cell.monday);
  if (!cell.store.is_open_in(week)) return plan.entries.fill(0);
  const World& world = cell.world;
  const Day opened = cell.store.row.opened_on.value_or(first_day);
  const auto ramp = static_cast<double>(world.scenario.store_ramp_weeks);
  if (opened < world.scenario.from || ramp <= 0) return;
  for (int weekday = 0; weekday < 7; ++weekday) {
    const auto days = (cell.monday + std::chrono::days(weekday + 1) - opened).count();
    const double found = 1 - exponential(-static_cast<double>(days) / 7 / ramp);
    for (double& entries : CellPlan::day(plan.entries, weekday)) entries *= found;
  }
}

// The life of one store. The first week is everybody's, so that there is one to compare with.
void draw_life(const World& world, StoreSite& store) {
  const Scenario& scenario = world.scenario;
  Draws draws{
      world.seed, Stream::store_life, {static_cast<std::uint32_t>(store.row.store_id.value)}};
  const double opens = draws.unit();
  const double closes = draws.unit();
  const double is_refitted = draws.unit();
  const std::uint32_t open_word = draws.word();
  const std::uint32_t close_word = draws.word();
  const std::uint32_t refit_word = draws.word();

  const int first = world.first_week() + 1;
  const int end = world.last_week() + 1;
  const auto week_between = [](int from, int to, std::uint32_t word) {
    return from + static_cast<int>(below(static_cast<std::uint32_t>(to - from), word));
  };
  int open_from = world.first_week();
  int may_close = first;
  if (opens < scenario.store_opened_share && first < end) {
    open_from = week_between(first, end, open_word);
    store.row.opened_on = monday_of(open_from);
    may_close = open_from + least_weeks_open;
  }
  int open_to = end;
  if (closes < scenario.store_closed_share && may_close < end) {
    open_to = week_between(may_close, end, close_word);
    store.row.closed_on = monday_of(open_to) - std::chrono::days(1);
  }
  const auto weeks = static_cast<int>(scenario.store_refit_weeks);
  const int may_end = open_to - weeks;
  if (is_refitted < scenario.store_refit_share && open_from + 1 < may_end) {
    const int from = week_between(open_from + 1, may_end, refit_word);
    store.refit = ClosedWeeks{from, from + weeks - 1};
  }
}

}  // namespace

bool StoreSite::is_open_in(int week) const {
  const Day monday = monday_of(week);
  if (row.closed_on && monday > *row.closed_on) return false;
  if (row.opened_on && monday + std::chrono::days(7) <= *row.opened_on) return false;
  return !refit || week < refit->first || week > refit->last;
}

void add_store_lives(World& world) {
  for (StoreSite& store : world.stores) draw_life(world, store);
}

const Behaviour store_lives{"store_lives", shape_by_store_lives};

}  // namespace retailsim::simulate
