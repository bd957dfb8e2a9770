// The fast way in: most rows are exactly what encode.h writes, so compare with
// that text first, key by key, and read each value where it must be. Anything
// else (other key order, spaces, escapes, a bad value) gives nullptr, and the
// caller reads the row again with the full parser. Accepts nothing that the
// full parser would refuse.
#pragma once

#include <vector>

#include "json/encode.h"
#include "json/read_value.h"

namespace retailsim::json {

// A row as it came in, with its nested rows. `children` stays empty where the table has none.
template <class Row>
struct ReceivedTree : Received<Row> {
  std::vector<Received<child_of<Row>>> children;
};

inline std::uint64_t load8(const char* from) {
  std::uint64_t bytes;
  std::memcpy(&bytes, from, 8);
  return bytes;
}

// Eight bytes at a time, the last step overlapping, since N is a constant.
template <std::size_t N>
inline bool starts_with(const char* in, const Text<N>& text) {
  if constexpr (N < 8) {
    return std::memcmp(in, text.chars.data(), N) == 0;
  } else {
    std::uint64_t difference = load8(in + N - 8) ^ load8(text.chars.data() + N - 8);
    for (std::size_t at = 0; at + 8 < N; at += 8) {
      difference |= load8(in + at) ^ load8(text.chars.data() + at);
    }
    return difference == 0;
  }
}

// Copies to a nested row the columns that it shares with its parent.
template <class Parent, class Child>
inline void inherit(const Parent& parent, Child& child) {
  for_each_column_number<Child>([&]<std::size_t C>() {
    constexpr auto& to = column_at<Child, C>;
    if constexpr (to.rule.is_inherited) {
      child.*to.field = parent.*column_at<Parent, column_number<Parent>(to.name)>.field;
    }
  });
}

// Reads one value, or notes that a measure is missing. Returns nullptr when it is neither.
template <class Row, std::size_t I>
RETAILSIM_INLINE inline const char* read_column(const char* in, Received<Row>& to) {
  auto& value = to.row.*column_at<Row, I>.field;
  if constexpr (column_at<Row, I>.rule.is_measure && !is_optional<column_value<Row, I>>) {
    if (*in == 'n') [[unlikely]] {
      value = {};
      to.missing |= std::uint64_t{1} << I;
      return std::memcmp(in, "null", 4) == 0 ? in + 4 : nullptr;
    }
  }
  return read(in, value);
}

// Reads `{"a":1,"b":2` of a row, without the closing brace.
template <class Row, Place place>
RETAILSIM_INLINE inline const char* read_expected_columns(const char* in, Received<Row>& to) {
  to.missing = 0;
  const auto step = [&]<std::size_t I>() RETAILSIM_INLINE {
    if constexpr (is_written<Row, I>(place)) {
      constexpr auto& key = key_text_at<Row, I, place>;
      if (!starts_with(in, key)) return false;
      in = read_column<Row, I>(in + key.size(), to);
      return in != nullptr;
    }
    return true;
  };
  const bool all = [&]<std::size_t... I>(std::index_sequence<I...>) RETAILSIM_INLINE {
    return (step.template operator()<I>() && ...);
  }(std::make_index_sequence<column_count<Row>>{});
  return all ? in : nullptr;
}

template <class Child>
inline const char* read_expected_child(const char* in, Received<Child>& child) {
  if constexpr (is_plain_list<Child>) {
    child.missing = 0;
    for_each_column_number<Child>([&]<std::size_t I>() {
      if constexpr (is_written<Child, I>(Place::nested)) in = read_column<Child, I>(in, child);
    });
    return in;
  } else {
    in = read_expected_columns<Child, Place::nested>(in, child);
    return in != nullptr && *in == '}' ? in + 1 : nullptr;
  }
}

// Returns the first byte after the row's closing brace, or nullptr.
template <class Row>
inline const char* read_expected(const char* in, ReceivedTree<Row>& to) {
  in = read_expected_columns<Row, Place::root>(in, to);
  if (in == nullptr) return nullptr;
  if constexpr (has_children<Row>) {
    if (!starts_with(in, children_text<Row>)) return nullptr;
    in += children_text<Row>.size();
    to.children.clear();
    if (*in != ']') {
      for (;;) {
        auto& child = to.children.emplace_back();
        in = read_expected_child(in, child);
        if (in == nullptr) return nullptr;
        inherit(to.row, child.row);
        if (*in == ']') break;
        if (*in++ != ',') return nullptr;
      }
    }
    ++in;
  }
  return *in == '}' ? in + 1 : nullptr;
}

}  // namespace retailsim::json
