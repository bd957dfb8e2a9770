#include <fmt/core.h>

#include <cmath>
#include <map>

#include "model/data_dictionary.h"
#include "model/scenario_knobs.h"

namespace retailsim {
namespace {

// Key -> default, as a scenario file says it. Keys of [[lists]] are "list[].key".
using Defaults = std::map<std::string, std::string, std::less<>>;

// Read from the canonical dump, the one place that knows how each value is written.
Defaults all_defaults() {
  Scenario usual;
  std::apply([&](const auto&... list) { ((usual.*list.field).assign(1, {}), ...); }, knob_lists);
  const std::string text = to_toml(usual);
  Defaults defaults;
  std::string prefix;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    const std::string line = text.substr(at, end - at);
    at = end + 1;
    if (line.starts_with("[[")) {
      prefix = line.substr(2, line.size() - 4) + "[].";
    } else if (line.starts_with('[')) {
      prefix = line.substr(1, line.size() - 2) + ".";
    } else if (const auto equals = line.find(" = "); equals != line.npos) {
      defaults[prefix + line.substr(0, equals)] = line.substr(equals + 3);
    }
  }
  return defaults;
}

template <class T>
struct ArraySize : std::integral_constant<std::size_t, 0> {};
template <class T, std::size_t size>
struct ArraySize<std::array<T, size>> : std::integral_constant<std::size_t, size> {};

template <class Owner, class Value>
std::string type_of(Value Owner::*) {
  using Plain = typename OptionalOf<Value>::type;
  if constexpr (std::is_same_v<Plain, std::string>) {
    return "text";
  } else if constexpr (std::is_same_v<Plain, std::int64_t>) {
    return "whole number";
  } else if constexpr (std::is_same_v<Plain, double>) {
    return "number";
  } else if constexpr (std::is_same_v<Plain, Day>) {
    return "date";
  } else if constexpr (ArraySize<Plain>::value > 0) {
    return fmt::format("{} numbers", ArraySize<Plain>::value);
  } else {
    return "list of texts";
  }
}

template <class Owner>
std::string legal_text(const Knob<Owner>& knob) {
  std::string text = std::visit([](auto field) { return type_of(field); }, knob.field);
  if (knob.words != nullptr) {
    text += ": ";
    const auto words = knob.words();
    for (const auto& word : words) text += (&word == &words[0] ? "" : ", ") + word;
  } else if (!knob.form.empty()) {
    text += fmt::format(": {}", knob.form);
  } else if (std::isfinite(knob.at_least) && std::isfinite(knob.at_most)) {
    text += fmt::format(", {} to {}", knob.at_least, knob.at_most);
  } else if (std::isfinite(knob.at_least)) {
    text += fmt::format(", {} or more", knob.at_least);
  }
  return text;
}

constexpr std::string_view head =
    "\n| key | default | legal | unit | meaning |\n| --- | --- | --- | --- | --- |\n";

template <class Owner>
std::string line_of(const Knob<Owner>& knob, std::string_view key, const std::string& prefix,
                    const Defaults& defaults) {
  std::string usual = knob.is_required ? "required" : "";
  const auto found = defaults.find(prefix + std::string{knob.key});
  if (!knob.is_required && found != defaults.end()) usual = fmt::format("`{}`", found->second);
  return fmt::format("| `{}` | {} | {} | {} | {} |\n", key, usual, legal_text(knob), knob.unit,
                     knob.meaning);
}

}  // namespace

std::string scenario_guide() {
  const Defaults defaults = all_defaults();
  std::string text =
      "# Scenario files\n\n"
      "A scenario is a TOML file; every key is optional unless it says otherwise. \"Panel\" means "
      "fitted on a\nreal year of a grocery loyalty panel (Complete Journey), \"prototype\" tuned "
      "so "
      "that simulated facts match\nthe panel's, \"assumed\" a plausible round number without data. "
      "`retailsim scenario check FILE` tells\nwhether a file is legal, `retailsim scenario show "
      "FILE` every value it means.\n";
  std::string_view section = "none yet";
  for (const auto& knob : knobs<Scenario>()) {
    const auto dot = knob.key.find('.');
    const auto own = dot == knob.key.npos ? std::string_view{} : knob.key.substr(0, dot);
    if (own != section) {
      text += own.empty() ? "\n## At the top\n" : fmt::format("\n## [{}]\n", own);
      text += head;
      section = own;
    }
    text += line_of(knob, dot == knob.key.npos ? knob.key : knob.key.substr(dot + 1), "", defaults);
  }
  const auto add = [&]<class Row>(const KnobList<Row>& list) {
    text += fmt::format("\n## [[{}]]\n\n{} May be repeated.\n{}", list.key, list.meaning, head);
    for (const auto& knob : knobs<Row>())
      text += line_of(knob, knob.key, fmt::format("{}[].", list.key), defaults);
  };
  std::apply([&](const auto&... list) { (add(list), ...); }, knob_lists);
  return text;
}

}  // namespace retailsim
