// How a table describes itself. A table is a plain struct plus a constexpr
// `columns()` tuple; JSON, Arrow, SQL and the validation rules all walk that
// tuple, so a new column is one new line in its table and nowhere else.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

// For the small lambdas that walk columns: left to itself clang 16 calls them one by
// one, which makes text encoding and decoding half as fast.
#define RETAILSIM_INLINE __attribute__((always_inline))

namespace retailsim {

// What is true of a column beside its type. Combine with `|`.
struct Rule {
  static constexpr std::int64_t no_least = std::numeric_limits<std::int64_t>::min();
  static constexpr std::int64_t no_most = std::numeric_limits<std::int64_t>::max();
  std::int64_t at_least = no_least;  // in the column's own unit; cents for money
  std::int64_t at_most = no_most;
  bool is_key = false;        // one of the columns that identify a row
  bool is_sorted = false;     // nearly ascending in file order: stored as differences
  bool is_inherited = false;  // nested in JSON, the value is its parent's
  bool is_measure = false;    // may be missing or wrong as received: clean repairs or rejects it
  std::string_view references = "";  // "customer.customer_id" when this is a foreign key
  std::string_view unit = "";

  friend constexpr Rule operator|(Rule a, const Rule& b) {
    if (b.at_least != no_least) a.at_least = b.at_least;
    if (b.at_most != no_most) a.at_most = b.at_most;
    a.is_key |= b.is_key;
    a.is_sorted |= b.is_sorted;
    a.is_inherited |= b.is_inherited;
    a.is_measure |= b.is_measure;
    if (!b.references.empty()) a.references = b.references;
    if (!b.unit.empty()) a.unit = b.unit;
    return a;
  }
};

constexpr Rule plain() { return {}; }
constexpr Rule key() { return {.is_key = true, .is_sorted = true}; }
constexpr Rule sorted() { return {.is_sorted = true}; }
constexpr Rule inherited() { return {.is_sorted = true, .is_inherited = true}; }
constexpr Rule measure() { return {.is_measure = true}; }
constexpr Rule at_least(std::int64_t lowest) { return {.at_least = lowest}; }
constexpr Rule between(std::int64_t lowest, std::int64_t highest) {
  return {.at_least = lowest, .at_most = highest};
}
constexpr Rule references(std::string_view column) { return {.references = column}; }
constexpr Rule unit(std::string_view name) { return {.unit = name}; }

template <class Row, class Value>
struct Column {
  using value_type = Value;
  std::string_view name;
  Value Row::*field;
  Rule rule;
  std::string_view meaning;  // one sentence for the data dictionary
};

template <class Row, class Value>
constexpr Column<Row, Value> column(std::string_view name, Value Row::*field, Rule rule,
                                    std::string_view meaning) {
  return {name, field, rule, meaning};
}

// --- walking a table at compile time -----------------------------------------

template <class Row>
inline constexpr std::size_t column_count = std::tuple_size_v<decltype(Row::columns())>;

// The I-th column as a constant, so that its name and rule cost nothing at run time.
template <class Row, std::size_t I>
inline constexpr auto column_at = std::get<I>(Row::columns());

template <class Row, std::size_t I>
using column_value = typename std::tuple_element_t<I, decltype(Row::columns())>::value_type;

template <class Row, class Visit>
constexpr void for_each_column(Visit&& visit) {
  std::apply([&](const auto&... each) { (visit(each), ...); }, Row::columns());
}

// Calls visit.operator()<I>() for each column number in turn.
template <class Row, class Visit>
RETAILSIM_INLINE constexpr void for_each_column_number(Visit&& visit) {
  [&]<std::size_t... I>(std::index_sequence<I...>) RETAILSIM_INLINE {
    (visit.template operator()<I>(), ...);
  }(std::make_index_sequence<column_count<Row>>{});
}

// --- what a value can be -----------------------------------------------------

template <class T>
struct OptionalOf : std::false_type {
  using type = T;
};
template <class T>
struct OptionalOf<std::optional<T>> : std::true_type {
  using type = T;
};
template <class T>
inline constexpr bool is_optional = OptionalOf<T>::value;

// The column's type without its optional.
template <class Row, std::size_t I>
using plain_value = typename OptionalOf<column_value<Row, I>>::type;

// --- nested tables -----------------------------------------------------------

// A table may have one child table, nested in its JSON under `children_name` and a table
// of its own in Parquet: `using Child = TransactionLine;`.
struct NoChild {
  static constexpr std::string_view table = "";
  static constexpr auto columns() { return std::tuple{}; }
};

namespace detail {
template <class Row>
struct ChildOf {
  using type = NoChild;
};
template <class Row>
  requires requires { typename Row::Child; }
struct ChildOf<Row> {
  using type = typename Row::Child;
};
}  // namespace detail

template <class Row>
using child_of = typename detail::ChildOf<Row>::type;
template <class Row>
inline constexpr bool has_children = !std::is_same_v<child_of<Row>, NoChild>;

template <class... Rows>
struct TableList {
  static constexpr std::size_t size = sizeof...(Rows);
  // Calls visit.template operator()<Row>() for each table in turn.
  template <class Visit>
  static void for_each(Visit&& visit) {
    (visit.template operator()<Rows>(), ...);
  }
};

namespace detail {
struct Anything {
  template <class T>
  operator T() const;  // declared only: used to count fields, never called
};
template <class Row, std::size_t... I>
constexpr bool can_hold(std::index_sequence<I...>) {
  return requires { Row{((void)I, Anything{})...}; };
}
}  // namespace detail

// True when `columns()` lists every field of the struct: the compiler, not a
// reviewer, notices the forgotten one.
template <class Row>
constexpr bool lists_every_field() {
  constexpr auto listed = column_count<Row>;
  return detail::can_hold<Row>(std::make_index_sequence<listed>{}) &&
         !detail::can_hold<Row>(std::make_index_sequence<listed + 1>{});
}

// A row that came from outside: measure columns (and optional ones) may be missing.
template <class Row>
struct Received {
  Row row{};
  std::uint64_t missing = 0;  // bit I: column I is no optional in Row, but has no value here

  template <std::size_t I>
  bool has() const {
    if constexpr (is_optional<column_value<Row, I>>) {
      return (row.*column_at<Row, I>.field).has_value();
    } else {
      return (missing >> I & 1) == 0;
    }
  }
  bool operator==(const Received&) const = default;
};

// The number of the column called `name`, at compile time; unknown names do not compile.
template <class Row>
consteval std::size_t column_number(std::string_view name) {
  std::size_t found = column_count<Row>;
  for_each_column_number<Row>([&]<std::size_t I>() {
    if (column_at<Row, I>.name == name) found = I;
  });
  if (found == column_count<Row>) throw "no such column";
  return found;
}

}  // namespace retailsim
