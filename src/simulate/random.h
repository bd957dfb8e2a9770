// Random numbers addressed by key instead of drawn from a shared stream: Philox4x32-10
// with the seed as key and "what is decided" as counter. So any part of the chain can be
// computed alone, in any order, on any thread, and two scenarios share every draw that
// both make.
//
// Draw into named variables, one draw per statement: the order of evaluation inside one
// expression is open, and compilers differ.
#pragma once

#include <Random123/philox.h>

#include <cstdint>

namespace retailsim::simulate {

// What a draw is about. Streams never share counters. The numbers are part of the
// simulation format: append, never renumber.
enum class Stream : std::uint8_t {
  store = 1,
  store_day = 2,
  store_category = 3,
  category = 4,
  product = 5,
  product_rank = 6,
  list_price = 7,
  zone_price = 8,
  promotion = 9,
  promotion_product = 10,
  household = 11,
  household_stores = 12,
  customer = 13,
  member_count = 14,
  member_visit = 15,
  member_line = 16,
  anonymous_count = 17,
  anonymous_visit = 18,
  anonymous_line = 19,
  member_return = 20,
  anonymous_return = 21,
  taste = 22,
  favourite = 23,
  household_period = 24,
  promotion_zone = 25,
  markdown = 26,
  partner = 27,
  store_rank = 28,
  weather = 29,
  visit_defect = 40,
  receipt_defect = 41,
  line_defect = 42,
  late_delivery = 43,
  sensor_gap = 44,
  schema_drift = 45,
  stock_forecast = 60,
  missed_delivery = 61,
  shrink = 62,
  member_substitute = 63,
  anonymous_substitute = 64,
  online_household = 75,
  online_order = 76,
  collection = 77,
};

// Who or what the draw decides about: up to three numbers, such as store, week and slot.
struct Subject {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t c = 0;
};

// A sequence of 32-bit words of its own for every (seed, stream, subject, part).
// `part` < 2^14 numbers equal draws of one subject, e.g. the lines of a basket; a
// sequence holds 4 * 2^10 words.
class Draws {
 public:
  Draws(std::uint64_t seed, Stream stream, Subject subject, std::uint32_t part = 0)
      : counter_{{static_cast<std::uint32_t>(stream) << 24 | part << 10, subject.a, subject.b,
                  subject.c}},
        key_{{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}} {}

  std::uint32_t word() {
    if (used_ == 4) {
      block_ = r123::Philox4x32_R<10>{}(counter_, key_);
      ++counter_[0];
      used_ = 0;
    }
    return block_[used_++];
  }

  // Strictly between 0 and 1.
  double unit() { return (word() + 0.5) * 0x1p-32; }

 private:
  r123::Philox4x32_R<10>::ctr_type counter_;
  r123::Philox4x32_R<10>::key_type key_;
  r123::Philox4x32_R<10>::ctr_type block_{};
  unsigned used_ = 4;
};

// A probability as a bound for words: `word < bound` happens with probability p.
inline std::uint32_t word_bound(double p) {
  if (p <= 0) return 0;
  const double scaled = p * 0x1p32;
  return scaled >= 4294967295.0 ? 0xffffffffu : static_cast<std::uint32_t>(scaled);
}

// A word as a whole number below n, without division.
inline std::uint32_t below(std::uint32_t n, std::uint32_t word) {
  return static_cast<std::uint32_t>(static_cast<std::uint64_t>(word) * n >> 32);
}

}  // namespace retailsim::simulate
