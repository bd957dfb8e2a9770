// One store in one week: the unit of simulation. A pure function of its arguments, so cells
// may be computed in any order, on any thread, alone or together, with the same rows.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "simulate/returns.h"
#include "simulate/stock.h"
#include "simulate/weeks.h"

namespace retailsim::simulate {

// The rows of a cell. Reuse one object for many cells: its memory is kept.
struct CellRows {
  std::vector<Visit> visits;              // by entered_at, then visit_id
  std::vector<Transaction> transactions;  // by begin_at, then transaction_id
  std::vector<TransactionLine> lines;     // grouped, in the order of `transactions`
  std::vector<std::uint32_t> line_ends;   // per transaction: end of its lines
  // Only where stock is tracked; by business_date, then product_id.
  std::vector<InventoryDay> inventory;
  std::vector<TruthDemand> demand;

  std::span<const TransactionLine> lines_of(std::size_t transaction) const {
    const std::size_t begin = transaction == 0 ? 0 : line_ends[transaction - 1];
    return {lines.data() + begin, line_ends[transaction] - begin};
  }
  void clear();

 private:
  friend void simulate_cell(Weeks&, int, std::size_t, CellRows&);
  std::vector<Arrival> arrivals_;
  std::vector<Return> returns_;
  std::vector<VisitId> empty_handed_;
  StockMemory stock_;
};

// The rows of store `store_index` (store_id - 1) in that week of `weeks`' world, only for days
// from Scenario::from to Scenario::to. business_date never falls within the two sequences.
// `weeks` saves work when neighbouring weeks are asked for, and changes no row.
void simulate_cell(Weeks& weeks, int week, std::size_t store_index, CellRows& out);

}  // namespace retailsim::simulate
