#include "transform/realism/calendar.h"

#include <algorithm>
#include <numeric>

namespace retailsim::transform::realism {
namespace {

// The largest over the mean of those above 0.
template <class Counts>
Measure peak(const Counts& counts, std::string_view why_none) {
  double sum = 0, most = 0;
  int there = 0;
  for (const double count : counts) {
    sum += count;
    most = std::max(most, count);
    there += count > 0 ? 1 : 0;
  }
  if (there == 0) return none(why_none);
  return {most * there / sum};
}

}  // namespace

void Calendar::add(const Basket& basket) {
  const Transaction& receipt = basket.receipt;
  net_[month_of(receipt.business_date)] += sign_of(receipt.kind) * receipt.net.value;
  if (!basket.is_sale()) return;
  ++by_weekday_.at(static_cast<std::size_t>(weekday_of(receipt.business_date)));
  if (receipt.channel == Channel::store)
    ++by_hour_.at(static_cast<std::size_t>(receipt.local_hour));
  has_sales_.at(static_cast<std::size_t>((receipt.business_date - window_.first).count())) = true;
}

Measure Calendar::weekday_peak() const {
  if (window_.days() < 7) return none("less than a week of sales");
  std::array<double, 7> each_day{};
  for (std::size_t weekday = 0; weekday < 7; ++weekday) {
    // Whole weeks, and one more for the weekdays with which the last, broken week begins.
    const auto after = (static_cast<std::int64_t>(weekday) + 7 - weekday_of(window_.first)) % 7;
    const auto days = window_.days() / 7 + (after < window_.days() % 7 ? 1 : 0);
    each_day[weekday] = static_cast<double>(by_weekday_[weekday]) / static_cast<double>(days);
  }
  return peak(each_day, no_sales);
}

Measure Calendar::hour_peak() const {
  std::array<double, 24> counts{};
  std::ranges::transform(by_hour_, counts.begin(),
                         [](std::int64_t count) { return static_cast<double>(count); });
  return peak(counts, "no sales in a store");
}

bool Calendar::is_whole(Month month) const {
  constexpr std::chrono::days grace{3};
  return window_.first <= first_day_of(month) + grace && window_.last >= last_day_of(month) - grace;
}

std::int64_t Calendar::open_days(Month month) const {
  std::int64_t days = 0;
  const Day last = std::min(last_day_of(month), window_.last);
  for (Day day = std::max(first_day_of(month), window_.first); day <= last;
       day += std::chrono::days(1))
    days += has_sales_[static_cast<std::size_t>((day - window_.first).count())] ? 1 : 0;
  return days;
}

Measure Calendar::month_range() const {
  std::vector<double> each_day;
  for (Month month = month_of(window_.last); month >= month_of(window_.first); --month.number) {
    if (!is_whole(month) || each_day.size() == 12) continue;
    const auto days = open_days(month);
    const auto net = net_.find(month);
    if (days == 0 || net == net_.end() || net->second <= 0)
      return none("a month without net sales");
    each_day.push_back(static_cast<double>(net->second) / static_cast<double>(days));
  }
  if (each_day.size() < 12) return none("less than twelve whole months");
  const auto [least, most] = std::ranges::minmax(each_day);
  return {most / least};
}

}  // namespace retailsim::transform::realism
