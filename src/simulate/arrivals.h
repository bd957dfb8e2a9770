// Who comes into a store in a week, when, what for and whether they buy: everything about a
// visit except what lies in the basket.
#pragma once

#include <cstdint>
#include <vector>

#include "simulate/behaviour.h"
#include "simulate/random.h"

namespace retailsim::simulate {

struct Arrival {
  std::uint32_t entered_s;  // seconds since Monday 00:00 on the store's clock
  std::uint32_t slot;       // of the ids; see ids.h
  std::int32_t dwell_s;
  std::int32_t till_s;      // from entering to the first scan, when they buy
  std::uint32_t household;  // index in World::households; no_household when anonymous
  std::uint32_t taste;      // profile in World::tastes
  float deal;               // pull of promotions
  std::uint16_t lines;      // wanted lines; 0 when they don't buy
  std::uint8_t party_size;
  Mission mission;
  Tender tender;
  MissionKind kind;         // which of the two missions decides the basket
  Channel channel;          // online: nobody enters, and all of the times are that of the order
  bool has_forgotten_card;  // pays list prices

  // Seconds since Monday 00:00.
  std::uint32_t at_till_s() const { return entered_s + static_cast<std::uint32_t>(till_s); }
};

inline constexpr std::uint32_t day_s = 24 * 3600;
inline constexpr int most_lines = 100;  // wanted lines of a basket
// Promotions may add as many.
inline constexpr std::size_t most_lines_in_all = std::size_t{2} * most_lines;
inline constexpr std::uint32_t no_household = 0xffffffffu;

// Puts those from place `first` on among the others, which are sorted by (entered_s, slot).
void merge_by_entry(std::vector<Arrival>& arrivals, std::size_t first);

// Sorted by entry. `arrivals` is cleared first.
void draw_arrivals(const Cell& cell, const CellPlan& plan, std::vector<Arrival>& arrivals);

// What keys the lines of an arrival's basket.
Stream line_stream(const Arrival& arrival);
Subject line_subject(const Cell& cell, const Arrival& arrival);

}  // namespace retailsim::simulate
