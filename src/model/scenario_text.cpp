// A scenario as text: the canonical dump, its digest, and scaling.
#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "base/failure.h"
#include "base/sha256.h"
#include "model/scenario_knobs.h"

namespace retailsim {
namespace {

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += fmt::format("\\u{:04X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string value_text(const std::string& text) { return in_quotes(text); }
std::string value_text(std::int64_t number) { return fmt::format("{}", number); }
std::string value_text(Day day) { return to_text(day); }
// The shortest text that reads back as the same number; TOML wants a point in it.
std::string value_text(double number) {
  std::string text = fmt::format("{}", number);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}
std::string value_text(const std::optional<Day>& day) { return day ? to_text(*day) : ""; }

template <class List>
  requires requires(const List& list) { list.begin(); }
std::string value_text(const List& list) {
  std::string text;
  for (const auto& each : list) text += (text.empty() ? "" : ", ") + value_text(each);
  return "[" + text + "]";
}

// Lines "key = value" with a [table] line wherever the table changes. An optional value
// that is absent has no line.
template <class Owner>
std::string lines_of(const Owner& owner) {
  std::string out;
  std::string_view table;
  for (const auto& knob : knobs<Owner>()) {
    const std::string value =
        std::visit([&](auto field) { return value_text(owner.*field); }, knob.field);
    if (value.empty()) continue;
    const auto dot = knob.key.find('.');
    const auto own = dot == std::string_view::npos ? std::string_view{} : knob.key.substr(0, dot);
    if (own != table) out += fmt::format("\n[{}]\n", own);
    table = own;
    out += fmt::format("{} = {}\n", own.empty() ? knob.key : knob.key.substr(dot + 1), value);
  }
  return out;
}

}  // namespace

std::string to_toml(const Scenario& scenario) {
  const Scenario usual;
  std::string out = lines_of(scenario);
  const auto add = [&](const auto& list) {
    // An empty list is written too when the default is not empty: absent means the default.
    if ((scenario.*list.field).empty() && !(usual.*list.field).empty())
      out.insert(0, fmt::format("{} = []\n", list.key));
    for (const auto& row : scenario.*list.field)
      out += fmt::format("\n[[{}]]\n{}", list.key, lines_of(row));
  };
  std::apply([&](const auto&... list) { (add(list), ...); }, knob_lists);
  return out;
}

std::string digest(const Scenario& scenario) {
  return sha256(fmt::format("simulation format {}\n{}", simulation_format, to_toml(scenario)));
}

void scale(Scenario& scenario, double factor) {
  const auto times = [&](std::int64_t count, std::int64_t most, std::string_view what) {
    const double scaled = std::round(static_cast<double>(count) * factor);
    if (!(factor > 0) || !(scaled <= static_cast<double>(most))) {
      throw Failure(
          FailureKind::wrong_usage,
          fmt::format("scale {} makes {} {}, but 1 to {} are possible", factor, scaled, what, most),
          "choose another --scale");
    }
    return std::max<std::int64_t>(1, static_cast<std::int64_t>(scaled));
  };
  const auto most = [](std::string_view key) {
    for (const auto& knob : knobs<Scenario>())
      if (knob.key == key) return static_cast<std::int64_t>(knob.at_most);
    return std::int64_t{0};
  };
  scenario.store_count = times(scenario.store_count, most("stores.count"), "stores");
  scenario.household_count =
      times(scenario.household_count, most("households.count"), "households");
}

}  // namespace retailsim
