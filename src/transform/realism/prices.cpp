#include "transform/realism/prices.h"

#include <algorithm>
#include <cmath>

namespace retailsim::transform::realism {
namespace {

constexpr std::string_view no_movement = "no product had two prices";

double median(std::vector<double>& numbers) {
  std::ranges::sort(numbers);
  const std::size_t half = numbers.size() / 2;
  return numbers.size() % 2 == 1 ? numbers[half] : (numbers[half - 1] + numbers[half]) / 2;
}

}  // namespace

Prices::Prices(const Survey& survey, const Window& window)
    : survey_(survey),
      first_(window.first),
      places_(survey.places_of_products(most_products)),
      products_(places_.size() -
                static_cast<std::size_t>(std::ranges::count(places_, Survey::unplaced))),
      weeks_(static_cast<std::size_t>((window.days() + 6) / 7)),
      cells_(products_ * weeks_) {}

void Prices::add(const Basket& basket) {
  if (!basket.is_sale()) return;
  const auto day = (basket.receipt.business_date - first_).count();
  const auto week = static_cast<std::size_t>(day) / 7;
  for (const auto& line : basket.lines) {
    ++lines_;
    discounted_ += line.discount.value > 0 ? 1 : 0;
    discount_ += line.discount.value;
    gross_ += line.net.value + line.discount.value;
    const std::int32_t place = places_[survey_.chain().number_of(line.product_id)];
    if (place == Survey::unplaced) continue;
    Week& cell = cells_[static_cast<std::size_t>(place) * weeks_ + week];
    cell.units += line.quantity;
    cell.net += line.net.value;
    cell.discount += line.discount.value;
  }
}

Measure Prices::elasticity() const {
  double price_price = 0, price_units = 0;
  std::vector<std::pair<double, double>> logs;  // of price and units
  for (std::size_t product = 0; product < products_; ++product) {
    logs.clear();
    double mean_price = 0, mean_units = 0;
    for (const Week& week : weeks_of(product)) {
      if (week.net <= 0) continue;
      const auto units = static_cast<double>(week.units);
      logs.emplace_back(std::log(static_cast<double>(week.net) / units), std::log(units));
      mean_price += logs.back().first;
      mean_units += logs.back().second;
    }
    const auto count = static_cast<double>(logs.size());
    for (const auto& [price, units] : logs) {
      const double from_mean = price - mean_price / count;
      price_price += from_mean * from_mean;
      price_units += from_mean * (units - mean_units / count);
    }
  }
  if (lines_ == 0) return none(no_sales);
  if (price_price <= 1e-9) return none(no_movement);  // what rounding leaves of equal prices
  return {price_units / price_price};
}

Measure Prices::promotion_uplift() const {
  constexpr int weeks_needed = 4, products_needed = 10;
  std::vector<double> ratios;
  for (std::size_t product = 0; product < products_; ++product) {
    std::int64_t weeks_on = 0, weeks_off = 0, units_on = 0, units_off = 0;
    for (const Week& week : weeks_of(product)) {
      if (week.net <= 0) continue;
      const bool is_on = 10 * week.discount >= week.net + week.discount;
      ++(is_on ? weeks_on : weeks_off);
      (is_on ? units_on : units_off) += week.units;
    }
    if (weeks_on < weeks_needed || weeks_off < weeks_needed) continue;
    ratios.push_back(static_cast<double>(units_on * weeks_off) /
                     static_cast<double>(units_off * weeks_on));
  }
  if (ratios.size() < products_needed)
    return none("fewer than ten products with four weeks on promotion and four without");
  return {median(ratios)};
}

}  // namespace retailsim::transform::realism
