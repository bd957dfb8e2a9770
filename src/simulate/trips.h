// When a card holder usually comes to a store: how often in a week, and on which days.
#pragma once

#include <array>
#include <cstdint>

#include "simulate/world.h"

namespace retailsim::simulate {

// Half of a household's trip numbers are for usual trips, half for those that a traffic
// change adds.
inline constexpr std::uint32_t most_usual_trips = 32;
// In a chain whose stores close, the last ones are for trips from other stores.
inline constexpr std::uint32_t most_transferred_trips = 16;

// What a store expects on each day of a week, as parts of a usual week's visits.
struct WeekDays {
  std::array<double, 7> parts{};
  double sum() const;
};

// The days (0 … 6) of the usual trips of one household to one store in one week, numbered.
struct UsualTrips {
  std::uint32_t count = 0;
  std::array<std::uint8_t, most_usual_trips> days{};
};

// Trips to different stores are independent of each other (Poisson splitting): a part of them
// is spread evenly over weeks and days, the others come as chance has it; a household's rate
// drifts from one two-month period to another. Experiments play no part.
UsualTrips usual_trips(const World& world, std::uint32_t store_id, const Member& member, int week,
                       const WeekDays& days);

// Of `count` trips beyond the usual, the day of one, by `unit`.
std::uint8_t day_of_trip(const HouseholdState& household, const WeekDays& days, double unit);

// The mean number of trips that a household makes to the store in that week.
double mean_trips(const World& world, const Member& member, int week, const WeekDays& days);

}  // namespace retailsim::simulate
