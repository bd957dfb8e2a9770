#include "simulate/arrivals.h"

#include <algorithm>
#include <optional>

#include "simulate/channels.h"
#include "simulate/distributions.h"
#include "simulate/ids.h"
#include "simulate/missions.h"
#include "simulate/trips.h"

namespace retailsim::simulate {
namespace {

struct Shopper {
  std::uint32_t household = no_household;
  std::uint32_t taste;
  double stock_up_logit;
  double log_size;
  float deal;
  float forgotten_card;
  TripChannel channel = {};
};

WeekDays days_of(const CellPlan& plan) {
  WeekDays days;
  for (std::size_t hour = 0; hour < hours_per_week; ++hour)
    days.parts[hour / 24] += plan.entries[hour];
  return days;
}

bool is_earlier(const Arrival& a, const Arrival& b) {
  return std::pair{a.entered_s, a.slot} < std::pair{b.entered_s, b.slot};
}

class ArrivalsOfCell {
 public:
  ArrivalsOfCell(const Cell& cell, const CellPlan& plan, std::vector<Arrival>& out)
      : cell_(cell),
        scenario_(cell.world.scenario),
        plan_(plan),
        out_(out),
        days_(days_of(plan)),
        week_sum_(days_.sum()),
        anonymous_stock_up_(logit(cell.world.scenario.stock_up_share)) {
    for (const double traffic : plan.traffic) most_traffic_ = std::max(most_traffic_, traffic);
    if (!cell.world.transfers.empty()) first_transferred_ -= most_transferred_trips;
    plan_conversion();
  }

  void draw() {
    if (week_sum_ <= 0) return;
    const auto store = static_cast<std::size_t>(cell_.store.row.store_id.value - 1);
    for (std::uint32_t hour = 0; hour < hours_per_week; ++hour) {
      const auto hour_begin = static_cast<std::ptrdiff_t>(out_.size());
      draw_anonymous(hour);
      std::sort(out_.begin() + hour_begin, out_.end(), is_earlier);
    }
    const std::size_t first_member = out_.size();
    const auto& members = cell_.world.members[store];
    for (std::size_t place = 0; place < members.size(); ++place)
      draw_member(static_cast<std::uint32_t>(place), members[place]);
    if (!cell_.world.transfers.empty()) draw_transfers(cell_.world.transfers[store], members);
    merge_by_entry(out_, first_member);
  }

 private:
  std::uint32_t store_id() const {
    return static_cast<std::uint32_t>(cell_.store.row.store_id.value);
  }
  std::uint32_t week() const { return static_cast<std::uint32_t>(week_of(cell_.monday)); }

  // Conversion by hour and mission. Stocking up converts better than filling in, and queues
  // in busy hours drive buyers away; over the week's visits the mean is the scenario's, as long as
  // the same staff serves them all week. The load leaves experiments out, so that they move no
  // visit but those they add or take away.
  void plan_conversion() {
    double squares = 0;
    for (const double entries : plan_.entries) squares += entries * entries;
    const double usual_load = week_sum_ > 0 ? squares / week_sum_ : 1;
    const double effect = scenario_.mission_conversion;
    const double highest = std::max(scenario_.conversion, 0.98);  // 1: all of them buy
    const double share = scenario_.stock_up_share;
    const double mean_effect = share / (1 + effect) + (1 - share) / (1 - effect);
    for (std::size_t hour = 0; hour < hours_per_week; ++hour) {
      const double entries = plan_.entries[hour];
      const double served = usual_load + scenario_.staffing * (plan_.staffed[hour] - usual_load);
      const double load = entries > 0 ? entries / served : 0;
      const double here =
          scenario_.conversion * (1 - scenario_.queue_effect * (load - 1)) * mean_effect;
      conversion_[0][hour] = std::clamp(here * (1 - effect), 0.02, highest);
      conversion_[1][hour] = std::clamp(here * (1 + effect), 0.02, highest);
    }
  }

  // Part of the visits that come to stock up, given the part of the tickets: fewer, because
  // they convert better.
  double among_visits(double stock_up) const {
    const double effect = scenario_.mission_conversion;
    const double up = stock_up * (1 - effect);
    return up / (up + (1 - stock_up) * (1 + effect));
  }

  void draw_member(std::uint32_t place, const Member& member) {
    const UsualTrips usual =
        usual_trips(cell_.world, store_id(), member, static_cast<int>(week()), days_);
    for (std::uint32_t trip = 0; trip < usual.count; ++trip)
      draw_trip(place, member, trip, usual.days[trip], gap_before(member, usual, trip));
    if (most_traffic_ <= 1) return;
    const std::uint32_t household =
        static_cast<std::uint32_t>(cell_.world.household_id(member.household).value);
    const double mean = mean_trips(cell_.world, member, static_cast<int>(week()), days_);
    Draws extra{cell_.world.seed, Stream::member_count, {household, store_id(), week()}, 1};
    const auto added =
        std::min(static_cast<std::uint32_t>(poisson(extra, mean * (most_traffic_ - 1))),
                 first_transferred_ - most_usual_trips);
    for (std::uint32_t trip = 0; trip < added; ++trip) {
      const std::uint8_t day =
          day_of_trip(cell_.world.households[member.household], days_, extra.unit());
      draw_trip(place, member, most_usual_trips + trip, day, longest_gap);
    }
  }

