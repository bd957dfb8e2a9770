#include "transform/gold/store_kpis.h"

#include <cassert>

namespace retailsim::transform {
namespace {

template <class T>
void add_known(std::optional<T>& sum, const std::optional<T>& part) {
  if (!part) return;
  if (!sum) sum = T{};
  *sum += *part;
}

// Cents of a part that may be unknown, added or taken off.
void add_signed(std::optional<Total>& sum, const std::optional<Cents>& part, std::int64_t sign) {
  if (part) sum = Total{sum.value_or(Total{}).value + sign * part->value};
}

// A store exists from its first to its last day of trading.
bool exists(const Store& store, Day day) {
  return (!store.opened_on || day >= *store.opened_on) &&
         (!store.closed_on || day <= *store.closed_on);
}

}  // namespace

StoreDayPass::StoreDayPass(const Chain& chain, Month month)
    : chain_(chain),
      first_(first_day_of(month)),
      days_(static_cast<std::size_t>((last_day_of(month) - first_).count() + 1)),
      cells_(chain.stores().size() * days_) {}

StoreDay& StoreDayPass::cell(std::size_t store, Day day) {
  const auto at = static_cast<std::size_t>((day - first_).count());
  assert(at < days_ && "a clean object holds one month");
  return cells_[store * days_ + at];
}

void StoreDayPass::add(const Receipt& receipt) {
  add_row(cell(receipt.store, receipt.row.business_date), receipt.row);
}

void StoreDayPass::add(const Line& line) {
  add_row(cell(line.store, line.row.business_date), line.row);
}

void StoreDayPass::add(const Entry& entry) {
  add_row(cell(entry.store, entry.row.business_date), entry.row);
}

std::vector<StoreDay> StoreDayPass::rows(std::type_identity<StoreDay>,
                                         const Coverage& coverage) const {
  std::vector<StoreDay> rows;
  for (std::size_t store = 0; store < chain_.stores().size(); ++store) {
    for (std::size_t at = 0; at < days_; ++at) {
      const Day day = first_ + std::chrono::days(at);
      if (day < coverage.from || day > coverage.through) continue;
      if (!exists(chain_.stores()[store], day)) continue;
      StoreDay row = cells_[store * days_ + at];
      row.store_id = chain_.stores()[store].store_id;
      row.business_date = day;
      if (coverage.has_visits) {
        row.visitors = row.visitors.value_or(0);
        row.visit_transactions = row.visit_transactions.value_or(0);
      }
      rows.push_back(row);
    }
  }
  return rows;
}

std::vector<StoreMonth> StoreDayPass::rows(std::type_identity<StoreMonth>,
                                           const Coverage& coverage) const {
  return store_months(rows(std::type_identity<StoreDay>{}, coverage));
}

void add_row(StoreDay& sums, const Transaction& receipt) {
  if (receipt.kind == Kind::sale) {
    ++sums.transactions;
    sums.is_open |= receipt.channel == Channel::store;
  } else {
    ++sums.return_transactions;
  }
}

void add_row(StoreDay& sums, const TransactionLine& line) {
  if (line.kind == Kind::sale) {
    sums.gross_sales += line.gross;
    sums.discounts += line.discount;
    sums.net_sales += line.gross;
    sums.net_sales -= line.discount;
  } else {
    sums.returns += line.net;
    sums.net_sales -= line.net;
  }
  const std::int64_t sign = sign_of(line.kind);
  sums.units += sign * line.quantity;
  if (line.unit_cost) add_signed(sums.cogs, line.quantity * *line.unit_cost, sign);
  add_signed(sums.tax, line.tax, sign);
}

void add_row(StoreDay& sums, const Visit& visit) {
  sums.is_open = true;
  sums.visitors = sums.visitors.value_or(0) + 1;
  if (visit.transaction_id) sums.visit_transactions = sums.visit_transactions.value_or(0) + 1;
}

void add_day(StoreMonth& sums, const StoreDay& day) {
  sums.open_days += day.is_open;
  sums.gross_sales += day.gross_sales;
  sums.discounts += day.discounts;
  sums.returns += day.returns;
  sums.net_sales += day.net_sales;
  add_known(sums.cogs, day.cogs);
  add_known(sums.tax, day.tax);
  sums.transactions += day.transactions;
  sums.return_transactions += day.return_transactions;
  add_known(sums.visit_transactions, day.visit_transactions);
  sums.units += day.units;
  add_known(sums.visitors, day.visitors);
}

std::vector<StoreMonth> store_months(std::span<const StoreDay> days) {
  std::vector<StoreMonth> months;
  for (const auto& day : days) {
    const std::string month = to_text(month_of(day.business_date));
    if (months.empty() || months.back().store_id != day.store_id || months.back().month != month) {
      months.emplace_back();
      months.back().store_id = day.store_id;
      months.back().month = month;
    }
    add_day(months.back(), day);
  }
  return months;
}

}  // namespace retailsim::transform
