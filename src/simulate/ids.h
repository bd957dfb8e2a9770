// How ids are composed. An id says which store, week and slot made the row, so rows that
// fall away leave a gap and renumber nothing, and no counter runs across cells.
//
//   53 bits:  store 14 | week 12 | slot 27
//   slot:     return 1 | weeks ago 3 | source 1 | 22 bits
//             anonymous: hour of the week 8 | number in the hour 14
//             card holder: place in the store's list of members 16 | trip 6
// A visit and the sale it ends in have the same number. A return is numbered by its own week
// and the sale: how many weeks ago it was, and its slot then.
#pragma once

#include <cstdint>

#include "model/id.h"

namespace retailsim::simulate {

inline constexpr int slot_bits = 27;
inline constexpr int week_bits = 12;
inline constexpr std::uint32_t most_members = 1u << 16;    // of one store
inline constexpr std::uint32_t most_trips = 1u << 6;       // of one household, store and week
inline constexpr std::uint32_t most_anonymous = 1u << 14;  // of one hour
inline constexpr std::uint32_t member_bit = 1u << 22;
inline constexpr int source_bits = 23;  // of a sale's slot
inline constexpr std::uint32_t return_bit = 1u << 26;

constexpr std::uint32_t anonymous_slot(std::uint32_t hour, std::uint32_t number) {
  return hour << 14 | number;
}
constexpr std::uint32_t member_slot(std::uint32_t place, std::uint32_t trip) {
  return member_bit | place << 6 | trip;
}
// `weeks_ago` < 8.
constexpr std::uint32_t return_slot(std::uint32_t weeks_ago, std::uint32_t sale_slot) {
  return return_bit | weeks_ago << source_bits | sale_slot;
}
constexpr bool is_return(std::uint32_t slot) { return (slot & return_bit) != 0; }

constexpr std::int64_t composed_id(StoreId store, int week, std::uint32_t slot) {
  return (store.value << week_bits | week) << slot_bits | slot;
}

}  // namespace retailsim::simulate