  // Trips that members would have made to stores that are closed. `transfers` are those to this
  // store, member after member: what several stores bring to one member is one count, which more
  // closed stores only raise.
  void draw_transfers(std::span<const Transfer> transfers, std::span<const Member> members) {
    for (std::size_t i = 0; i < transfers.size();) {
      const std::uint32_t place = transfers[i].place;
      double visits = 0;
      for (; i < transfers.size() && transfers[i].place == place; ++i) {
        const ClosedWeeks& weeks = transfers[i].weeks;
        const auto now = static_cast<int>(week());
        if (now >= weeks.first && now <= weeks.last) visits += transfers[i].visits;
      }
      if (visits > 0) draw_transferred(place, {members[place].household, visits});
    }
  }

  void draw_transferred(std::uint32_t place, const Member& member) {
    const World& world = cell_.world;
    const auto household = static_cast<std::uint32_t>(world.household_id(member.household).value);
    Draws draws{world.seed, Stream::transferred_count, {household, store_id(), week()}};
    const double mean = mean_trips(world, member, static_cast<int>(week()), days_);
    const auto count =
        std::min(static_cast<std::uint32_t>(poisson(draws, mean)), most_transferred_trips);
    // The last trip was elsewhere; as long ago as many are.
    constexpr std::size_t usual_gap = 3;
    for (std::uint32_t trip = 0; trip < count; ++trip) {
      const std::uint8_t day = day_of_trip(world.households[member.household], days_, draws.unit());
      draw_trip(place, member, first_transferred_ + trip, day, usual_gap);
    }
  }

  // What was expected on the days of an earlier week.
  const WeekDays& days_before(int weeks) {
    auto& days = earlier_[static_cast<std::size_t>(weeks - 1)];
    if (!days) {
      const Cell before{cell_.world, cell_.store, cell_.monday - std::chrono::days(7 * weeks)};
      days = days_of(plan_of(before));
    }
    return *days;
  }

  // Days since the household's last usual trip to this store, at most longest_gap.
  std::size_t gap_before(const Member& member, const UsualTrips& usual, std::uint32_t trip) {
    const int day = usual.days[trip];
    int last = -100;
    for (std::uint32_t other = 0; other < usual.count; ++other) {
      const int there = usual.days[other];
      if (there < day || (there == day && other < trip)) last = std::max(last, there);
    }
    const int weeks = static_cast<int>(longest_gap + 6) / 7;
    for (int before = 1; before <= weeks && last == -100; ++before) {
      if (static_cast<int>(week()) - before < 0) break;
      const UsualTrips earlier = usual_trips(
          cell_.world, store_id(), member, static_cast<int>(week()) - before, days_before(before));
      for (std::uint32_t other = 0; other < earlier.count; ++other)
        last = std::max(last, earlier.days[other] - 7 * before);
    }
    return std::min(static_cast<std::size_t>(day - last), longest_gap);
  }

