#include "simulate/weeks.h"

#include <algorithm>

namespace retailsim::simulate {

std::shared_ptr<const WeekTables> Weeks::of(int week) {
  std::promise<Tables> promise;
  std::shared_future<Tables> tables;
  bool is_mine = false;
  {
    const std::scoped_lock hold{lock_};
    const auto [at, is_new] = weeks_.try_emplace(week);
    is_mine = is_new;
    if (is_new) at->second.tables = promise.get_future().share();
    at->second.asked_for = ++questions_;
    tables = at->second.tables;
    if (is_new) forget_the_oldest();
  }
  // Built outside the lock: other threads wait only when they ask for the same week.
  if (is_mine) promise.set_value(std::make_shared<const WeekTables>(build_week(world_, week)));
  return tables.get();
}

void Weeks::forget_the_oldest() {
  if (weeks_.size() <= kept_) return;
  weeks_.erase(
      std::ranges::min_element(weeks_, {}, [](const auto& each) { return each.second.asked_for; }));
}

}  // namespace retailsim::simulate
