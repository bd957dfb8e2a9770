#include "simulate/arrivals.h"

#include <algorithm>

#include "simulate/distributions.h"
#include "simulate/ids.h"

namespace retailsim::simulate {
namespace {

// Half of a household's trip numbers are for usual trips, half for those that a traffic
// change adds.
constexpr std::uint32_t usual_trips = most_trips / 2;

struct Shopper {
  std::uint32_t household = no_household;
  double stock_up;
  double log_size;
};

class ArrivalsOfCell {
 public:
  ArrivalsOfCell(const Cell& cell, const CellPlan& plan, std::vector<Arrival>& out)
      : cell_(cell), scenario_(cell.world.scenario), plan_(plan), out_(out) {
    for (std::size_t hour = 0; hour < hours_per_week; ++hour) {
      day_sums_[hour / 24] += plan.entries[hour];
      week_sum_ += plan.entries[hour];
      most_traffic_ = std::max(most_traffic_, plan.traffic[hour]);
    }
    plan_conversion();
  }

  void draw() {
    if (week_sum_ <= 0) return;
    const auto store = static_cast<std::size_t>(cell_.store.row.store_id.value - 1);
    const auto& members = cell_.world.members[store];
    for (std::size_t place = 0; place < members.size(); ++place)
      draw_member(static_cast<std::uint32_t>(place), members[place]);
    for (std::uint32_t hour = 0; hour < hours_per_week; ++hour) draw_anonymous(hour);
  }

 private:
  std::uint32_t store_id() const {
    return static_cast<std::uint32_t>(cell_.store.row.store_id.value);
  }
  std::uint32_t week() const { return static_cast<std::uint32_t>(week_of(cell_.monday)); }

  // Conversion by hour and mission. Stocking up converts better than filling in, and queues
  // in busy hours drive buyers away; over the week's visits the mean is the scenario's. The
  // load leaves experiments out, so that they move no visit but those they add or take away.
  void plan_conversion() {
    double squares = 0;
    for (const double entries : plan_.entries) squares += entries * entries;
    const double usual_load = week_sum_ > 0 ? squares / week_sum_ : 1;
    const double effect = scenario_.mission_conversion;
    const double share = scenario_.stock_up_share;
    const double mean_effect = share / (1 + effect) + (1 - share) / (1 - effect);
    for (std::size_t hour = 0; hour < hours_per_week; ++hour) {
      const double load = plan_.entries[hour] / usual_load;
      const double here =
          scenario_.conversion * (1 - scenario_.queue_effect * (load - 1)) * mean_effect;
      conversion_[0][hour] = std::clamp(here * (1 - effect), 0.02, 0.98);
      conversion_[1][hour] = std::clamp(here * (1 + effect), 0.02, 0.98);
    }
  }

  // Part of the visits that come to stock up, given the part of the tickets: fewer, because
  // they convert better.
  double among_visits(double stock_up) const {
    const double effect = scenario_.mission_conversion;
    const double up = stock_up / (1 + effect);
    return up / (up + (1 - stock_up) / (1 - effect));
  }

  // Poisson splitting: a household's trips to this store are independent of those to others.
  void draw_member(std::uint32_t place, const Member& member) {
    const std::uint32_t household =
        static_cast<std::uint32_t>(cell_.world.household_id(member.household).value);
    const double mean = member.visits * week_sum_;
    const Subject subject{household, store_id(), week()};
    Draws usual{cell_.world.seed, Stream::member_count, subject};
    const auto count = std::min(static_cast<std::uint32_t>(poisson(usual, mean)), usual_trips);
    for (std::uint32_t trip = 0; trip < count; ++trip) draw_trip(place, member, trip);
    if (most_traffic_ <= 1) return;
    Draws extra{cell_.world.seed, Stream::member_count, subject, 1};
    const auto added = std::min(
        static_cast<std::uint32_t>(poisson(extra, mean * (most_traffic_ - 1))), usual_trips);
    for (std::uint32_t trip = 0; trip < added; ++trip) draw_trip(place, member, usual_trips + trip);
  }

  void draw_trip(std::uint32_t place, const Member& member, std::uint32_t trip) {
    const HouseholdState& household = cell_.world.households[member.household];
    const auto id = static_cast<std::uint32_t>(cell_.world.household_id(member.household).value);
    Draws draws{cell_.world.seed, Stream::member_visit, {id, store_id() << 6 | trip, week()}};
    const double day_unit = draws.unit();
    const double hour_unit = draws.unit();
    const double habit_unit = draws.unit();
    const double keep_unit = draws.unit();

    std::size_t day = 0;
    double left = day_unit * week_sum_;
    while (day < 6 && left >= day_sums_[day]) left -= day_sums_[day++];
    // Most households have a time of day; the habit is a place in the day's distribution of
    // trips, so all of them together still follow it.
    double place_in_day = hour_unit;
    if (habit_unit < scenario_.hour_habit) {
      place_in_day = household.habit + 0.16 * (hour_unit - 0.5);
      place_in_day -= std::floor(place_in_day);
    }
    std::size_t hour = 24 * day;
    left = place_in_day * day_sums_[day];
    while (hour % 24 < 23 && left >= plan_.entries[hour]) left -= plan_.entries[hour++];
    while (hour > 24 * day && plan_.entries[hour] <= 0) --hour;  // rounding beyond closing time
    if (plan_.entries[hour] <= 0) return;

    // Experiments thin out the usual trips or keep a part of the added ones.
    const double traffic = plan_.traffic[hour];
    const bool is_added = trip >= usual_trips;
    const double kept = is_added ? (traffic - 1) / (most_traffic_ - 1) : traffic;
    if (keep_unit >= kept) return;
    const Day date = cell_.monday + std::chrono::days(static_cast<int>(day));
    if (date < household.joined || date >= household.left) return;
    add(draws, hour, member_slot(place, trip),
        {member.household, household.stock_up, household.log_size});
  }

