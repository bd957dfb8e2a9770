// The reader for any legal spelling of a row, on simdjson.
#include "json/decode.h"

#include <fmt/core.h>
#include <simdjson.h>

namespace retailsim::json {
namespace {

namespace od = simdjson::ondemand;

std::string_view without_trailing_space(std::string_view token) {
  return token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
}

enum class Nature { number, money, yes_or_no, time, word };
template <class T>
constexpr Nature nature_of() {
  if constexpr (is_optional<T>) {
    return nature_of<typename T::value_type>();
  } else if constexpr (std::is_same_v<T, bool>) {
    return Nature::yes_or_no;
  } else if constexpr (std::is_same_v<T, Day> || std::is_same_v<T, Instant>) {
    return Nature::time;
  } else if constexpr (Labelled<T> || std::is_same_v<T, std::string>) {
    return Nature::word;
  } else if constexpr (requires(T value) { value.scaled; } || std::is_same_v<T, Cents>) {
    return Nature::money;
  } else {
    return Nature::number;
  }
}

Reason explain(Nature wanted, std::string_view token) {
  token = without_trailing_space(token);
  if (token == "null") return Reason::is_null;
  const bool quoted = token.starts_with('"');
  if (wanted == Nature::yes_or_no) return Reason::wrong_type;
  if (wanted == Nature::time) return quoted ? Reason::bad_time : Reason::wrong_type;
  if (wanted == Nature::word) return quoted ? Reason::unknown_label : Reason::wrong_type;
  if (token.empty() || token.find_first_not_of("-+.0123456789eE") != token.npos)
    return Reason::wrong_type;
  if (token.find_first_of("eE") != token.npos) return Reason::inexact;
  const auto point = token.find('.');
  if (wanted == Nature::number)
    return point == token.npos ? Reason::out_of_range : Reason::wrong_type;
  return point != token.npos && token.find_last_not_of('0') > point + 2 ? Reason::inexact
                                                                        : Reason::out_of_range;
}

// One token, as it stands in the text, to a column's value.
template <class Row, std::size_t I>
bool read_token(od::value& from, Received<Row>& to) {
  const std::string_view token = from.raw_json_token();
  const char* after = read_column<Row, I>(token.data(), to);
  if (after != nullptr) {
    const char* const end = token.data() + token.size();
    while (after < end && (*after == ' ' || *after == '\t' || *after == '\r')) ++after;
    if (after == end) return true;
  }
  to.missing &= ~(std::uint64_t{1} << I);
  // Text with escapes or beyond ASCII.
  if (!token.starts_with('"')) return false;
  std::string_view text;
  if (from.get_string().get(text) != simdjson::SUCCESS) return false;
  if constexpr (std::is_same_v<plain_value<Row, I>, std::string>) {
    to.row.*column_at<Row, I>.field = std::string{text};
    return true;
  } else {
    std::string plain = fmt::format("\"{}\"", text);
    const std::size_t size = plain.size();
    plain.append(padding, '\0');
    return read_column<Row, I>(plain.data(), to) == plain.data() + size;
  }
}

enum class Outcome { whole, rejected, malformed };

// Asks for each column by name, in column order: simdjson then looks at the very
// next key first, and goes round the object only when the order differs. (A loop
// over the fields measured twice as slow: each field is copied through memory.)
template <class Row, Place place>
Outcome read_columns(od::object& object, Received<Row>& to, Rejection& why) {
  to.missing = 0;
  Outcome outcome = Outcome::whole;
  const auto reject = [&](std::string_view column, Reason reason) {
    why = {std::string{column}, reason, false, {}};
    outcome = reason == Reason::malformed ? Outcome::malformed : Outcome::rejected;
    return false;
  };
  const auto step = [&]<std::size_t I>() {
    if constexpr (is_written<Row, I>(place)) {
      using Value = column_value<Row, I>;
      constexpr auto& column = column_at<Row, I>;
      od::value from;
      if (const auto error = object.find_field_unordered(column.name).get(from); error) {
        if (error != simdjson::NO_SUCH_FIELD) return reject("", Reason::malformed);
        if constexpr (is_optional<Value>) {
          (to.row.*column.field).reset();
          return true;
        } else if constexpr (column.rule.is_measure) {
          to.missing |= std::uint64_t{1} << I;
          return true;
        }
        return reject(column.name, Reason::missing);
      }
      if (!read_token<Row, I>(from, to))
        return reject(column.name, explain(nature_of<Value>(), from.raw_json_token()));
    }
    return true;
  };
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (void)(step.template operator()<I>() && ...);
  }(std::make_index_sequence<column_count<Row>>{});
  return outcome;
}

template <class Child>
Outcome read_child(od::value& element, Received<Child>& child, Rejection& why,
                   std::string_view& text) {
  if constexpr (is_plain_list<Child>) {
    text = without_trailing_space(element.raw_json_token());
    bool good = false;
    for_each_column_number<Child>([&]<std::size_t I>() {
      if constexpr (is_written<Child, I>(Place::nested)) {
        good = read_token<Child, I>(element, child);
        if (!good) why = {"", explain(nature_of<column_value<Child, I>>(), text), false, {}};
      }
    });
    return good ? Outcome::whole : Outcome::rejected;
  } else {
    od::object object;
    if (const auto error = element.get_object().get(object); error) {
      if (error != simdjson::INCORRECT_TYPE) return Outcome::malformed;
      od::array array;
      if (element.get_array().get(array) != simdjson::SUCCESS) {
        text = element.raw_json_token();
      } else if (array.raw_json().get(text) != simdjson::SUCCESS) {
        return Outcome::malformed;
      }
      why = {"", Reason::wrong_type, false, {}};
      return Outcome::rejected;
    }
    const Outcome outcome = read_columns<Child, Place::nested>(object, child, why);
    if (outcome == Outcome::malformed || object.reset().error() != simdjson::SUCCESS ||
        object.raw_json().get(text) != simdjson::SUCCESS)
      return Outcome::malformed;
    return outcome;
  }
}

// Nested rows that are no good are rejected alone; the rest of the row stays.
template <class Row>
Outcome read_children(od::object& object, ReceivedTree<Row>& to,
                      std::vector<Rejection>& rejections) {
  using Child = child_of<Row>;
  to.children.clear();
  const auto whole_row = [&](Reason reason) {
    rejections.clear();
    rejections.push_back({std::string{Row::children_name}, reason, false, {}});
    return Outcome::rejected;
  };
  od::array array;
  if (const auto error = object.find_field_unordered(Row::children_name).get_array().get(array)) {
    if (error == simdjson::NO_SUCH_FIELD) return whole_row(Reason::missing);
    return error == simdjson::INCORRECT_TYPE ? whole_row(Reason::wrong_type) : Outcome::malformed;
  }
  std::size_t number = 0;
  for (auto entry : array) {
    od::value element;
    if (entry.get(element) != simdjson::SUCCESS) return Outcome::malformed;
    auto& child = to.children.emplace_back();
    Rejection why;
    std::string_view text;
    const Outcome outcome = read_child<Child>(element, child, why, text);
    if (outcome == Outcome::malformed) return Outcome::malformed;
    if (outcome == Outcome::rejected) {
      why.column = fmt::format("{}[{}]{}{}", Row::children_name, number,
                               why.column.empty() ? "" : ".", why.column);
      why.is_nested = true;
      why.text = without_trailing_space(text);
      rejections.push_back(std::move(why));
      to.children.pop_back();
    } else {
      inherit(to.row, child.row);
    }
    ++number;
  }
  return Outcome::whole;
}

// A row with its nested rows. Of a rejected one, rejections.front() says why.
template <class Row>
Outcome read_tree(od::object& object, ReceivedTree<Row>& to, std::vector<Rejection>& rejections) {
  Rejection why;
  const Outcome outcome = read_columns<Row, Place::root>(object, to, why);
  if (outcome == Outcome::rejected) rejections.push_back(std::move(why));
  if constexpr (has_children<Row>) {
    if (outcome == Outcome::whole) return read_children(object, to, rejections);
  }
  return outcome;
}

}  // namespace

