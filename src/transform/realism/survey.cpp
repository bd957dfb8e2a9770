#include "transform/realism/survey.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace retailsim::transform::realism {
namespace {

std::vector<std::int32_t> places(const std::vector<std::int64_t>& counts, std::size_t most) {
  std::vector<std::size_t> order;
  for (std::size_t at = 0; at < counts.size(); ++at)
    if (counts[at] > 0) order.push_back(at);
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&](std::size_t at) { return counts[at]; });
  if (order.size() > most) order.resize(most);
  std::vector<std::int32_t> places(counts.size(), Survey::unplaced);
  std::int32_t place = 0;
  for (const auto at : order) places[at] = place++;
  return places;
}

}  // namespace

void Survey::add(const TransactionLine& line) {
  if (line.kind != Kind::sale) return;
  ++lines_[chain_.number_of(line.product_id)];
  const Day day = line.business_date;
  if (!window_) window_ = {day, day};
  window_ = {std::min(window_->first, day), std::max(window_->last, day)};
}

void Survey::merge(const Survey& other) {
  for (std::size_t product = 0; product < lines_.size(); ++product)
    lines_[product] += other.lines_[product];
  if (!other.window_) return;
  if (!window_) window_ = other.window_;
  window_ = {std::min(window_->first, other.window_->first),
             std::max(window_->last, other.window_->last)};
}

std::vector<std::int32_t> Survey::places_of_products(std::size_t most) const {
  return places(lines_, most);
}

std::vector<std::int32_t> Survey::places_of_categories(std::size_t most) const {
  std::vector<std::int64_t> counts(chain_.categories().size());
  for (std::size_t product = 0; product < lines_.size(); ++product)
    counts[chain_.category_of(product)] += lines_[product];
  return places(counts, most);
}

Measure Survey::top_fifth_of_products() const { return share_of_top_fifth(lines_, no_sales); }

Measure share_of_top_fifth(std::vector<std::int64_t> parts, std::string_view why_none) {
  std::erase_if(parts, [](std::int64_t part) { return part <= 0; });
  if (parts.empty()) return none(why_none);
  const auto fifth =
      static_cast<std::ptrdiff_t>(std::max<std::size_t>(1, (2 * parts.size() + 5) / 10));
  std::ranges::sort(parts, std::ranges::greater{});
  const auto sum = [](auto begin, auto end) {
    return std::accumulate(begin, end, std::int64_t{0});
  };
  return part_of(sum(parts.begin(), parts.begin() + fifth), sum(parts.begin(), parts.end()),
                 why_none);
}

}  // namespace retailsim::transform::realism
