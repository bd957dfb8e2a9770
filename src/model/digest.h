// A digest of a table's declaration: it changes when a column, a type or a rule changes,
// and with it everything in the lake that was made by those rules.
#pragma once

#include <fmt/core.h>

#include <string>

#include "base/sha256.h"
#include "model/schema.h"

namespace retailsim {

template <class T>
std::string type_name() {
  using Plain = typename OptionalOf<T>::type;
  std::string name;
  if constexpr (std::is_same_v<Plain, std::string>) {
    name = "text";
  } else if constexpr (std::is_same_v<Plain, bool>) {
    name = "boolean";
  } else if constexpr (std::is_same_v<Plain, Cents>) {
    name = "decimal(12,2)";
  } else if constexpr (std::is_same_v<Plain, Total>) {
    name = "decimal(18,2)";
  } else if constexpr (requires { Plain::digits; }) {
    name = fmt::format("decimal(9,{})", Plain::digits);
  } else if constexpr (std::is_same_v<Plain, Day>) {
    name = "date";
  } else if constexpr (std::is_same_v<Plain, Instant>) {
    name = "timestamp";
  } else if constexpr (Labelled<Plain>) {
    name = "word(";
    for (const auto word : labels(Plain{})) name += fmt::format("{},", word);
    name += ")";
  } else if constexpr (std::is_same_v<Plain, std::int32_t>) {
    name = "integer";
  } else {
    name = "bigint";
  }
  if (is_optional<T>) name += "?";
  return name;
}

template <class Row>
std::string declaration() {
  std::string text{Row::table};
  for_each_column<Row>([&]<class Value>(const Column<Row, Value>& each) {
    text +=
        fmt::format("\n{} {} {}..{} {}{}{}{} {}", each.name, type_name<Value>(), each.rule.at_least,
                    each.rule.at_most, each.rule.is_key, each.rule.is_sorted,
                    each.rule.is_inherited, each.rule.is_measure, each.rule.references);
  });
  if constexpr (has_children<Row>) text += fmt::format("\n{}", declaration<child_of<Row>>());
  return text;
}

template <class Row>
const std::string& declaration_digest() {
  static const std::string digest = sha256(declaration<Row>());
  return digest;
}

}  // namespace retailsim
