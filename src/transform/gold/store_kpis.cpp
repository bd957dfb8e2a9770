#include "transform/gold/store_kpis.h"

#include <algorithm>
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

StoreDayPass::StoreDayPass(Month month, std::span<const Store> stores)
    : first_(first_day_of(month)),
      days_(static_cast<std::size_t>((last_day_of(month) - first_).count() + 1)),
      stores_(stores.begin(), stores.end()) {
  std::ranges::sort(stores_, {}, &Store::store_id);
  for (std::size_t i = 0; i < stores_.size(); ++i) number_[stores_[i].store_id.value] = i;
  cells_.resize(stores_.size() * days_);
}

StoreDay& StoreDayPass::cell(StoreId store, Day day) {
  const auto found = number_.find(store.value);
  assert(found != number_.end() && "clean rows refer to stores that exist");
  const auto at = static_cast<std::size_t>((day - first_).count());
  assert(at < days_ && "a clean object holds one month");
  return cells_[found->second * days_ + at];
}

void StoreDayPass::add(const Transaction& header) {
  StoreDay& sums = cell(header.store_id, header.business_date);
  if (header.kind == Kind::sale) {
    ++sums.transactions;
    sums.is_open |= header.channel == Channel::store;
  } else {
    ++sums.return_transactions;
  }
}

void StoreDayPass::add(const TransactionLine& line) {
  StoreDay& sums = cell(line.store_id, line.business_date);
  const bool is_sale = line.kind == Kind::sale;
  if (is_sale) {
    sums.gross_sales += line.gross;
    sums.discounts += line.discount;
    sums.net_sales += line.gross;
    sums.net_sales -= line.discount;
  } else {
    sums.returns += line.net;
    sums.net_sales -= line.net;
  }
  const std::int64_t sign = is_sale ? 1 : -1;
  sums.units += sign * line.quantity;
  if (line.unit_cost) add_signed(sums.cogs, line.quantity * *line.unit_cost, sign);
  add_signed(sums.tax, line.tax, sign);
}

void StoreDayPass::add(const Visit& visit) {
  StoreDay& sums = cell(visit.store_id, visit.business_date);
  sums.is_open = true;
  sums.visitors = sums.visitors.value_or(0) + 1;
  if (visit.transaction_id) sums.visit_transactions = sums.visit_transactions.value_or(0) + 1;
}

std::vector<StoreDay> StoreDayPass::rows() const {
  std::vector<StoreDay> rows;
  for (std::size_t store = 0; store < stores_.size(); ++store) {
    for (std::size_t at = 0; at < days_; ++at) {
      const Day day = first_ + std::chrono::days(at);
      if (!exists(stores_[store], day)) continue;
      StoreDay row = cells_[store * days_ + at];
      row.store_id = stores_[store].store_id;
      row.business_date = day;
      row.visitors = row.visitors.value_or(0);
      row.visit_transactions = row.visit_transactions.value_or(0);
      rows.push_back(row);
    }
  }
  return rows;
}

std::vector<StoreDay> published_days(std::vector<StoreDay> days, Day data_from, Day data_through,
                                     bool has_visits) {
  std::erase_if(days, [&](const StoreDay& row) {
    return row.business_date < data_from || row.business_date > data_through;
  });
  if (!has_visits) {
    for (auto& row : days) {
      row.visitors.reset();
      row.visit_transactions.reset();
    }
  }
  return days;
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
