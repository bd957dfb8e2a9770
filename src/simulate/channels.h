// Where card holders make their purchases. A part of the trips of a household is not made: it
// orders online instead, from the store it would have gone to, which also serves the order. Some
// orders are sent home, and nobody enters; others are collected in the store at the time of the
// trip. Whether an order comes of it is decided as for any visit. What is drawn for a trip is
// the same in all channels, so who orders online changes no trip of others.
#pragma once

#include <cstdint>

#include "simulate/arrivals.h"

namespace retailsim::simulate {

// How one trip is made.
struct TripChannel {
  Channel channel = Channel::store;
  std::uint32_t second = 0;  // of the day, when an order to be sent home is placed
  bool is_ordered() const { return channel != Channel::store; }
};

// Of a trip on `date`, which `trip` keys as in line_subject().
TripChannel channel_of(const World& world, std::uint32_t household, Day date, Subject trip);

// Makes a purchase one of an order: paid online, with the card that the household has there.
void place_order(const TripChannel& order, Arrival& purchase);

// The share of a household's orders that are placed online on `date`.
double online_share(const World& world, const HouseholdState& household, Day date);

// What shoppers come back with is a part of what they bought: this share of the sales.
double return_share(const Scenario& scenario, Channel channel);

}  // namespace retailsim::simulate
