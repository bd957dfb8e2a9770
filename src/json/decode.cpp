// The reader for any legal spelling of a row, on simdjson.
#include "json/decode.h"

#include <fmt/core.h>
#include <simdjson.h>

#include <algorithm>

#include "json/edit_line.h"
#include "model/value_text.h"

namespace retailsim::json {
namespace {

namespace od = simdjson::ondemand;

std::string_view without_trailing_space(std::string_view token) {
  return token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
}

// simdjson has all of itself inlined. Once for each column of each table, that was two minutes of
// compiling: these calls stay calls.
[[gnu::noinline]] simdjson::error_code find(od::object& object, std::string_view name,
                                            od::value& to) {
  return object.find_field_unordered(name).get(to);
}
[[gnu::noinline]] std::string_view token_of(od::value& value) { return value.raw_json_token(); }
[[gnu::noinline]] bool text_of(od::value& value, std::string_view& to) {
  return value.get_string().get(to) == simdjson::SUCCESS;
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

// What of a quoted text the column's reader may understand after all: a number without its
// quotes, a word in capitals. Empty for types that have no other spelling.
template <class Value>
std::string respelt(std::string_view text) {
  std::string plain;
  if constexpr (Labelled<Value>) {
    plain = fmt::format("\"{}\"", text);
    std::ranges::transform(plain, plain.begin(), [](char c) {
      return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
  } else if constexpr (constexpr Nature nature = nature_of<Value>();
                       nature != Nature::time && nature != Nature::word) {
    plain = text;
  }
  return plain;
}

enum class Read { no, as_is, respelt };

// One token, as it stands in the text, to a column's value.
template <class Row, std::size_t I>
Read read_token(od::value& from, Received<Row>& to) {
  const std::string_view token = token_of(from);
  const char* after = read_column<Row, I>(token.data(), to);
  if (after != nullptr) {
    const char* const end = token.data() + token.size();
    while (after < end && (*after == ' ' || *after == '\t' || *after == '\r')) ++after;
    if (after == end) return Read::as_is;
  }
  to.missing &= ~(std::uint64_t{1} << I);
  // Text with escapes or beyond ASCII, or another spelling.
  if (!token.starts_with('"')) return Read::no;
  std::string_view text;
  if (!text_of(from, text)) return Read::no;
  using Value = plain_value<Row, I>;
  if constexpr (std::is_same_v<Value, std::string>) {
    to.row.*column_at<Row, I>.field = std::string{text};
    return Read::as_is;
  } else {
    const auto understands = [&](std::string plain) {
      const std::size_t size = plain.size();
      plain.append(padding, '\0');
      return size > 0 && read_column<Row, I>(plain.data(), to) == plain.data() + size;
    };
    if (understands(fmt::format("\"{}\"", text))) return Read::as_is;
    // "null" as text is no value, whatever the column.
    if (text != null_text && understands(respelt<Value>(text))) return Read::respelt;
    to.missing &= ~(std::uint64_t{1} << I);
    return Read::no;
  }
}

enum class Outcome { whole, rejected, malformed };

std::string text_of_token(od::value& from) {
  const std::string_view token = without_trailing_space(token_of(from));
  return std::string{token.substr(1, token.size() - 2)};
}

template <class Row, Place place>
bool is_known(std::string_view name) {
  bool known = false;
  for_each_column_number<Row>([&]<std::size_t I>() {
    known |= is_written<Row, I>(place) && column_at<Row, I>.name == name;
  });
  if constexpr (has_children<Row>) known |= name == Row::children_name;
  return known;
}

// Notes the columns that the table does not have, when there are more than the `known` ones.
// False when the text turns out to be broken.
template <class Row, Place place>
bool name_unknown_fields(od::object& object, std::size_t known, int child,
                         std::vector<Remark>& remarks) {
  std::size_t fields = 0;
  // The value found last was not read to its end: from the start.
  if (object.reset().error() != simdjson::SUCCESS ||
      object.count_fields().get(fields) != simdjson::SUCCESS)
    return false;
  if (fields == known + (has_children<Row> ? 1 : 0)) return true;
  for (auto field : object) {
    std::string_view name;
    if (field.unescaped_key().get(name) != simdjson::SUCCESS) return false;
    if (!is_known<Row, place>(name)) remarks.push_back({child, std::string{name}, ""});
  }
  return object.reset().error() == simdjson::SUCCESS;
}

// Asks for each column by name, in column order: simdjson then looks at the very
// next key first, and goes round the object only when the order differs. (A loop
// over the fields measured twice as slow: each field is copied through memory.)
template <class Row, Place place>
Outcome read_columns(od::object& object, Received<Row>& to, int child, Rejection& why,
                     std::vector<Remark>& remarks) {
  to.missing = 0;
  Outcome outcome = Outcome::whole;
  bool has_key = true;
  std::size_t fields = 0;
  const auto reject = [&](std::string_view column, Reason reason, bool is_key = false) {
    why = {std::string{column}, reason, false, is_key, "", {}};
    outcome = reason == Reason::malformed ? Outcome::malformed : Outcome::rejected;
    return false;
  };
  const auto step = [&]<std::size_t I>() {
    if constexpr (is_written<Row, I>(place)) {
      using Value = column_value<Row, I>;
      constexpr auto& column = column_at<Row, I>;
      od::value from;
      if (const auto error = find(object, column.name, from); error) {
        if (error != simdjson::NO_SUCH_FIELD) return reject("", Reason::malformed);
        if constexpr (is_optional<Value>) {
          (to.row.*column.field).reset();
          return true;
        } else if constexpr (column.rule.is_measure) {
          to.missing |= std::uint64_t{1} << I;
          return true;
        }
        has_key &= !column.rule.is_key;
        return reject(column.name, Reason::missing, column.rule.is_key);
      }
      ++fields;
      const Read read = read_token<Row, I>(from, to);
      if (read == Read::no) {
        has_key &= !column.rule.is_key;
        return reject(column.name, explain(nature_of<Value>(), token_of(from)), column.rule.is_key);
      }
      if (read == Read::respelt)
        remarks.push_back({child, std::string{column.name}, text_of_token(from)});
    }
    return true;
  };
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (void)(step.template operator()<I>() && ...);
  }(std::make_index_sequence<column_count<Row>>{});
  // Keys come first in every table, so they were read before anything else went wrong.
  if (outcome == Outcome::rejected && has_key) why.key = retailsim::key_text(to.row);
  if (outcome == Outcome::whole && !name_unknown_fields<Row, place>(object, fields, child, remarks))
    return Outcome::malformed;
  return outcome;
}

template <class Child>
Outcome read_child(od::value& element, Received<Child>& child, int place, Rejection& why,
                   std::string_view& text, std::vector<Remark>& remarks) {
  if constexpr (is_plain_list<Child>) {
    text = without_trailing_space(token_of(element));
    bool good = false;
    for_each_column_number<Child>([&]<std::size_t I>() {
      if constexpr (is_written<Child, I>(Place::nested)) {
        good = read_token<Child, I>(element, child) != Read::no;
        if (!good)
          why = {"", explain(nature_of<column_value<Child, I>>(), text), false, true, "", {}};
      }
    });
    return good ? Outcome::whole : Outcome::rejected;
  } else {
    od::object object;
    if (const auto error = element.get_object().get(object); error) {
      if (error != simdjson::INCORRECT_TYPE) return Outcome::malformed;
      od::array array;
      if (element.get_array().get(array) != simdjson::SUCCESS) {
        text = token_of(element);
      } else if (array.raw_json().get(text) != simdjson::SUCCESS) {
        return Outcome::malformed;
      }
      why = {"", Reason::wrong_type, false, false, "", {}};
      return Outcome::rejected;
    }
    const Outcome outcome = read_columns<Child, Place::nested>(object, child, place, why, remarks);
    if (outcome == Outcome::malformed || object.reset().error() != simdjson::SUCCESS ||
        object.raw_json().get(text) != simdjson::SUCCESS)
      return Outcome::malformed;
    return outcome;
  }
}

// Nested rows that are no good are rejected alone; the rest of the row stays.
template <class Row>
Outcome read_children(od::object& object, ReceivedTree<Row>& to, std::vector<Rejection>& rejections,
                      std::vector<Remark>& remarks) {
  using Child = child_of<Row>;
  to.children.clear();
  const auto whole_row = [&](Reason reason) {
    rejections.clear();
    rejections.push_back(
        {std::string{Row::children_name}, reason, false, false, retailsim::key_text(to.row), {}});
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
    inherit(to.row, child.row);  // first: it is part of the nested row's key
    Rejection why;
    std::string_view text;
    const Outcome outcome = read_child<Child>(
        element, child, static_cast<int>(to.children.size() - 1), why, text, remarks);
    if (outcome == Outcome::malformed) return Outcome::malformed;
    if (outcome == Outcome::rejected) {
      why.column = fmt::format("{}[{}]{}{}", Row::children_name, number,
                               why.column.empty() ? "" : ".", why.column);
      why.is_nested = true;
      why.text = without_trailing_space(text);
      rejections.push_back(std::move(why));
      to.children.pop_back();
      std::erase_if(remarks, [&](const Remark& remark) {
        return remark.child == static_cast<int>(to.children.size());
      });
    }
    ++number;
  }
  return Outcome::whole;
}

// A row with its nested rows. Of a rejected one, rejections.front() says why.
template <class Row>
Outcome read_tree(od::object& object, ReceivedTree<Row>& to, std::vector<Rejection>& rejections,
                  std::vector<Remark>& remarks) {
  Rejection why;
  const Outcome outcome = read_columns<Row, Place::root>(object, to, json::root_row, why, remarks);
  if (outcome == Outcome::rejected) rejections.push_back(std::move(why));
  if constexpr (has_children<Row>) {
    if (outcome == Outcome::whole) return read_children(object, to, rejections, remarks);
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
  remarks_.clear();
  const auto malformed = [&] {
    rejections_.assign(1, {"", Reason::malformed, false, false, "", line});
    return false;
  };
  od::document document;
  od::object object;
  if (parser_->parser.iterate(line.data(), line.size(), line.size() + padding).get(document))
    return malformed();
  if (document.get_object().get(object)) return malformed();
  const Outcome outcome = read_tree(object, to, rejections_, remarks_);
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
template class AnyRowReader<InventoryDay>;
template class AnyRowReader<WeatherDay>;

}  // namespace retailsim::json