  void draw_trip(std::uint32_t place, const Member& member, std::uint32_t trip, std::size_t day,
                 std::size_t gap) {
    const HouseholdState& household = cell_.world.households[member.household];
    const auto id = static_cast<std::uint32_t>(cell_.world.household_id(member.household).value);
    const Subject subject{id, store_id() << 6 | trip, week()};
    Draws draws{cell_.world.seed, Stream::member_visit, subject};
    const double hour_unit = draws.unit();
    const double habit_unit = draws.unit();
    const double keep_unit = draws.unit();

    // Most households have a time of day; the habit is a place in the day's distribution of
    // trips, so all of them together still follow it.
    double place_in_day = hour_unit;
    if (habit_unit < scenario_.hour_habit) {
      place_in_day = static_cast<double>(household.habit) + 0.16 * (hour_unit - 0.5);
      place_in_day -= std::floor(place_in_day);
    }
    std::size_t hour = 24 * day;
    double left = place_in_day * days_.parts[day];
    while (hour % 24 < 23 && left >= plan_.entries[hour]) left -= plan_.entries[hour++];
    while (hour > 24 * day && plan_.entries[hour] <= 0) --hour;  // rounding beyond closing time
    if (plan_.entries[hour] <= 0) return;

    const Day date = cell_.monday + std::chrono::days(static_cast<int>(day));
    if (date < household.joined || date >= household.left) return;
    const TripChannel channel = channel_of(cell_.world, member.household, date, subject);
    // Experiments thin out the usual and transferred trips or keep a part of the added ones. Who
    // orders from home does not notice.
    const double traffic = plan_.traffic[hour];
    const bool is_added = trip >= most_usual_trips && trip < first_transferred_;
    double kept = is_added ? (traffic - 1) / (most_traffic_ - 1) : traffic;
    if (channel.channel == Channel::online) kept = is_added ? 0 : 1;
    if (keep_unit >= kept) return;
    const double by_gap = scenario_.gap_effect * stock_up_by_gap(gap);
    add(draws, hour, member_slot(place, trip),
        {.household = member.household,
         .taste = household.taste,
         .stock_up_logit = static_cast<double>(household.stock_up_logit) + by_gap,
         .log_size = static_cast<double>(household.log_size) +
                     (channel.is_ordered() ? scenario_.online_log_lines : 0),
         .deal = household.deal,
         .forgotten_card = household.forgotten_card,
         .channel = channel});
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
      const std::uint32_t taste = below(cell_.world.tastes.count, draws.word());
      add(draws, hour, slot,
          {.household = no_household,
           .taste = taste,
           .stock_up_logit = anonymous_stock_up_,
           .log_size = size,
           .deal = 1,
           .forgotten_card = 0});
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
    const double card_unit = draws.unit();

    Arrival arrival{};
    arrival.entered_s =
        static_cast<std::uint32_t>(hour * 3600) + static_cast<std::uint32_t>(second_unit * 3600);
    arrival.slot = slot;
    arrival.household = shopper.household;
    arrival.taste = shopper.taste;
    const double stock_up = static_cast<double>(quick_logistic(static_cast<float>(
        shopper.stock_up_logit + scenario_.hour_effect * stock_up_by_hour(hour % 24))));
    const bool stocks_up = mission_unit < among_visits(stock_up);
    arrival.kind = stocks_up ? MissionKind::stock_up : MissionKind::fill_in;
    arrival.mission = stocks_up ? Mission::stock_up : Mission::fill_in;
    // Who pops in for little looks less at what is on promotion. Prototype.
    arrival.deal = stocks_up ? shopper.deal : 0.6f * shopper.deal;
    arrival.has_forgotten_card = card_unit < static_cast<double>(shopper.forgotten_card);
    double usual_dwell = 240;  // seconds, of a visit without purchase; assumed, as all of these
    if (buy_unit < conversion_[stocks_up ? 1 : 0][hour]) {
      const double mean = stocks_up ? scenario_.stock_up_log_lines : scenario_.fill_in_log_lines;
      const double sd = stocks_up ? scenario_.stock_up_log_sd : scenario_.fill_in_log_sd;
      const double by_hour = scenario_.hour_effect * log_lines_by_hour(hour % 24);
      const double log_lines = mean + sd * size_score + shopper.log_size + by_hour;
      const double lines = static_cast<double>(quick_exponential(static_cast<float>(log_lines))) *
                           plan_.basket[hour / 24];
      arrival.lines =
          static_cast<std::uint16_t>(std::clamp(std::floor(lines + 0.5), 1.0, double{most_lines}));
      usual_dwell = shopper.channel.is_ordered() ? 300 : 180 + 34.0 * arrival.lines;
    } else if (shopper.channel.is_ordered()) {
      return;  // looked around at home
    } else if (till_unit < scenario_.browse_share) {
      arrival.mission = Mission::browse;
    }
    // Nobody stays past midnight.
    const auto day_left = static_cast<double>(day_s - 1 - arrival.entered_s % day_s);
    const auto slowness =
        static_cast<double>(quick_exponential(static_cast<float>(0.35 * dwell_score)));
    const double dwell = std::min({std::max(20.0, usual_dwell * slowness), 3.0 * 3600, day_left});
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
    if (shopper.channel.is_ordered()) place_order(shopper.channel, arrival);
    out_.push_back(arrival);
  }

  const Cell& cell_;
  const Scenario& scenario_;
  const CellPlan& plan_;
  std::vector<Arrival>& out_;
  WeekDays days_;
  std::array<std::optional<WeekDays>, 2> earlier_;  // one and two weeks ago
  double week_sum_;
  double anonymous_stock_up_;  // logit
  double most_traffic_ = 1;
  std::uint32_t first_transferred_ = most_trips;  // trips from here on are transferred
  std::array<double, hours_per_week> conversion_[2]{};
};

}  // namespace

void merge_by_entry(std::vector<Arrival>& arrivals, std::size_t first) {
  const auto middle = arrivals.begin() + static_cast<std::ptrdiff_t>(first);
  std::sort(middle, arrivals.end(), is_earlier);
  std::inplace_merge(arrivals.begin(), middle, arrivals.end(), is_earlier);
}

void draw_arrivals(const Cell& cell, const CellPlan& plan, std::vector<Arrival>& arrivals) {
  arrivals.clear();
  ArrivalsOfCell{cell, plan, arrivals}.draw();
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
