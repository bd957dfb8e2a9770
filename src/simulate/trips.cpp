#include "simulate/trips.h"

#include <algorithm>

#include "simulate/distributions.h"

namespace retailsim::simulate {
namespace {

constexpr int weeks_per_period = 8;
// Beyond this a household's week is cut off; far out in the tail of all factors together.
constexpr double most_factor = 6;

double log_factor_of_period(const World& world, std::uint32_t household, int period) {
  Draws draws{
      world.seed, Stream::household_period, {household, static_cast<std::uint32_t>(period)}};
  return world.scenario.slow_sd * normal(draws);
}

// Between the middles of periods the log of the rate moves in a straight line.
double slow_factor(const World& world, std::uint32_t household, int week) {
  if (world.scenario.slow_sd <= 0) return 1;
  const int period = week / weeks_per_period;
  const double part = static_cast<double>(week % weeks_per_period) / weeks_per_period;
  const double before = log_factor_of_period(world, household, period);
  const double after = log_factor_of_period(world, household, period + 1);
  return exponential(before * (1 - part) + after * part);
}

}  // namespace

double WeekDays::sum() const {
  double sum = 0;
  for (const double part : parts) sum += part;
  return sum;
}

double mean_trips(const World& world, const Member& member, int week, const WeekDays& days) {
  const HouseholdState& household = world.households[member.household];
  double sum = 0;
  for (std::size_t day = 0; day < 7; ++day)
    sum += days.parts[day] * static_cast<double>(household.weekdays[day]);
  const auto id = static_cast<std::uint32_t>(world.household_id(member.household).value);
  const double factor = std::min(slow_factor(world, id, week) * sum, most_factor * days.sum());
  return member.visits * factor;
}

std::uint8_t day_of_trip(const HouseholdState& household, const WeekDays& days, double unit) {
  double sum = 0;
  for (std::size_t day = 0; day < 7; ++day)
    sum += days.parts[day] * static_cast<double>(household.weekdays[day]);
  double left = unit * sum;
  std::uint8_t day = 0;
  std::uint8_t last_open = 0;
  for (; day < 7; ++day) {
    const double part = days.parts[day] * static_cast<double>(household.weekdays[day]);
    if (part <= 0) continue;
    last_open = day;
    if (left < part) return day;
    left -= part;
  }
  return last_open;  // rounding
}

UsualTrips usual_trips(const World& world, std::uint32_t store_id, const Member& member, int week,
                       const WeekDays& days) {
  UsualTrips trips;
  const double sum = days.sum();
  if (sum <= 0) return trips;
  const double regular_share = world.scenario.regular_share;
  const auto id = static_cast<std::uint32_t>(world.household_id(member.household).value);
  Draws draws{world.seed, Stream::member_count, {id, store_id, static_cast<std::uint32_t>(week)}};
  const double regular_unit = draws.unit();
  const double chance_unit = draws.unit();
  // Most members rarely come; for them the two draws say so before the mean is worked out.
  const double most = member.visits * most_factor * sum;
  if (regular_unit + regular_share * most < 1 && chance_unit < 1 - (1 - regular_share) * most)
    return trips;

  const double mean = mean_trips(world, member, week, days);
  const auto regular = static_cast<std::uint32_t>(
      std::min(regular_share * mean + regular_unit, static_cast<double>(most_usual_trips)));
  const double by_chance = (1 - regular_share) * mean;
  double probability = exponential(-by_chance);
  double cumulated = probability;
  std::uint32_t chance = 0;
  while (chance_unit > cumulated && chance < most_usual_trips) {
    ++chance;
    probability *= by_chance / chance;
    cumulated += probability;
  }
  const HouseholdState& household = world.households[member.household];
  const double phase = draws.unit();
  for (std::uint32_t i = 0; i < regular; ++i)
    trips.days[trips.count++] = day_of_trip(household, days, (i + phase) / regular);
  for (std::uint32_t i = 0; i < chance && trips.count < most_usual_trips; ++i)
    trips.days[trips.count++] = day_of_trip(household, days, draws.unit());
  return trips;
}

}  // namespace retailsim::simulate
