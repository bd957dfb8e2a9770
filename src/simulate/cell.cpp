#include "simulate/cell.h"

#include <algorithm>

#include "simulate/baskets.h"
#include "simulate/ids.h"

namespace retailsim::simulate {
namespace {

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

// Nobody enters for what is ordered online and sent home; but to bring it back they do.
bool is_visit(const Arrival& arrival) {
  return arrival.channel != Channel::online || is_return(arrival.slot);
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
  if (is_return(arrival.slot))
    visit.mission = std::nullopt;
  else if (arrival.lines > 0)
    visit.transaction_id = TransactionId{id};
  else
    return visit;
  // The card is shown at the till.
  if (arrival.household != no_household)
    visit.customer_id = CustomerId{cell.world.household_id(arrival.household).value};
  return visit;
}

// The receipt over lines that are already there; completes them.
Transaction receipt_of(const Cell& cell, const WeekTables& tables, const Arrival& arrival,
                       std::span<TransactionLine> lines) {
  const LocalTime begun = local_time(cell, tables, arrival.at_till_s());
  const std::int64_t id = composed_id(cell.store.row.store_id, tables.week, arrival.slot);
  Transaction receipt{.transaction_id = {id},
                      .store_id = cell.store.row.store_id,
                      .business_date = begun.date,
                      .local_hour = begun.hour,
                      .begin_at = begun.at,
                      .channel = arrival.channel,
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

// Who found none of what they wanted passes no till, and shows no card; who was to collect it does
// not come.
void leave_without(std::span<const VisitId> empty_handed, std::vector<Visit>& visits) {
  const auto is_empty_handed = [&](const Visit& visit) {
    return std::ranges::binary_search(empty_handed, visit.visit_id);
  };
  std::erase_if(visits, [&](const Visit& visit) {
    return visit.mission == Mission::pickup && is_empty_handed(visit);
  });
  for (Visit& visit : visits) {
    if (!is_empty_handed(visit)) continue;
    visit.transaction_id.reset();
    visit.customer_id.reset();
  }
}

// The flagged sales of an earlier week: drawn anew unless its cell has just been simulated.
FlaggedSales::Shared sold_earlier(Weeks& weeks, std::size_t store_index, int week,
                                  std::vector<Arrival>& scratch) {
  if (auto known = weeks.flagged().find(week, store_index)) return known;
  const World& world = weeks.world();
  const Cell cell{world, world.stores[store_index], monday_of(week)};
  draw_arrivals(cell, plan_of(cell), scratch);
  return weeks.flagged().keep(week, store_index, flagged_sales(cell, scratch));
}

// The baskets of this and earlier weeks at one store, each prepared when it is first needed.
class EarlierBaskets {
 public:
  EarlierBaskets(Weeks& weeks, const Cell& cell) : weeks_(weeks), cell_(cell) {}

  // Appends the lines of a return.
  void take_back(const Return& each, std::vector<TransactionLine>& lines) {
    auto& sold = weeks_ago_[static_cast<std::size_t>(each.weeks_ago)];
    if (!sold) sold.emplace(weeks_, cell_, each.weeks_ago);
    const std::size_t first = lines.size();
    sold->baskets.fill(each.sale, lines);
    simulate::take_back(sold->cell, each.sale, first, lines);
  }

 private:
  struct Sold {
    Sold(Weeks& weeks, const Cell& now, int weeks_ago)
        : cell{now.world, now.store, now.monday - std::chrono::days(7 * weeks_ago)},
          tables(weeks.of(week_of(cell.monday))),
          baskets(cell, *tables) {}
    Sold(const Sold&) = delete;  // the baskets refer to the cell
    Sold& operator=(const Sold&) = delete;
    Cell cell;
    std::shared_ptr<const WeekTables> tables;
    Baskets baskets;
  };

  Weeks& weeks_;
  const Cell& cell_;
  std::array<std::optional<Sold>, most_weeks_to_return + 1> weeks_ago_;
};

}  // namespace

void CellRows::clear() {
  visits.clear();
  transactions.clear();
  lines.clear();
  line_ends.clear();
  inventory.clear();
  demand.clear();
  arrivals_.clear();
  returns_.clear();
  empty_handed_.clear();
}

void simulate_cell(Weeks& weeks, int week, std::size_t store_index, CellRows& out) {
  out.clear();
  const World& world = weeks.world();
  const std::shared_ptr<const WeekTables> tables = weeks.of(week);
  const Cell cell{world, world.stores[store_index], monday_of(week)};
  const CellPlan plan = plan_of(cell);
  auto& arrivals = out.arrivals_;
  auto& returns = out.returns_;
  if (world.scenario.return_share > 0) {
    const int first = std::max(week - most_weeks_to_return, world.first_week());
    for (int sold = first; sold < week; ++sold)
      add_returns(cell, plan, week - sold, *sold_earlier(weeks, store_index, sold, arrivals),
                  returns);
  }
  draw_arrivals(cell, plan, arrivals);
  FlaggedSales::Shared flagged;
  if (world.scenario.return_share > 0) {
    flagged = weeks.flagged().keep(week, store_index, flagged_sales(cell, arrivals));
    add_returns(cell, plan, 0, *flagged, returns);
    const std::size_t shoppers = arrivals.size();
    for (const Return& each : returns) arrivals.push_back(each.trip);
    merge_by_entry(arrivals, shoppers);
  }
  for (const Arrival& arrival : arrivals)
    if (is_visit(arrival)) out.visits.push_back(visit_of(cell, *tables, arrival));

  // From here on only those who reach the till, in that order.
  std::erase_if(arrivals, [](const Arrival& arrival) {
    return arrival.lines == 0 && !is_return(arrival.slot);
  });
  std::ranges::sort(arrivals, {}, [](const Arrival& arrival) {
    return static_cast<std::uint64_t>(arrival.at_till_s()) << 32 | arrival.slot;
  });
  const Baskets baskets{cell, *tables};
  EarlierBaskets earlier{weeks, cell};
  std::optional<Stock> stock;
  if (world.stock) {
    stock.emplace(weeks, cell, plan, *tables, baskets,
                  flagged ? std::span{*flagged} : std::span<const FlaggedSale>{}, out.stock_,
                  &out.inventory, &out.demand);
  }
  for (const Arrival& arrival : arrivals) {
    const std::size_t first_line = out.lines.size();
    const auto lines = [&] { return std::span{out.lines}.subspan(first_line); };
    if (is_return(arrival.slot)) {
      const Return& each = *std::ranges::find(returns, arrival.slot,
                                              [](const Return& any) { return any.trip.slot; });
      earlier.take_back(each, out.lines);
      out.transactions.push_back(receipt_of(cell, *tables, arrival, lines()));
      out.transactions.back().kind = Kind::refund;
      out.transactions.back().original_transaction_id = TransactionId{
          composed_id(cell.store.row.store_id, week - each.weeks_ago, each.sale.slot)};
    } else {
      baskets.fill(arrival, out.lines);
      if (stock) stock->sell(arrival, first_line, out.lines);
      if (out.lines.size() == first_line) {
        out.empty_handed_.push_back({composed_id(cell.store.row.store_id, week, arrival.slot)});
        continue;
      }
      out.transactions.push_back(receipt_of(cell, *tables, arrival, lines()));
    }
    out.line_ends.push_back(static_cast<std::uint32_t>(out.lines.size()));
  }
  if (!stock) return;
  stock->finish();
  std::ranges::sort(out.empty_handed_);
  if (!out.empty_handed_.empty()) leave_without(out.empty_handed_, out.visits);
}

}  // namespace retailsim::simulate
