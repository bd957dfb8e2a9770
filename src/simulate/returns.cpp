#include "simulate/returns.h"

#include <algorithm>
#include <optional>

#include "simulate/channels.h"
#include "simulate/distributions.h"
#include "simulate/ids.h"

namespace retailsim::simulate {
namespace {

// Part 0 decides about the sale as a whole, part n about its line n.
Draws return_draws(const Cell& sold, const Arrival& sale, std::uint32_t part = 0) {
  const Stream stream =
      sale.household == no_household ? Stream::anonymous_return : Stream::member_return;
  return {sold.world.seed, stream, line_subject(sold, sale), part};
}

// The first day 1, 2, … on which an event of probability 1 / mean happens, given that it
// happens within the longest delay. By inversion: a larger mean never gives a shorter delay.
std::int32_t delay_of(double unit, double mean) {
  if (mean <= 1) return 1;
  const double log_missed = natural_log(1 - 1 / mean);  // on one day
  const double in_time = 1 - exponential(longest_return_delay * log_missed);
  const double days = std::floor(natural_log(1 - unit * in_time) / log_missed);
  return 1 + std::min(static_cast<std::int32_t>(days), longest_return_delay - 1);
}

class ReturnsOfCell {
 public:
  ReturnsOfCell(const Cell& cell, const CellPlan& plan) : cell_(cell), plan_(plan) {}

  // The weekday in the cell's week on which goods that are due on day `due`, counted from
  // the cell's Monday, are brought back.
  std::optional<int> day_of_return(int due) {
    if (due > 6 || due + longest_put_off < 0) return std::nullopt;
    if (due < 0) {
      if (!before_) before_ = plan_of({cell_.world, cell_.store, cell_.monday - days(7)});
      if (first_open_day(*before_, due + 7, 6)) return std::nullopt;  // brought back then
    }
    return first_open_day(plan_, std::max(due, 0), std::min(due + longest_put_off, 6));
  }

 private:
  using days = std::chrono::days;

  static std::optional<int> first_open_day(const CellPlan& plan, int from, int to) {
    for (int day = from; day <= to; ++day)
      for (std::size_t hour = 0; hour < 24; ++hour)
        if (plan.entries[24 * static_cast<std::size_t>(day) + hour] > 0) return day;
    return std::nullopt;
  }

