// Every gold pass, and the loop that feeds them: one walk over a month's clean rows, each
// row looked up once and given to every pass that has an `add` for it.
//
// A pass of one month's tables has
//   Tables   a list of the tables it fills
//   reads    the clean tables it is made from; snapshots count as a whole, events of its month
//   add      for some of Receipt, Line, Entry, Stocked; lines come first, then receipts, then
//            visits, then days of inventory, each in the order of clean
//   rows     of each table, for a coverage
#pragma once

#include <span>
#include <tuple>

#include "transform/gold/basket_sizes.h"
#include "transform/gold/customers.h"
#include "transform/gold/product_sales.h"
#include "transform/gold/promotions.h"
#include "transform/gold/store_hours.h"
#include "transform/gold/store_kpis.h"

namespace retailsim::transform {

using MonthPasses = std::tuple<StoreDayPass, StoreHoursPass, ProductSalesPass, BasketSizesPass>;

// Calls visit.template operator()<Pass>() for each.
template <class Visit>
void for_each_pass(Visit&& visit) {
  [&]<class... Passes>(std::type_identity<std::tuple<Passes...>>) {
    (visit.template operator()<Passes>(), ...);
  }(std::type_identity<MonthPasses>{});
}

inline MonthPasses passes_of(const Chain& chain, Month month) {
  return [&]<class... Passes>(std::type_identity<std::tuple<Passes...>>) {
    return MonthPasses{Passes(chain, month)...};
  }(std::type_identity<MonthPasses>{});
}

struct MonthRows {
  std::span<const Transaction> receipts;
  std::span<const TransactionLine> lines;
  std::span<const Visit> visits;
  std::span<const InventoryDay> inventory;
};

template <class Row, class... Passes>
void feed_rows(const Chain& chain, std::span<const Row> rows, Passes&... passes) {
  const auto give = [](auto& pass, const auto& row) {
    if constexpr (requires { pass.add(row); }) pass.add(row);
  };
  for (const auto& row : rows) {
    const auto numbered = chain.with_numbers(row);
    (give(passes, numbered), ...);
  }
}

template <class... Passes>
void feed(const Chain& chain, const MonthRows& rows, Passes&... passes) {
  feed_rows(chain, rows.lines, passes...);
  feed_rows(chain, rows.receipts, passes...);
  feed_rows(chain, rows.visits, passes...);
  feed_rows(chain, rows.inventory, passes...);
}

}  // namespace retailsim::transform
