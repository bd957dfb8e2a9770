// store_day and store_month, in one pass over the clean rows of a month.
#pragma once

#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "model/schema.h"

namespace retailsim::transform {

// Collects the rows of one month. Not for sharing between threads.
class StoreDayPass {
 public:
  StoreDayPass(Month month, std::span<const Store> stores);

  void add(const Transaction& header);
  void add(const TransactionLine& line);
  void add(const Visit& visit);

  // One row a store and day of the month on which the store existed, by store and day.
  // `visitors` and `visit_transactions` are numbers, never null: whether the lake has
  // visits at all is not known here.
  std::vector<StoreDay> rows() const;

 private:
  StoreDay& cell(StoreId store, Day day);

  Day first_;
  std::size_t days_;
  std::vector<Store> stores_;                             // sorted by id
  std::unordered_map<std::int64_t, std::size_t> number_;  // of a store id
  std::vector<StoreDay> cells_;                           // store by store, day by day
};

// Narrows the rows of a month to the days that the data covers; a lake without visits
// knows no visitors.
std::vector<StoreDay> published_days(std::vector<StoreDay> days, Day data_from, Day data_through,
                                     bool has_visits);

// Adds a day to the sums of a month (or of any other span of days).
void add_day(StoreMonth& sums, const StoreDay& day);

// The sums of store_day by store and month, in the same order.
std::vector<StoreMonth> store_months(std::span<const StoreDay> days);

}  // namespace retailsim::transform
