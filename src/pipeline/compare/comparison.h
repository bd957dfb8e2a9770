// What two scenarios with the same random numbers did differently: the result of comparing them.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "model/schema.h"

namespace retailsim::pipeline {

// The tables whose rows are compared, by key.
using ComparedTables = TableList<Visit, Transaction, TransactionLine>;

template <class Row, class... Rows>
constexpr std::size_t place_among(TableList<Rows...>) {
  std::size_t place = 0;
  static_cast<void>(((!std::is_same_v<Row, Rows> && (++place, true)) && ...));
  return place;
}
// The place of a table among them.
template <class Row>
inline constexpr std::size_t compared_number = place_among<Row>(ComparedTables{});

struct RowCounts {
  std::int64_t equal = 0;
  std::int64_t changed = 0;  // the same key, another value
  std::int64_t added = 0;    // only in B
  std::int64_t removed = 0;  // only in A

  std::int64_t differing() const { return changed + added + removed; }
  bool operator==(const RowCounts&) const = default;
  RowCounts& operator+=(const RowCounts& other) {
    equal += other.equal;
    changed += other.changed;
    added += other.added;
    removed += other.removed;
    return *this;
  }
};
using CountsByTable = std::array<RowCounts, ComparedTables::size>;

// Sums over the days compared, in both worlds. Nothing is unknown to a simulation, so where
// nothing was sold cost and tax are 0. The month is empty.
struct Sides {
  StoreMonth a = nothing_sold(), b = nothing_sold();

  bool operator==(const Sides&) const = default;

 private:
  static StoreMonth nothing_sold() {
    StoreMonth sums;
    sums.cogs = sums.tax = Total{};
    sums.visitors = sums.visit_transactions = 0;
    return sums;
  }
};

struct StoreEffect {
  Store store;
  Sides sums;
  CountsByTable rows{};

  bool differs() const {
    for (const auto& counts : rows)
      if (counts.differing() > 0) return true;
    return false;
  }
  bool operator==(const StoreEffect&) const = default;
};

struct CategoryEffect {
  std::string name;
  Sides sums;       // of its lines alone: without receipts and visitors
  RowCounts lines;  // one that moved to another category counts in both

  bool operator==(const CategoryEffect&) const = default;
};

struct Comparison {
  std::string digest_a, digest_b;  // of the scenarios
  Day from, through;
  std::string currency;
  std::vector<StoreEffect> stores;         // every store compared, by id
  std::vector<CategoryEffect> categories;  // those with lines that differ, by name
  Sides total;                             // of the stores compared
  CountsByTable rows{};                    // likewise
  std::optional<Day> first_day, last_day;  // of the rows that differ

  bool is_identical() const { return !first_day; }
  bool operator==(const Comparison&) const = default;
};

}  // namespace retailsim::pipeline
