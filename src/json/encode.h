// A row -> one line of JSON, derived from its columns(). Keys are compile-time
// text, so a column costs one fixed copy and the digits of its value; room is
// checked once per row. An absent optional is written as null: every row then
// has the same shape, which readers (ours too) parse faster.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "json/write_value.h"
#include "model/schema.h"

namespace retailsim::json {

// `{"name":` for the first written column of a row, `,"name":` for the others.
template <class Row, std::size_t I, char opening>
inline constexpr auto key_text = [] {
  constexpr std::string_view name = column_at<Row, I>.name;
  Text<name.size() + 4> text;
  text.chars[0] = opening;
  text.chars[1] = '"';
  for (std::size_t c = 0; c < name.size(); ++c) text.chars[c + 2] = name[c];
  text.chars[name.size() + 2] = '"';
  text.chars[name.size() + 3] = ':';
  return text;
}();

enum class Place { root, nested };

template <class Row, std::size_t I>
constexpr bool is_written(Place place) {
  return place == Place::root || !column_at<Row, I>.rule.is_inherited;
}

template <class Row, Place place>
inline constexpr std::size_t first_written = [] {
  std::size_t first = column_count<Row>;
  for_each_column_number<Row>([&]<std::size_t I>() {
    if (is_written<Row, I>(place) && I < first) first = I;
  });
  return first;
}();

template <class Row, std::size_t I, Place place>
inline constexpr auto key_text_at = key_text < Row,
                      I, I == first_written<Row, place> ? '{' : ',' > ;

// A child table with a single column of its own is written as a list of plain values.
template <class Child>
inline constexpr std::size_t written_columns = [] {
  std::size_t count = 0;
  for_each_column_number<Child>(
      [&]<std::size_t I>() { count += is_written<Child, I>(Place::nested); });
  return count;
}();
template <class Child>
inline constexpr bool is_plain_list = written_columns<Child> == 1;

// `,"lines":[`
template <class Row>
inline constexpr auto children_text = [] {
  constexpr std::string_view name = Row::children_name;
  Text<name.size() + 5> text;
  text.chars[0] = ',';
  text.chars[1] = '"';
  for (std::size_t c = 0; c < name.size(); ++c) text.chars[c + 2] = name[c];
  text.chars[name.size() + 2] = '"';
  text.chars[name.size() + 3] = ':';
  text.chars[name.size() + 4] = '[';
  return text;
}();

// Room that this row's own columns may need.
template <class Row, Place place>
inline std::size_t longest_row(const Row& row) {
  std::size_t most = 2;
  for_each_column_number<Row>([&]<std::size_t I>() {
    if constexpr (is_written<Row, I>(place)) {
      most += key_text_at<Row, I, place>.size() + longest_text(row.*column_at<Row, I>.field);
    }
  });
  return most;
}

// Room that a number of nested rows may need. They hold no text of their own, so one bound
// serves them all.
template <class Row>
std::size_t longest_children(std::size_t count) {
  if constexpr (has_children<Row>) {
    static const std::size_t longest_child =
        longest_row<child_of<Row>, Place::nested>(child_of<Row>{}) + 1;
    return children_text<Row>.size() + 2 + count * longest_child;
  } else {
    return 0;
  }
}

// Writes the columns, without the closing brace.
template <class Row, Place place>
RETAILSIM_INLINE inline char* write_columns(char* out, const Row& row) {
  for_each_column_number<Row>([&]<std::size_t I>() RETAILSIM_INLINE {
    if constexpr (is_written<Row, I>(place)) {
      out = write(out, key_text_at<Row, I, place>);
      out = write(out, row.*column_at<Row, I>.field);
    }
  });
  return out;
}

template <class Child>
inline char* write_child(char* out, const Child& child) {
  if constexpr (is_plain_list<Child>) {
    for_each_column_number<Child>([&]<std::size_t I>() RETAILSIM_INLINE {
      if constexpr (is_written<Child, I>(Place::nested))
        out = write(out, child.*column_at<Child, I>.field);
    });
    return out;
  } else {
    out = write_columns<Child, Place::nested>(out, child);
    *out++ = '}';
    return out;
  }
}

template <class Row>
inline char* write_row(char* out, const Row& row, std::span<const child_of<Row>> children) {
  out = write_columns<Row, Place::root>(out, row);
  if constexpr (has_children<Row>) {
    out = write(out, children_text<Row>);
    for (const auto& child : children) {
      out = write_child(out, child);
      *out++ = ',';
    }
    out -= !children.empty();
    *out++ = ']';
  }
  *out++ = '}';
  return out;
}

// Collects lines of JSON in one growing buffer, which it owns and reuses.
class LineBuffer {
 public:
  template <class Row>
  void append(const Row& row, std::span<const child_of<Row>> children = {}) {
    reserve(longest_row<Row, Place::root>(row) + longest_children<Row>(children.size()) + slack);
    char* end = write_row(data_.get() + size_, row, children);
    *end++ = '\n';
    size_ = static_cast<std::size_t>(end - data_.get());
  }
  // A line that is text already, without its newline.
  void append_line(std::string_view line) {
    reserve(line.size() + 1);
    std::memcpy(data_.get() + size_, line.data(), line.size());
    size_ += line.size();
    data_[size_++] = '\n';
  }
  std::string_view text() const { return {data_.get(), size_}; }
  void clear() { size_ = 0; }

 private:
  void reserve(std::size_t more) {
    if (size_ + more > capacity_) [[unlikely]]
      grow(more);
  }
  void grow(std::size_t more) {
    const std::size_t capacity = std::max(2 * capacity_, size_ + more + 4096);
    auto larger = std::make_unique_for_overwrite<char[]>(capacity);
    if (size_ > 0) std::memcpy(larger.get(), data_.get(), size_);
    data_ = std::move(larger);
    capacity_ = capacity;
  }
  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0, capacity_ = 0;
};

}  // namespace retailsim::json
