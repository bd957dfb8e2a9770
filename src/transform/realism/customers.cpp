#include "transform/realism/customers.h"

#include <algorithm>

namespace retailsim::transform::realism {
namespace {

// The finalizer of SplitMix64: it spreads ids that lie close together.
std::uint64_t hash(std::int64_t id) {
  auto bits = static_cast<std::uint64_t>(id) + 0x9E3779B97F4A7C15U;
  bits = (bits ^ (bits >> 30U)) * 0xBF58476D1CE4E5B9U;
  bits = (bits ^ (bits >> 27U)) * 0x94D049BB133111EBU;
  return bits ^ (bits >> 31U);
}

// It is one to one, so that no two customers are equal.
std::vector<std::int64_t> sample_of(std::vector<std::int64_t> customers, std::size_t most) {
  std::ranges::sort(customers, {}, hash);
  if (customers.size() > most) customers.resize(most);
  return customers;
}

void sort_days(std::vector<std::int32_t>& days) {
  std::ranges::sort(days);
  const auto rest = std::ranges::unique(days);
  days.erase(rest.begin(), rest.end());
}

}  // namespace

Customers::Customers(const Survey& survey, const Window& window,
                     std::vector<std::int64_t> customers, std::size_t most)
    : survey_(survey),
      window_(window),
      sample_(sample_of(std::move(customers), most)),
      customers_(sample_.size()) {}

void Customers::add(const Basket& basket) {
  if (!basket.is_sale() || !basket.receipt.customer_id) return;
  const std::int32_t place = sample_.find(basket.receipt.customer_id->value);
  if (place == IdIndex::nothing) return;
  Customer& customer = customers_[static_cast<std::size_t>(place)];
  customer.net += basket.receipt.net.value;
  const auto day =
      static_cast<std::int32_t>((basket.receipt.business_date - window_.first).count());
  customer.days.push_back(day);
  if (day >= window_.days() / 2) late_lines_ += std::ssize(basket.lines);
  for (const auto& line : basket.lines) {
    const auto product = static_cast<std::uint32_t>(survey_.chain().number_of(line.product_id));
    customer.bought.push_back({product, day, 1});
  }
  // Merging when it has doubled costs little, and bounds the memory by the products.
  if (customer.bought.size() > 2 * customer.merged + 64) merge(customer);
}

// One entry a product: its first day, and the lines on that day.
void Customers::merge(Customer& customer) {
  auto& bought = customer.bought;
  std::ranges::sort(bought, {}, [](const Bought& each) {
    return std::pair{each.product, each.first_day};
  });
  std::size_t kept = 0;
  for (const Bought& each : bought) {
    if (kept == 0 || bought[kept - 1].product != each.product) {
      bought[kept++] = each;
    } else if (bought[kept - 1].first_day == each.first_day) {
      bought[kept - 1].lines += each.lines;
    }
  }
  bought.resize(kept);
  bought.shrink_to_fit();
  customer.merged = kept;
  sort_days(customer.days);
}

Measure Customers::repeat_rate() const {
  std::int64_t new_lines = 0;
  for (Customer customer : customers_) {
    merge(customer);
    for (const Bought& each : customer.bought)
      if (each.first_day >= window_.days() / 2) new_lines += each.lines;
  }
  return part_of(late_lines_ - new_lines, late_lines_, no_customers);
}

Histogram Customers::gaps() const {
  Histogram gaps;
  for (const Customer& customer : customers_) {
    auto days = customer.days;
    sort_days(days);
    for (std::size_t at = 1; at < days.size(); ++at)
      gaps.add(static_cast<std::size_t>(days[at] - days[at - 1]));
  }
  return gaps;
}

Measure Customers::top_fifth_of_customers() const {
  std::vector<std::int64_t> spent;
  spent.reserve(customers_.size());
  for (const Customer& customer : customers_) spent.push_back(customer.net);
  return share_of_top_fifth(std::move(spent), no_customers);
}

}  // namespace retailsim::transform::realism
