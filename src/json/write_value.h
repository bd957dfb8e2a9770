// One value -> its JSON text. Add an overload pair here (longest_text, write)
// when a table needs a new type of column.
//
// write() never checks for room: the caller reserves longest_text() bytes plus
// `slack` once per row.
#pragma once

#include <algorithm>
#include <string>

#include "json/digits.h"
#include "model/column.h"
#include "model/id.h"
#include "model/label.h"
#include "model/money.h"
#include "model/time.h"

namespace retailsim::json {

inline constexpr std::size_t slack = 32;  // writers may touch this many bytes past their text

constexpr std::uint32_t power_of_ten(int digits) {
  std::uint32_t power = 1;
  for (; digits > 0; --digits) power *= 10;
  return power;
}

template <std::size_t N>
struct Text {
  std::array<char, N> chars{};
  constexpr std::size_t size() const { return N; }
};

template <std::size_t N>
inline char* write(char* out, const Text<N>& text) {
  std::memcpy(out, text.chars.data(), N);  // N is a constant: a few moves, no call
  return out + N;
}

// --- numbers -----------------------------------------------------------------

constexpr std::size_t longest_text(std::int64_t) { return 20; }
inline char* write(char* out, std::int64_t number) {
  *out = '-';
  out += number < 0;
  return write_number(out, number < 0 ? 0 - static_cast<std::uint64_t>(number)
                                      : static_cast<std::uint64_t>(number));
}

constexpr std::size_t longest_text(std::int32_t) { return 11; }
inline char* write(char* out, std::int32_t number) { return write(out, std::int64_t{number}); }

template <class Tag>
constexpr std::size_t longest_text(Id<Tag>) {
  return 20;
}
template <class Tag>
inline char* write(char* out, Id<Tag> id) {
  return write(out, id.value);
}

constexpr std::size_t longest_text(Cents) { return 22; }
inline char* write(char* out, Cents amount) {
  const std::uint64_t size = amount.value < 0 ? 0 - static_cast<std::uint64_t>(amount.value)
                                              : static_cast<std::uint64_t>(amount.value);
  *out = '-';
  out += amount.value < 0;
  out = write_number(out, size / 100);
  *out = '.';
  return write_two_digits(out + 1, static_cast<unsigned>(size % 100));
}

template <class Tag, int digits>
constexpr std::size_t longest_text(Decimal<Tag, digits>) {
  return 13;
}
template <class Tag, int digits>
inline char* write(char* out, Decimal<Tag, digits> number) {
  const auto size = static_cast<std::uint32_t>(number.scaled < 0 ? -std::int64_t{number.scaled}
                                                                 : std::int64_t{number.scaled});
  *out = '-';
  out += number.scaled < 0;
  constexpr std::uint32_t one = power_of_ten(digits);
  out = write_number(out, size / one);
  *out++ = '.';
  for (std::uint32_t rest = size % one, unit = one / 10; unit > 0; rest %= unit, unit /= 10)
    *out++ = static_cast<char>('0' + rest / unit);
  return out;
}

constexpr std::size_t longest_text(Number) { return 22; }
char* write(char* out, Number number);  // without needless zeros; in write_value.cpp

constexpr std::size_t longest_text(bool) { return 5; }
inline char* write(char* out, bool yes) {
  constexpr std::string_view words[] = {"false", "true "};
  std::memcpy(out, words[yes].data(), 5);
  return out + (yes ? 4 : 5);
}

// --- time --------------------------------------------------------------------

inline char* write_date(char* out, Day day) {
  const std::chrono::year_month_day date{day};
  const auto year = static_cast<unsigned>(static_cast<int>(date.year()));
  write_two_digits(out, year / 100);
  write_two_digits(out + 2, year % 100);
  out[4] = '-';
  write_two_digits(out + 5, static_cast<unsigned>(date.month()));
  out[7] = '-';
  return write_two_digits(out + 8, static_cast<unsigned>(date.day()));
}

constexpr std::size_t longest_text(Day) { return 12; }
inline char* write(char* out, Day day) {
  *out = '"';
  out = write_date(out + 1, day);
  *out = '"';
  return out + 1;
}

constexpr std::size_t longest_text(Instant) { return 29; }
inline char* write(char* out, Instant at) {
  const Day day = std::chrono::floor<std::chrono::days>(at);
  const auto micros = static_cast<std::uint64_t>((at - day).count());
  const auto second = static_cast<unsigned>(micros / 1'000'000);
  const auto fraction = static_cast<unsigned>(micros % 1'000'000);
  *out = '"';
  out = write_date(out + 1, day);
  *out = 'T';
  write_two_digits(out + 1, second / 3600);
  out[3] = ':';
  write_two_digits(out + 4, second / 60 % 60);
  out[6] = ':';
  out = write_two_digits(out + 7, second % 60);
  if (fraction != 0) {
    *out = '.';
    write_two_digits(out + 1, fraction / 10'000);
    write_two_digits(out + 3, fraction / 100 % 100);
    out = write_two_digits(out + 5, fraction % 100);
  }
  *out++ = 'Z';
  *out++ = '"';
  return out;
}

// --- words and text ----------------------------------------------------------

// Every label of an enum, already quoted, padded to one size so that copying
// one is a fixed move and an addition.
template <Labelled Enum>
struct QuotedLabels {
  static constexpr std::size_t longest = [] {
    std::size_t most = 0;
    for (const auto word : labels(Enum{})) most = std::max(most, word.size());
    return most + 2;
  }();
  struct Entry {
    std::array<char, longest> chars{};
    std::uint8_t size = 0;
  };
  static constexpr auto all = [] {
    std::array<Entry, labels(Enum{}).size()> entries{};
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const auto word = labels(Enum{})[i];
      entries[i].chars[0] = '"';
      for (std::size_t c = 0; c < word.size(); ++c) entries[i].chars[c + 1] = word[c];
      entries[i].chars[word.size() + 1] = '"';
      entries[i].size = static_cast<std::uint8_t>(word.size() + 2);
    }
    return entries;
  }();
};

template <Labelled Enum>
constexpr std::size_t longest_text(Enum) {
  return QuotedLabels<Enum>::longest;
}
template <Labelled Enum>
inline char* write(char* out, Enum value) {
  const auto& entry = QuotedLabels<Enum>::all[static_cast<std::size_t>(value)];
  std::memcpy(out, entry.chars.data(), entry.chars.size());
  return out + entry.size;
}

inline std::size_t longest_text(const std::string& text) { return 6 * text.size() + 2; }
char* write(char* out, const std::string& text);  // escapes; in write_value.cpp

// --- optional ----------------------------------------------------------------

template <class T>
constexpr std::size_t longest_text(const std::optional<T>&) {
  return std::max<std::size_t>(longest_text(T{}), 4);
}
template <class T>
inline char* write(char* out, const std::optional<T>& value) {
  if (value) return write(out, *value);
  constexpr std::string_view word = "null";
  std::memcpy(out, word.data(), word.size());
  return out + word.size();
}

}  // namespace retailsim::json
