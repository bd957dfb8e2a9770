// store_date_hour and store_hour.
#pragma once

#include <array>
#include <type_traits>
#include <vector>

#include "transform/gold/chain.h"

namespace retailsim::transform {

// Collects the rows of one month. Not for sharing between threads.
class StoreHoursPass {
 public:
  using Tables = TableList<StoreDateHour, StoreHour>;
  static constexpr std::array reads{Store::table, Transaction::table, Visit::table};

  StoreHoursPass(const Chain& chain, Month month);

  void add(const Receipt& receipt);
  void add(const Entry& entry);

  // Rows where anything happened; by store, day (or weekday) and hour.
  std::vector<StoreDateHour> rows(std::type_identity<StoreDateHour>,
                                  const Coverage& coverage) const;
  std::vector<StoreHour> rows(std::type_identity<StoreHour>, const Coverage& coverage) const;

 private:
  static constexpr std::size_t hours = 24;
  struct Cell {
    std::int64_t visitors = 0;
    std::int64_t visit_transactions = 0;
    std::int64_t sales = 0;
    std::int64_t returns = 0;
    Total net;
    bool is_empty() const { return visitors + sales + returns == 0; }
    Cell& operator+=(const Cell& other);
  };
  Cell& cell(std::size_t store, Day day, std::int32_t hour);
  template <class Row>
  static void set_sums(Row& row, const Cell& sums, const Coverage& coverage);

  const Chain& chain_;
  Month month_;
  Day first_;
  std::size_t days_;
  std::vector<Cell> cells_;    // store by store, day by day, hour by hour
  std::vector<bool> is_open_;  // store by store, day by day
};

}  // namespace retailsim::transform
