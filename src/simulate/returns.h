// Goods that are brought back to the store that sold them. Whether a sale is flagged and
// after how many days are drawn from its key before its basket, so a cell needs the baskets
// of a few earlier sales only; and what happens in other cells never moves a return.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "simulate/arrivals.h"

namespace retailsim::simulate {

inline constexpr int longest_return_delay = 28;  // days
// A due day on which the store is closed is put off to the next open day, at most this long;
// so from sale to return it is at most 34 days.
inline constexpr int longest_put_off = 6;       // days
inline constexpr int most_weeks_to_return = 5;  // Sunday of the first week to Saturday of the last

// A sale of which something will be brought back.
struct FlaggedSale {
  Arrival sale;
  std::int32_t delay_days;  // 1 … longest_return_delay
};

// Those among the arrivals of a cell.
std::vector<FlaggedSale> flagged_sales(const Cell& cell, std::span<const Arrival> arrivals);

// A shopper who comes to bring something back.
struct Return {
  Arrival trip;  // without lines of its own; its slot says that it is a return
  Arrival sale;
  int weeks_ago;  // the week of the sale, before that of the trip
};

// Appends the returns that fall into `cell` of what was sold `weeks_ago`. A return falls away
// when its household's card is no longer used, when the scenario is over, when the store
// stays closed for too long, or when an experiment keeps everybody out at that hour.
// `plan` is the cell's.
void add_returns(const Cell& cell, const CellPlan& plan, int weeks_ago,
                 std::span<const FlaggedSale> sold, std::vector<Return>& returns);

// Makes lines[first …], the basket of `sale` in the cell `sold`, those of its return: at
// least one line, none with more units than were sold, at the price paid.
void take_back(const Cell& sold, const Arrival& sale, std::size_t first,
               std::vector<TransactionLine>& lines);

}  // namespace retailsim::simulate
