#include "transform/realism/figures.h"

namespace retailsim::transform::realism {
namespace {

// "panel" is a year of a real-shaped grocery panel (Complete Journey, 84.51°: 2,467 households,
// 1.4 million lines), measured by these functions once it was cleaned. It is one chain, so the
// bands are wider.
constexpr Figure list[] = {
    {"weekday_peak", "weekday peak", Unit::ratio, Band{1.05, 1.6},
     "Sales a day of the busiest weekday, over the mean of the weekdays with sales.", "panel: 1.15",
     [](const Themes& t) { return t.calendar.weekday_peak(); }},
    {"hour_peak", "hour peak", Unit::ratio, Band{1.4, 3.0},
     "Sales of the busiest hour in stores, over the mean of the hours with sales.",
     "panel: 2.43, open day and night", [](const Themes& t) { return t.calendar.hour_peak(); }},
    {"month_range", "month range", Unit::ratio, Band{1.05, 2.2},
     "Net sales an open day of the best of twelve months, over the worst.", "panel: 1.17",
     [](const Themes& t) { return t.calendar.month_range(); }},
    {"top_fifth_products", "lines of the top fifth of products", Unit::share, Band{0.55, 0.92},
     "Share of lines of the fifth of the sold products that has most.", "panel: 0.86",
     [](const Themes& t) { return t.survey.top_fifth_of_products(); }},
    {"lines_median", "lines a basket, median", Unit::lines, Band{2, 10},
     "Half of the sales have at most so many lines.", "panel: 5",
     [](const Themes& t) { return t.baskets.lines(50); }},
    {"lines_p90", "lines a basket, 90th percentile", Unit::lines, Band{5, 40},
     "Nine sales in ten have at most so many lines.", "panel: 26",
     [](const Themes& t) { return t.baskets.lines(90); }},
    {"lines_p99", "lines a basket, 99th percentile", Unit::lines, Band{10, 90},
     "Ninety-nine sales in a hundred have at most so many lines.", "panel: 60",
     [](const Themes& t) { return t.baskets.lines(99); }},
    {"single_line_baskets", "baskets of one line", Unit::share, Band{0.08, 0.45},
     "Share of sales with a single line.", "panel: 0.14",
     [](const Themes& t) { return t.baskets.share_of_single_lines(); }},
    {"single_unit_lines", "lines of one unit", Unit::share, Band{0.6, 0.95},
     "Share of the lines of sales with a single unit.", "panel: 0.80",
     [](const Themes& t) { return t.baskets.share_of_single_units(); }},
    {"own_price_elasticity", "own-price elasticity", Unit::slope, Band{-3.5, -1},
     "How many per cent more units a product sells in a week in which it costs 1 % more.",
     "panel: -1.97", [](const Themes& t) { return t.prices.elasticity(); }},
    {"promotion_uplift", "promotion uplift", Unit::ratio, Band{1.2, 3.5},
     "Units in weeks at a tenth off or more, over those in other weeks: median product.",
     "panel: 1.94", [](const Themes& t) { return t.prices.promotion_uplift(); }},
    {"discounted_lines", "discounted lines", Unit::share, Band{0.03, 0.6},
     "Share of the lines of sales with a discount.", "panel: 0.50",
     [](const Themes& t) { return t.prices.share_of_discounted_lines(); }},
    {"discount_share", "discount of gross sales", Unit::share, Band{0.01, 0.25},
     "Discounts over gross sales.", "panel: 0.16",
     [](const Themes& t) { return t.prices.discount_share(); }},
    {"drawn_pairs", "category pairs with lift > 2", Unit::share, Band{0.15, 0.75},
     "Share of the pairs of categories that meet more than twice as often as by chance.",
     "panel: 0.56", [](const Themes& t) { return t.assortment.share_of_drawn_pairs(); }},
    {"private_label_share", "sales of private label", Unit::share, Band{0.1, 0.5},
     "Share of net sales of the chain's own brands.", "panel: 0.21",
     [](const Themes& t) { return t.assortment.private_label_share(); }},
    {"repeat_rate", "repeat rate", Unit::share, Band{0.25, 0.7},
     "Share of lines whose product the customer had bought before, in the second half of the data.",
     "panel: 0.48, of a year", [](const Themes& t) { return t.customers.repeat_rate(); }},
    {"gap_median", "days between purchases, median", Unit::days, Band{2, 14},
     "Half of the customers' days with a purchase follow the one before after at most so many "
     "days.",
     "panel: 3", [](const Themes& t) { return t.customers.median_gap(); }},
    {"gap_mean", "days between purchases, mean", Unit::days, Band{4, 30},
     "Mean days from one day with a purchase to the customer's next one.", "panel: 6.6",
     [](const Themes& t) { return t.customers.mean_gap(); }},
    {"top_fifth_customers", "sales of the top fifth of customers", Unit::share, Band{0.4, 0.75},
     "Share of net sales of the fifth of the customers that spends most.", "panel: 0.54",
     [](const Themes& t) { return t.customers.top_fifth_of_customers(); }},
    {"return_rate", "return rate", Unit::share, Band{0.003, 0.12},
     "Returns for each sale, counted in receipts.", "assumed: from groceries to clothes",
     [](const Themes& t) { return t.baskets.return_rate(); }},
    {"conversion", "conversion", Unit::share, Band{0.15, 0.98},
     "Share of visits that end in a purchase.", "assumed: from boutiques to supermarkets",
     [](const Themes& t) { return t.visitors.conversion(); }},
    {"average_ticket", "average ticket", Unit::money, std::nullopt,
     "Net sales for each sale, in the currency of the stores.", "none: it hangs on the currency",
     [](const Themes& t) { return t.baskets.average_ticket(); }},
};

}  // namespace

std::span<const Figure> figures() { return list; }

Verdict verdict_of(const Measure& measure, const std::optional<Band>& band) {
  if (!measure.value || !band) return Verdict::none;
  if (*measure.value < band->low) return Verdict::low;
  return *measure.value > band->high ? Verdict::high : Verdict::ok;
}

std::vector<Reading> read_figures(const Themes& themes) {
  std::vector<Reading> readings;
  readings.reserve(std::size(list));
  for (const Figure& figure : list) {
    const Measure measure = figure.measure(themes);
    readings.push_back({&figure, measure, verdict_of(measure, figure.band)});
  }
  return readings;
}

std::vector<Reading> nothing_to_read() {
  std::vector<Reading> readings;
  readings.reserve(std::size(list));
  for (const Figure& figure : list) readings.push_back({&figure, none(no_sales), Verdict::none});
  return readings;
}

}  // namespace retailsim::transform::realism