  const Cell& cell_;
  const CellPlan& plan_;
  std::optional<CellPlan> before_;  // of the week before
};

// The hour of the day, by the entries that the store expects. Experiments play no part, so
// that they move no return.
std::size_t hour_of_return(const CellPlan& plan, std::size_t day, double unit) {
  double sum = 0;
  for (std::size_t hour = 24 * day; hour < 24 * day + 24; ++hour) sum += plan.entries[hour];
  double left = unit * sum;
  std::size_t found = 24 * day;
  for (std::size_t hour = 24 * day; hour < 24 * day + 24; ++hour) {
    if (plan.entries[hour] <= 0) continue;
    found = hour;
    if (left < plan.entries[hour]) break;
    left -= plan.entries[hour];
  }
  return found;
}

}  // namespace

std::vector<FlaggedSale> flagged_sales(const Cell& cell, std::span<const Arrival> arrivals) {
  const Scenario& scenario = cell.world.scenario;
  std::vector<FlaggedSale> flagged;
  for (const Arrival& arrival : arrivals) {
    if (arrival.lines == 0) continue;
    Draws draws = return_draws(cell, arrival);
    if (draws.word() >= word_bound(return_share(scenario, arrival.channel))) continue;
    flagged.push_back({arrival, delay_of(draws.unit(), scenario.return_delay_days)});
  }
  return flagged;
}

void add_returns(const Cell& cell, const CellPlan& plan, int weeks_ago,
                 std::span<const FlaggedSale> sold, std::vector<Return>& returns) {
  const World& world = cell.world;
  const Cell then{world, cell.store, cell.monday - std::chrono::days(7 * weeks_ago)};
  ReturnsOfCell of_cell{cell, plan};
  for (const FlaggedSale& flagged : sold) {
    const Arrival& sale = flagged.sale;
    const int sold_on = static_cast<int>(sale.entered_s / day_s) - 7 * weeks_ago;
    const std::optional<int> day = of_cell.day_of_return(sold_on + flagged.delay_days);
    if (!day) continue;
    const Day date = cell.monday + std::chrono::days(*day);
    if (date > world.scenario.to) continue;
    if (sale.household != no_household && date >= world.households[sale.household].left) continue;

    Draws draws = return_draws(then, sale);
    draws.word();  // the flag
    draws.word();  // the delay
    const double hour_unit = draws.unit();
    const double second_unit = draws.unit();
    const double dwell_score = normal(draws);
    const double till_unit = draws.unit();
    const double party_unit = draws.unit();
    const std::size_t hour = hour_of_return(plan, static_cast<std::size_t>(*day), hour_unit);
    if (plan.traffic[hour] <= 0) continue;

    Arrival trip{};
    trip.entered_s =
        static_cast<std::uint32_t>(hour * 3600) + static_cast<std::uint32_t>(second_unit * 3600);
    trip.slot = return_slot(static_cast<std::uint32_t>(weeks_ago), sale.slot);
    // Some minutes at the desk, not past midnight; fewer people than come to shop. Assumed.
    const auto day_left = static_cast<double>(day_s - 1 - trip.entered_s % day_s);
    const double dwell = std::min(300 * exponential(0.35 * dwell_score), day_left);
    trip.dwell_s = static_cast<std::int32_t>(dwell);
    trip.till_s = static_cast<std::int32_t>(dwell * (0.3 + 0.5 * till_unit));
    trip.household = sale.household;
    trip.party_size = party_unit < 0.8 ? 1 : 2;
    trip.channel = sale.channel;
    trip.tender = sale.tender;  // the money goes back the way it came
    returns.push_back({trip, sale, weeks_ago});
  }
}

void take_back(const Cell& sold, const Arrival& sale, std::size_t first,
               std::vector<TransactionLine>& lines) {
  const World& world = sold.world;
  const auto category_of = [&](const TransactionLine& line) -> const CategoryState& {
    const auto product = static_cast<std::size_t>(line.product_id.value - 1);
    return world.categories[world.products[product].category];
  };
  // A line comes back when its uniform number lies below its probability. When none does, the
  // one comes back that was closest, in parts of its probability.
  std::array<double, most_lines_in_all> parts{};
  std::size_t closest = first;
  for (std::size_t i = first; i < lines.size(); ++i) {
    Draws draws = return_draws(sold, sale, static_cast<std::uint32_t>(lines[i].line_number));
    const double unit = draws.unit();
    parts[i - first] = unit / (world.scenario.return_line_share * category_of(lines[i]).returned);
    if (parts[i - first] < parts[closest - first]) closest = i;
  }
  std::size_t end = first;
  for (std::size_t i = first; i < lines.size(); ++i) {
    if (parts[i - first] >= 1 && i != closest) continue;
    TransactionLine line = lines[i];
    Draws draws = return_draws(sold, sale, static_cast<std::uint32_t>(line.line_number));
    draws.word();  // whether it comes back
    // One word: from one unit to all of them, equally likely.
    const auto units = 1 + static_cast<std::int32_t>(
                               below(static_cast<std::uint32_t>(line.quantity), draws.word()));
    const Cents paid_each{line.net.value / line.quantity};  // exact: units of a line cost the same
    line.kind = Kind::refund;
    line.quantity = units;
    line.gross = units * line.list_price;
    line.net = units * paid_each;
    line.discount = line.gross - line.net;
    line.tax = times(line.net, category_of(line).tax_rate);
    lines[end++] = line;
  }
  lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(end), lines.end());
}

}  // namespace retailsim::simulate
