// What cells of neighbouring weeks share: the tables of each week, built once, and the sales of
// each cell of which something comes back. A cell looks back a few weeks (late deliveries,
// returns), and several threads work on neighbouring weeks.
#pragma once

#include <future>
#include <map>
#include <memory>
#include <mutex>

#include "simulate/flagged_sales.h"
#include "simulate/week_tables.h"

namespace retailsim::simulate {

// Safe to share between threads. `world` must outlive it.
class Weeks {
 public:
  // Keeps the tables of `kept` weeks; those last asked for stay. Fewer than the weeks in work
  // and the five before them cost time, not rows.
  explicit Weeks(const World& world, std::size_t kept = 24)
      : world_(world), kept_(kept), flagged_(world.stores.size(), kept) {}

  std::shared_ptr<const WeekTables> of(int week);

  const World& world() const { return world_; }
  FlaggedSales& flagged() { return flagged_; }

 private:
  using Tables = std::shared_ptr<const WeekTables>;
  struct Kept {
    std::shared_future<Tables> tables;
    std::size_t asked_for = 0;  // when: a count of all questions
  };

  void forget_the_oldest();

  const World& world_;
  const std::size_t kept_;
  std::mutex lock_;
  std::size_t questions_ = 0;
  std::map<int, Kept> weeks_;
  FlaggedSales flagged_;
};

}  // namespace retailsim::simulate