  void draw_anonymous(std::uint32_t hour) {
    const double mean = cell_.store.anonymous_visits * plan_.entries[hour] * plan_.traffic[hour];
    if (mean <= 0) return;
    Draws counted{cell_.world.seed, Stream::anonymous_count, {store_id(), hour, week()}};
    const auto count = std::min(static_cast<std::uint32_t>(poisson(counted, mean)), most_anonymous);
    for (std::uint32_t number = 0; number < count; ++number) {
      const std::uint32_t slot = anonymous_slot(hour, number);
      Draws draws{cell_.world.seed, Stream::anonymous_visit, {store_id(), slot, week()}};
      const double size = scenario_.household_basket_sd * normal(draws);
      add(draws, hour, slot, {no_household, scenario_.stock_up_share, size});
    }
  }

  // What every visit decides, in a fixed order of draws.
  void add(Draws& draws, std::size_t hour, std::uint32_t slot, const Shopper& shopper) {
    const Day date = cell_.monday + std::chrono::days(static_cast<int>(hour / 24));
    if (date < scenario_.from || date > scenario_.to) return;
    const double second_unit = draws.unit();
    const double mission_unit = draws.unit();
    const double buy_unit = draws.unit();
    const double size_score = normal(draws);
    const double dwell_score = normal(draws);
    const double till_unit = draws.unit();
    const double party_unit = draws.unit();
    const double tender_unit = draws.unit();

    Arrival arrival{};
    arrival.entered_s =
        static_cast<std::uint32_t>(hour * 3600) + static_cast<std::uint32_t>(second_unit * 3600);
    arrival.slot = slot;
    arrival.household = shopper.household;
    arrival.stocks_up = mission_unit < among_visits(shopper.stock_up);
    arrival.mission = arrival.stocks_up ? Mission::stock_up : Mission::fill_in;
    double usual_dwell = 240;  // seconds, of a visit without purchase; assumed, as all of these
    if (buy_unit < conversion_[arrival.stocks_up ? 1 : 0][hour]) {
      const double mean =
          arrival.stocks_up ? scenario_.stock_up_log_lines : scenario_.fill_in_log_lines;
      const double sd = arrival.stocks_up ? scenario_.stock_up_log_sd : scenario_.fill_in_log_sd;
      const double lines =
          exponential(mean + sd * size_score + shopper.log_size) * plan_.basket[hour / 24];
      arrival.lines =
          static_cast<std::uint16_t>(std::clamp(std::floor(lines + 0.5), 1.0, double{most_lines}));
      usual_dwell = 180 + 34.0 * arrival.lines;
    } else if (till_unit < scenario_.browse_share) {
      arrival.mission = Mission::browse;
    }
    // Nobody stays past midnight.
    const auto day_left = static_cast<double>(24 * 3600 - 1 - arrival.entered_s % (24 * 3600));
    const double dwell = std::min(
        {std::max(20.0, usual_dwell * exponential(0.35 * dwell_score)), 3.0 * 3600, day_left});
    arrival.dwell_s = static_cast<std::int32_t>(dwell);
    arrival.till_s = static_cast<std::int32_t>(dwell * (0.80 + 0.15 * till_unit));
    arrival.party_size = static_cast<std::uint8_t>(party_unit < 0.62   ? 1
                                                   : party_unit < 0.87 ? 2
                                                   : party_unit < 0.95 ? 3
                                                                       : 4);
    arrival.tender = tender_unit < 0.68   ? Tender::card
                     : tender_unit < 0.88 ? Tender::cash
                     : tender_unit < 0.98 ? Tender::mobile
                                          : Tender::voucher;
    out_.push_back(arrival);
  }

  const Cell& cell_;
  const Scenario& scenario_;
  const CellPlan& plan_;
  std::vector<Arrival>& out_;
  std::array<double, 7> day_sums_{};
  double week_sum_ = 0;
  double most_traffic_ = 1;
  std::array<double, hours_per_week> conversion_[2]{};
};

}  // namespace

void sort_by_entry(std::vector<Arrival>& arrivals) {
  std::ranges::sort(arrivals, {}, [](const Arrival& arrival) {
    return static_cast<std::uint64_t>(arrival.entered_s) << 32 | arrival.slot;
  });
}

void draw_arrivals(const Cell& cell, const CellPlan& plan, std::vector<Arrival>& arrivals) {
  arrivals.clear();
  ArrivalsOfCell{cell, plan, arrivals}.draw();
  sort_by_entry(arrivals);
}

Stream line_stream(const Arrival& arrival) {
  return arrival.household == no_household ? Stream::anonymous_line : Stream::member_line;
}

Subject line_subject(const Cell& cell, const Arrival& arrival) {
  const auto store = static_cast<std::uint32_t>(cell.store.row.store_id.value);
  const auto week = static_cast<std::uint32_t>(week_of(cell.monday));
  if (arrival.household == no_household) return {store, arrival.slot, week};
  const auto id = static_cast<std::uint32_t>(cell.world.household_id(arrival.household).value);
  return {id, store << 6 | (arrival.slot & (most_trips - 1)), week};
}

}  // namespace retailsim::simulate
