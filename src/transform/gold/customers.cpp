#include "transform/gold/customers.h"

#include <algorithm>

namespace retailsim::transform {
namespace {

// How many of `sorted` are smaller.
template <class Value>
std::int64_t smaller(const std::vector<Value>& sorted, const Value& value) {
  return std::ranges::lower_bound(sorted, value) - sorted.begin();
}

}  // namespace

void CustomersPass::add(const Receipt& receipt) {
  const Transaction& row = receipt.row;
  if (!row.customer_id) return;
  InMonth& customer = customers_[row.customer_id->value];
  if (row.kind == Kind::refund) {
    customer.net -= row.net;
    return;
  }
  customer.net += row.net;
  ++customer.sales;
  customer.last_sale = std::max(customer.last_sale.value_or(row.business_date), row.business_date);
  const auto store = static_cast<std::uint32_t>(receipt.store);
  if (customer.stores.empty() || customer.stores.back() != store) customer.stores.push_back(store);
}

void Customers::merge(const CustomersPass& month) {
  auto& buyers = buyers_[month.month_];
  buyers.resize(chain_.stores().size());
  for (const auto& [id, added] : month.customers_) {
    Known& known = customers_[id];
    known.sales += added.sales;
    known.net += added.net;
    if (!added.last_sale) continue;
    for (const auto store : added.stores) ++buyers[store];
    known.last_sale = std::max(known.last_sale.value_or(*added.last_sale), *added.last_sale);
    if (!known.first_month || month.month_ < *known.first_month) {
      known.first_month = month.month_;
      known.stores_of_first_month = added.stores;
    }
  }
}

std::map<Month, std::vector<CustomerMonth>> Customers::months() const {
  std::map<Month, std::vector<std::int64_t>> fresh;
  for (const auto& [id, known] : customers_) {
    if (!known.first_month) continue;
    auto& in_month = fresh[*known.first_month];
    in_month.resize(chain_.stores().size());
    for (const auto store : known.stores_of_first_month) ++in_month[store];
  }
  std::map<Month, std::vector<CustomerMonth>> months;
  for (const auto& [month, buyers] : buyers_) {
    auto& rows = months[month];
    auto& new_buyers = fresh[month];
    new_buyers.resize(buyers.size());
    for (std::size_t store = 0; store < buyers.size(); ++store) {
      if (buyers[store] == 0) continue;
      rows.push_back({chain_.stores()[store].store_id, to_text(month), new_buyers[store],
                      buyers[store] - new_buyers[store]});
    }
  }
  return months;
}

std::vector<CustomerRfm> Customers::rfm(const Coverage& coverage) const {
  std::vector<CustomerRfm> rows;
  std::vector<std::int64_t> staleness;  // −recency_days: the larger, the better
  std::vector<std::int64_t> transactions;
  std::vector<Total> net_sales;
  for (const auto& [id, known] : customers_) {
    if (known.sales == 0) continue;
    const std::int64_t recency = (coverage.through - *known.last_sale).count();
    rows.push_back({CustomerId{id}, recency, known.sales, known.net, RfmSegment::other});
    staleness.push_back(-recency);
    transactions.push_back(known.sales);
    net_sales.push_back(known.net);
  }
  std::ranges::sort(staleness);
  std::ranges::sort(transactions);
  std::ranges::sort(net_sales);
  for (auto& row : rows) {
    row.segment =
        rfm_segment(smaller(staleness, -row.recency_days), smaller(transactions, row.transactions),
                    smaller(net_sales, row.net_sales), std::ssize(rows));
  }
  std::ranges::sort(rows, {}, &CustomerRfm::customer_id);
  return rows;
}

RfmSegment rfm_segment(std::int64_t less_recent, std::int64_t less_often, std::int64_t for_less,
                       std::int64_t customers) {
  // A score from 1 to 5: the whole fifths of the customers that are worse, and one.
  const auto score = [&](std::int64_t worse) { return 1 + 5 * worse / customers; };
  const std::int64_t r = score(less_recent);
  const std::int64_t f = score(less_often);
  const std::int64_t m = score(for_less);
  if (r >= 4 && f >= 4 && m >= 4) return RfmSegment::champion;
  if (r >= 3 && f >= 3) return RfmSegment::loyal;
  if (r >= 4) return RfmSegment::fresh;
  if (r <= 2 && f >= 3) return RfmSegment::at_risk;
  if (r <= 2) return RfmSegment::lost;
  return RfmSegment::other;
}

}  // namespace retailsim::transform
