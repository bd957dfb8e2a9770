#include "simulate/cell.h"

#include <algorithm>

#include "simulate/baskets.h"
#include "simulate/ids.h"

namespace retailsim::simulate {
namespace {

constexpr std::uint32_t day_s = 24 * 3600;

struct LocalTime {
  Instant at;
  Day date;
  std::int32_t hour;
};

// `second` since Monday 00:00 on the store's clock.
LocalTime local_time(const Cell& cell, const WeekTables& tables, std::uint32_t second) {
  const Instant hour_begins = tables.clocks[cell.store.clock][second / 3600];
  return {hour_begins + std::chrono::seconds(second % 3600),
          cell.monday + std::chrono::days(second / day_s),
          static_cast<std::int32_t>(second / 3600 % 24)};
}

Visit visit_of(const Cell& cell, const WeekTables& tables, const Arrival& arrival) {
  const LocalTime entered = local_time(cell, tables, arrival.entered_s);
  const std::int64_t id = composed_id(cell.store.row.store_id, tables.week, arrival.slot);
  Visit visit{.visit_id = {id},
              .store_id = cell.store.row.store_id,
              .entered_at = entered.at,
              .business_date = entered.date,
              .local_hour = entered.hour,
              .dwell_s = arrival.dwell_s,
              .customer_id = std::nullopt,
              .party_size = arrival.party_size,
              .mission = arrival.mission,
              .transaction_id = std::nullopt};
  if (arrival.lines == 0) return visit;
  visit.transaction_id = TransactionId{id};
  // The card is shown at the till.
  if (arrival.household != no_household)
    visit.customer_id = CustomerId{cell.world.household_id(arrival.household).value};
  return visit;
}

// The receipt over lines that are already there; completes them.
Transaction receipt_of(const Cell& cell, const WeekTables& tables, const Arrival& arrival,
                       std::span<TransactionLine> lines) {
  const LocalTime begun =
      local_time(cell, tables, arrival.entered_s + static_cast<std::uint32_t>(arrival.till_s));
  const std::int64_t id = composed_id(cell.store.row.store_id, tables.week, arrival.slot);
  Transaction receipt{.transaction_id = {id},
                      .store_id = cell.store.row.store_id,
                      .business_date = begun.date,
                      .local_hour = begun.hour,
                      .begin_at = begun.at,
                      .channel = Channel::store,
                      .kind = Kind::sale,
                      .original_transaction_id = std::nullopt,
                      .customer_id = std::nullopt,
                      .tender = arrival.tender,
                      .gross = {},
                      .discount = {},
                      .net = {},
                      .tax = std::nullopt,
                      .total = std::nullopt};
  if (arrival.household != no_household)
    receipt.customer_id = CustomerId{cell.world.household_id(arrival.household).value};
  Cents tax;
  for (TransactionLine& line : lines) {
    line.transaction_id = receipt.transaction_id;
    line.business_date = receipt.business_date;
    receipt.gross += line.gross;
    receipt.discount += line.discount;
    receipt.net += line.net;
    tax += line.tax.value_or(Cents{});
  }
  receipt.tax = tax;
  receipt.total = receipt.net + tax;
  return receipt;
}

}  // namespace

void CellRows::clear() {
  visits.clear();
  transactions.clear();
  lines.clear();
  line_ends.clear();
  arrivals_.clear();
}

void simulate_cell(const World& world, const WeekTables& tables, std::size_t store_index,
                   CellRows& out) {
  out.clear();
  const Cell cell{world, world.stores[store_index], monday_of(tables.week)};
  CellPlan plan;
  for (const Behaviour* behaviour : all_behaviours()) behaviour->shape(plan, cell);

  auto& arrivals = out.arrivals_;
  draw_arrivals(cell, plan, arrivals);
  for (const Arrival& arrival : arrivals) out.visits.push_back(visit_of(cell, tables, arrival));

  // From here on only buyers, in the order in which they reach the till.
  std::erase_if(arrivals, [](const Arrival& arrival) { return arrival.lines == 0; });
  std::ranges::sort(arrivals, {}, [](const Arrival& arrival) {
    const auto begun = arrival.entered_s + static_cast<std::uint32_t>(arrival.till_s);
    return static_cast<std::uint64_t>(begun) << 32 | arrival.slot;
  });
  const Baskets baskets{cell, tables};
  for (const Arrival& arrival : arrivals) {
    const std::size_t first_line = out.lines.size();
    baskets.fill(arrival, out.lines);
    out.transactions.push_back(
        receipt_of(cell, tables, arrival, std::span{out.lines}.subspan(first_line)));
    out.line_ends.push_back(static_cast<std::uint32_t>(out.lines.size()));
  }
}

}  // namespace retailsim::simulate
