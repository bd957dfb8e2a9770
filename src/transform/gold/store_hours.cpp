#include "transform/gold/store_hours.h"

namespace retailsim::transform {

StoreHoursPass::Cell& StoreHoursPass::Cell::operator+=(const Cell& other) {
  visitors += other.visitors;
  visit_transactions += other.visit_transactions;
  sales += other.sales;
  returns += other.returns;
  net += other.net;
  return *this;
}

StoreHoursPass::StoreHoursPass(const Chain& chain, Month month)
    : chain_(chain),
      month_(month),
      first_(first_day_of(month)),
      days_(static_cast<std::size_t>((last_day_of(month) - first_).count() + 1)),
      cells_(chain.stores().size() * days_ * hours),
      is_open_(chain.stores().size() * days_) {}

StoreHoursPass::Cell& StoreHoursPass::cell(std::size_t store, Day day, std::int32_t hour) {
  const auto at = static_cast<std::size_t>((day - first_).count());
  assert(at < days_ && hour >= 0 && hour < 24);
  return cells_[(store * days_ + at) * hours + static_cast<std::size_t>(hour)];
}

void StoreHoursPass::add(const Receipt& receipt) {
  const Transaction& row = receipt.row;
  Cell& sums = cell(receipt.store, row.business_date, row.local_hour);
  if (row.kind == Kind::sale) {
    ++sums.sales;
    sums.net += row.net;
    if (row.channel == Channel::store) {
      const auto at = static_cast<std::size_t>((row.business_date - first_).count());
      is_open_[receipt.store * days_ + at] = true;
    }
  } else {
    ++sums.returns;
    sums.net -= row.net;
  }
}

void StoreHoursPass::add(const Entry& entry) {
  Cell& sums = cell(entry.store, entry.row.business_date, entry.row.local_hour);
  ++sums.visitors;
  sums.visit_transactions += entry.row.transaction_id.has_value();
  const auto at = static_cast<std::size_t>((entry.row.business_date - first_).count());
  is_open_[entry.store * days_ + at] = true;
}

template <class Row>
void StoreHoursPass::set_sums(Row& row, const Cell& sums, const Coverage& coverage) {
  if (coverage.has_visits) {
    row.visitors = sums.visitors;
    row.visit_transactions = sums.visit_transactions;
  }
  row.transactions = sums.sales;
  row.net_sales = sums.net;
}

std::vector<StoreDateHour> StoreHoursPass::rows(std::type_identity<StoreDateHour>,
                                                const Coverage& coverage) const {
  std::vector<StoreDateHour> rows;
  for (std::size_t at = 0; at < cells_.size(); ++at) {
    if (cells_[at].is_empty()) continue;
    auto& row = rows.emplace_back();
    row.store_id = chain_.stores()[at / hours / days_].store_id;
    row.business_date = first_ + std::chrono::days(at / hours % days_);
    row.hour = static_cast<std::int32_t>(at % hours);
    set_sums(row, cells_[at], coverage);
  }
  return rows;
}

std::vector<StoreHour> StoreHoursPass::rows(std::type_identity<StoreHour>,
                                            const Coverage& coverage) const {
  constexpr std::size_t weekdays = 7;
  std::vector<StoreHour> rows;
  const std::string month = to_text(month_);
  for (std::size_t store = 0; store < chain_.stores().size(); ++store) {
    std::array<Cell, weekdays * hours> week{};
    std::array<std::int64_t, weekdays> open_days{};
    for (std::size_t day = 0; day < days_; ++day) {
      const auto weekday = static_cast<std::size_t>(weekday_of(first_ + std::chrono::days(day)));
      open_days[weekday] += is_open_[store * days_ + day];
      for (std::size_t hour = 0; hour < hours; ++hour)
        week[weekday * hours + hour] += cells_[(store * days_ + day) * hours + hour];
    }
    for (std::size_t at = 0; at < week.size(); ++at) {
      if (week[at].is_empty()) continue;
      auto& row = rows.emplace_back();
      row.store_id = chain_.stores()[store].store_id;
      row.month = month;
      row.weekday = static_cast<std::int32_t>(at / hours + 1);
      row.hour = static_cast<std::int32_t>(at % hours);
      row.occurrences = open_days[at / hours];
      set_sums(row, week[at], coverage);
    }
  }
  return rows;
}

}  // namespace retailsim::transform