template <class Row>
struct AnyRowReader<Row>::Parser {
  od::parser parser;
};

template <class Row>
AnyRowReader<Row>::AnyRowReader() : parser_(std::make_unique<Parser>()) {}
template <class Row>
AnyRowReader<Row>::~AnyRowReader() = default;

template <class Row>
bool AnyRowReader<Row>::read(std::string_view line, ReceivedTree<Row>& to) {
  static_assert(padding >= simdjson::SIMDJSON_PADDING);
  rejections_.clear();
  const auto malformed = [&] {
    rejections_.assign(1, {"", Reason::malformed, false, line});
    return false;
  };
  od::document document;
  od::object object;
  if (parser_->parser.iterate(line.data(), line.size(), line.size() + padding).get(document))
    return malformed();
  if (document.get_object().get(object)) return malformed();
  const Outcome outcome = read_tree(object, to, rejections_);
  if (outcome == Outcome::malformed) return malformed();
  if (outcome == Outcome::rejected) rejections_.front().text = line;
  // Walk to the object's end (no legal key holds a control character), where the text must
  // end too: a line that breaks off is malformed, whatever else is wrong with it.
  if (object.find_field("\x01").error() != simdjson::NO_SUCH_FIELD) return malformed();
  if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) return malformed();
  return outcome == Outcome::whole;
}

template class AnyRowReader<Store>;
template class AnyRowReader<Product>;
template class AnyRowReader<Price>;
template class AnyRowReader<Promotion>;
template class AnyRowReader<Customer>;
template class AnyRowReader<Visit>;
template class AnyRowReader<Transaction>;

}  // namespace retailsim::json
