// JSON text -> one value, exactly: no double ever holds money, and a value that
// does not fit its column is refused rather than rounded.
//
// read() returns the first byte after the value, or nullptr. It may look at up
// to `padding` bytes past the value, so the text must be followed by as many.
#pragma once

#include <optional>
#include <string>

#include "json/write_value.h"

namespace retailsim::json {

inline constexpr std::size_t padding = 64;

// --- numbers -----------------------------------------------------------------

inline const char* read(const char* in, std::int64_t& number) {
  const bool negative = *in == '-';
  std::uint64_t size = 0;
  in = read_number(in + negative, size);
  number = negative ? -static_cast<std::int64_t>(size) : static_cast<std::int64_t>(size);
  return in;
}

inline const char* read(const char* in, std::int32_t& number) {
  std::int64_t wide = 0;
  in = read(in, wide);
  number = static_cast<std::int32_t>(wide);
  return number == wide ? in : nullptr;
}

template <class Tag>
inline const char* read(const char* in, Id<Tag>& id) {
  std::uint64_t number = 0;
  in = read_number(in, number);
  id.value = static_cast<std::int64_t>(number);
  return number <= largest_id ? in : nullptr;
}

// Accepts 12, 12.3, 12.34 and 12.3400; refuses 12.345 and 1.2e1.
inline const char* read(const char* in, Cents& amount) {
  const bool negative = *in == '-';
  std::uint64_t units = 0;
  in = read_number(in + negative, units);
  if (in == nullptr || units > most_cents / 100) return nullptr;
  unsigned hundredths = 0;
  if (*in == '.') [[likely]] {
    if (read_two_digits(in + 1, hundredths)) [[likely]] {
      for (in += 3; *in == '0'; ++in) {
      }
    } else if (is_digit(in[1])) {
      hundredths = static_cast<unsigned>(in[1] - '0') * 10;
      in += 2;
    } else {
      return nullptr;
    }
  }
  const auto size = static_cast<std::int64_t>(units * 100 + hundredths);
  amount.value = negative ? -size : size;
  return in;
}

// Accepts up to `digits` decimals (and zeros after them).
template <class Tag, int digits>
inline const char* read(const char* in, Decimal<Tag, digits>& number) {
  const bool negative = *in == '-';
  std::uint64_t units = 0;
  in = read_number(in + negative, units);
  constexpr std::uint32_t one = power_of_ten(digits);
  if (in == nullptr || units > std::numeric_limits<std::int32_t>::max() / one) return nullptr;
  std::uint64_t scaled = units * one;
  if (*in == '.') {
    if (!is_digit(*++in)) return nullptr;
    for (std::uint32_t unit = one / 10; unit > 0 && is_digit(*in); ++in, unit /= 10)
      scaled += static_cast<std::uint64_t>(*in - '0') * unit;
    while (*in == '0') ++in;
    if (is_digit(*in)) return nullptr;
  }
  if (scaled > std::numeric_limits<std::int32_t>::max()) return nullptr;
  number.scaled = negative ? -static_cast<std::int32_t>(scaled) : static_cast<std::int32_t>(scaled);
  return in;
}

inline const char* read(const char* in, bool& yes) {
  if (std::memcmp(in, "true", 4) == 0) {
    yes = true;
    return in + 4;
  }
  yes = false;
  return std::memcmp(in, "false", 5) == 0 ? in + 5 : nullptr;
}

// --- time --------------------------------------------------------------------

inline const char* read_date(const char* in, Day& day) {
  unsigned century = 0, year = 0, month = 0, date = 0;
  const bool digits = read_two_digits(in, century) && read_two_digits(in + 2, year) &&
                      read_two_digits(in + 5, month) && read_two_digits(in + 8, date);
  if (!digits || in[4] != '-' || in[7] != '-') return nullptr;
  const std::chrono::year_month_day when{std::chrono::year(static_cast<int>(century * 100 + year)),
                                         std::chrono::month(month), std::chrono::day(date)};
  if (!when.ok()) return nullptr;
  day = Day{when};
  return in + 10;
}

inline const char* read(const char* in, Day& day) {
  if (*in != '"') return nullptr;
  in = read_date(in + 1, day);
  return in != nullptr && *in == '"' ? in + 1 : nullptr;
}

// What may follow the seconds: a fraction of up to six digits, then Z or +hh:mm.
const char* read_fraction_and_zone(const char* in, Instant& at);

inline const char* read(const char* in, Instant& at) {
  using namespace std::chrono;
  if (*in != '"') return nullptr;
  Day day{};
  const char* const clock = read_date(in + 1, day);
  if (clock == nullptr) return nullptr;
  unsigned hour = 0, minute = 0, second = 0;
  const bool digits = read_two_digits(clock + 1, hour) && read_two_digits(clock + 4, minute) &&
                      read_two_digits(clock + 7, second);
  if (!digits || (clock[0] != 'T' && clock[0] != 't') || clock[3] != ':' || clock[6] != ':')
    return nullptr;
  if (hour > 23 || minute > 59 || second > 59) return nullptr;
  at = day + hours(hour) + minutes(minute) + seconds(second);
  if (clock[9] == 'Z' && clock[10] == '"') [[likely]]
    return clock + 11;
  return read_fraction_and_zone(clock + 9, at);
}

// --- words and text ----------------------------------------------------------

template <Labelled Enum>
inline const char* read(const char* in, Enum& value) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    const char* end = nullptr;
    const auto is = [&]<std::size_t Label>() {
      constexpr auto& entry = QuotedLabels<Enum>::all[Label];
      if (std::memcmp(in, entry.chars.data(), entry.size) != 0) return false;
      value = static_cast<Enum>(Label);
      end = in + entry.size;
      return true;
    };
    (void)(is.template operator()<I>() || ...);
    return end;
  }(std::make_index_sequence<labels(Enum{}).size()>{});
}

// Plain printable ASCII only; anything else is left to the full JSON parser.
inline const char* read(const char* in, std::string& text) {
  if (*in != '"') return nullptr;
  const char* end = ++in;
  while (*end >= 0x20 && *end != '"' && *end != '\\' && *end != 0x7f) ++end;
  if (*end != '"') return nullptr;
  text.assign(in, end);
  return end + 1;
}

// --- optional ----------------------------------------------------------------

template <class T>
inline const char* read(const char* in, std::optional<T>& value) {
  if (std::memcmp(in, "null", 4) == 0) {
    value.reset();
    return in + 4;
  }
  return read(in, value.emplace());
}

}  // namespace retailsim::json
