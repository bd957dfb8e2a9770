// store_day and store_month.
#pragma once

#include <array>
#include <span>
#include <type_traits>
#include <vector>

#include "transform/gold/chain.h"

namespace retailsim::transform {

// Collects the rows of one month. Not for sharing between threads.
class StoreDayPass {
 public:
  using Tables = TableList<StoreDay, StoreMonth>;
  static constexpr std::array reads{Store::table, Transaction::table, TransactionLine::table,
                                    Visit::table};

  StoreDayPass(const Chain& chain, Month month);

  void add(const Receipt& receipt);
  void add(const Line& line);
  void add(const Entry& entry);

  // One row a store and day of the month, within the data, on which the store existed; by
  // store and day.
  std::vector<StoreDay> rows(std::type_identity<StoreDay>, const Coverage& coverage) const;
  std::vector<StoreMonth> rows(std::type_identity<StoreMonth>, const Coverage& coverage) const;

 private:
  StoreDay& cell(std::size_t store, Day day);

  const Chain& chain_;
  Day first_;
  std::size_t days_;
  std::vector<StoreDay> cells_;  // store by store, day by day
};

// What a row adds to the sums of its store and day: the definition of every KPI.
void add_row(StoreDay& sums, const Transaction& receipt);
void add_row(StoreDay& sums, const TransactionLine& line);
void add_row(StoreDay& sums, const Visit& visit);

// Adds a day to the sums of a month (or of any other span of days).
void add_day(StoreMonth& sums, const StoreDay& day);

// The sums of store_day by store and month, in the same order.
std::vector<StoreMonth> store_months(std::span<const StoreDay> days);

}  // namespace retailsim::transform
