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
  store_life = 65,
  transferred_count = 66,
  household_place = 67,
  neighbourhood = 68,
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
// sequence holds 4 * 2^10 words. `ahead` blocks of four words are computed at a time: the same
// words, cheaper where most of them are used, as the processor works on several at once.
// `rounds` of the generator are made.
template <unsigned ahead, unsigned rounds>
class DrawsAhead {
 public:
  DrawsAhead(std::uint64_t seed, Stream stream, Subject subject, std::uint32_t part = 0)
      : counter_{{static_cast<std::uint32_t>(stream) << 24 | part << 10, subject.a, subject.b,
                  subject.c}},
        key_{{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}} {}

  std::uint32_t word() {
    if (used_ == 4 * ahead) refill();
    return words_[used_++];
  }

  // Strictly between 0 and 1.
  double unit() { return (word() + 0.5) * 0x1p-32; }

 private:
  void refill() {
    for (unsigned block = 0; block < ahead; ++block) {
      const auto words = r123::Philox4x32_R<rounds>{}(counter_, key_);
      ++counter_[0];
      for (unsigned i = 0; i < 4; ++i) words_[4 * block + i] = words[i];
    }
    used_ = 0;
  }

  r123::Philox4x32::ctr_type counter_;
  r123::Philox4x32::key_type key_;
  std::uint32_t words_[4 * ahead];
  unsigned used_ = 4 * ahead;
};
using Draws = DrawsAhead<1, 10>;
// For the lines of baskets, where most draws are made: seven rounds are the fewest that pass every
// test of TestU01's BigCrush (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3").
using LineDraws = DrawsAhead<2, 7>;

// A probability as a bound for words: `word < bound` happens with probability p.
inline std::uint32_t word_bound(double p) {
  if (p <= 0) return 0;
  const double scaled = p * 0x1p32;
  return scaled >= 4294967295.0 ? 0xffffffffu : static_cast<std::uint32_t>(scaled);
}

// Spreads every bit over the whole word (C. Wellons' lowbias32): words that differ in one bit are
// as good as independent, at a fifth of the cost of another block of Philox.
inline std::uint32_t mixed(std::uint32_t word) {
  word ^= word >> 16;
  word *= 0x7feb352du;
  word ^= word >> 15;
  word *= 0x846ca68bu;
  return word ^ (word >> 16);
}

// A word as a whole number below n, without division.
inline std::uint32_t below(std::uint32_t n, std::uint32_t word) {
  return static_cast<std::uint32_t>(static_cast<std::uint64_t>(word) * n >> 32);
}

}  // namespace retailsim::simulate
