#include "transform/gold/promotions.h"

#include <algorithm>
#include <unordered_map>

namespace retailsim::transform {
namespace {

constexpr int baseline_weeks = 4;

// First and last of some weeks; none when the last lies before the first.
struct Weeks {
  int first;
  int last;
  int count() const { return std::max(0, last - first + 1); }
};

// The weeks whose seven days the data covers.
Weeks whole_weeks(const Coverage& coverage) {
  return {week_of(coverage.from + std::chrono::days(6)),
          week_of(coverage.through + std::chrono::days(1)) - 1};
}

Weeks touched(const Promotion& promotion, const Weeks& whole) {
  if (promotion.ends_on < promotion.starts_on) return {0, -1};
  return {std::max(week_of(promotion.starts_on), whole.first),
          std::min(week_of(promotion.ends_on), whole.last)};
}

}  // namespace

ProductWeeksPass::ProductWeeksPass(const Chain& chain, Month month)
    : first_week_(week_of(first_day_of(month))),
      first_monday_(monday_of(first_week_)),
      products_(chain.products().size()),
      cells_(products_ * static_cast<std::size_t>(week_of(last_day_of(month)) - first_week_ + 1)) {}

void ProductWeeks::merge(const ProductWeeksPass& month) {
  for (std::size_t at = 0; at < month.cells_.size(); at += month.products_) {
    auto& week = weeks_[month.first_week_ + static_cast<int>(at / month.products_)];
    week.resize(month.products_);
    for (std::size_t product = 0; product < month.products_; ++product) {
      const ProductWeek& added = month.cells_[at + product];
      week[product].units += added.units;
      week[product].discount += added.discount;
      week[product].net += added.net;
      week[product].is_promoted |= added.is_promoted;
    }
  }
}

std::vector<PromotionResult> ProductWeeks::results(const std::vector<Promotion>& promotions,
                                                   const std::vector<PromotionProduct>& products,
                                                   const Coverage& coverage) const {
  const Weeks whole = whole_weeks(coverage);
  if (whole.count() == 0) return {};
  std::unordered_map<std::int64_t, const Promotion*> promotion_of;
  for (const auto& promotion : promotions) promotion_of[promotion.promo_id.value] = &promotion;

  // Each whole week as it is, and whether a promotion covers the product in it.
  const std::size_t count = chain_.products().size();
  std::vector<const ProductWeek*> week_at(static_cast<std::size_t>(whole.count()));
  std::vector<bool> is_covered(week_at.size() * count);
  const auto place = [&](int week) { return static_cast<std::size_t>(week - whole.first); };
  for (int week = whole.first; week <= whole.last; ++week) {
    const auto found = weeks_.find(week);
    week_at[place(week)] = found == weeks_.end() ? nullptr : found->second.data();
  }
  for (const auto& pair : products) {
    const auto found = promotion_of.find(pair.promo_id.value);
    if (found == promotion_of.end()) continue;
    const Weeks on = touched(*found->second, whole);
    const std::size_t product = chain_.number_of(pair.product_id);
    for (int week = on.first; week <= on.last; ++week)
      is_covered[place(week) * count + product] = true;
  }

  std::vector<PromotionResult> rows;
  for (const auto& pair : products) {
    const auto found = promotion_of.find(pair.promo_id.value);
    if (found == promotion_of.end()) continue;
    const Weeks on = touched(*found->second, whole);
    if (on.count() == 0) continue;
    const std::size_t product = chain_.number_of(pair.product_id);
    const auto sums_of = [&](int week) {
      const ProductWeek* const sums = week_at[place(week)];
      return sums == nullptr ? ProductWeek{} : sums[product];
    };
    PromotionResult& row = rows.emplace_back();
    row.promo_id = pair.promo_id;
    row.product_id = pair.product_id;
    row.weeks_on = on.count();
    for (int week = on.first; week <= on.last; ++week) {
      const ProductWeek sums = sums_of(week);
      row.units_on += sums.units;
      row.discount += sums.discount;
      row.net_sales += sums.net;
    }
    const auto& launched_on = chain_.products()[product].launched_on;
    std::int64_t units = 0;
    int weeks = 0;
    int week = std::min(week_of(found->second->starts_on) - 1, whole.last);
    for (; week >= whole.first && weeks < baseline_weeks; --week) {
      if (launched_on && monday_of(week) < *launched_on) break;
      const ProductWeek sums = sums_of(week);
      if (sums.is_promoted || is_covered[place(week) * count + product]) continue;
      units += sums.units;
      ++weeks;
    }
    if (weeks > 0) row.units_baseline = Total{divide_rounded(100 * units * row.weeks_on, weeks)};
  }
  return rows;
}

}  // namespace retailsim::transform
