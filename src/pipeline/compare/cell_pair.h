// One store in one week, in two worlds: which rows differ, and what both sold.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "pipeline/compare/comparison.h"
#include "simulate/cell.h"
#include "transform/gold/chain.h"

namespace retailsim::pipeline {

// What is compared of a cell.
struct CellScope {
  const transform::Chain& chain;  // which category a product belongs to
  Day from, through;              // business dates, inclusive
  bool with_text;                 // whether rows that differ are wanted as text
};

// Reuse one object for many cells: its memory is kept.
struct CellPair {
  using Days = std::array<StoreDay, 7>;  // Monday first
  Days days_a{}, days_b{};
  std::vector<StoreDay> lines_a, lines_b;  // sums of the lines alone, by number of category
  std::vector<RowCounts> category_lines;   // likewise
  CountsByTable rows{};
  std::optional<Day> first_day, last_day;  // of the rows that differ
  // By table, a line of JSON for each row that differs, by key:
  // {"change":"added|removed|changed","before":{…}|null,"after":{…}|null}
  std::array<std::string, ComparedTables::size> text;

  void clear(std::size_t categories);
};

// Fills `out`. Takes the cells apart: afterwards the rows are in another order, those of other
// days are gone, and `line_ends` means nothing.
void compare_cells(simulate::CellRows& a, simulate::CellRows& b, const CellScope& scope,
                   CellPair& out);

}  // namespace retailsim::pipeline
