// A chain with all of its rows, for the tests of returns.
#pragma once

#include <map>

#include "simulate/returns.h"
#include "tiny_world.h"

namespace retailsim::simulate {

// tiny with a change, by what the tests ask for.
struct ReturningChain {
  std::shared_ptr<const World> world;
  std::map<TransactionId, std::pair<Transaction, std::vector<TransactionLine>>> sales, returns;
  std::map<std::int64_t, Visit> visits;

  explicit ReturningChain(const std::function<void(Scenario&)>& change = [](Scenario&) {})
      : world(tiny_world(change)) {
    Weeks weeks(*world);
    CellRows rows;
    for (int week = world->first_week(); week <= world->last_week(); ++week) {
      for (std::size_t store = 0; store < world->stores.size(); ++store) {
        simulate_cell(weeks, week, store, rows);
        for (const Visit& visit : rows.visits) visits.emplace(visit.visit_id.value, visit);
        for (std::size_t i = 0; i < rows.transactions.size(); ++i) {
          const Transaction& row = rows.transactions[i];
          auto& kind = row.kind == Kind::sale ? sales : returns;
          const auto lines = rows.lines_of(i);
          kind.emplace(row.transaction_id, std::pair{row, std::vector(lines.begin(), lines.end())});
        }
      }
    }
  }

  const Transaction& sale_of(const Transaction& back) const {
    return sales.at(back.original_transaction_id.value()).first;
  }
  int days_since_sale(const Transaction& back) const {
    return static_cast<int>((back.business_date - sale_of(back).business_date).count());
  }
};

// Every tenth sale, so that there is something to count.
inline const ReturningChain& chain() {
  static const ReturningChain one([](Scenario& scenario) { scenario.return_share = 0.1; });
  return one;
}

}  // namespace retailsim::simulate
