// Reading scenario files. The only file that knows toml++.
#include "model/scenario.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include "base/failure.h"
#include "base/files.h"
#include "base/text.h"
#include "model/scenario_knobs.h"

namespace retailsim {
namespace {

// Weeks are 12 bits of every id, counted from 2000-01-03.
constexpr Day earliest = first_monday;
constexpr Day latest = std::chrono::year{2078} / 6 / 30;

constexpr std::string_view check_hint =
    "see `retailsim scenario show` for every key and its default";

struct Reader {
  std::string_view origin;
  std::string_view inside = "";  // the [[list]] being read, for messages

  std::string shown(std::string_view key) const {
    return inside.empty() ? std::string{key} : fmt::format("{}.{}", inside, key);
  }

  [[noreturn]] void fail(const toml::source_region& at, const std::string& what,
                         const std::string& hint = std::string{check_hint}) const {
    throw Failure(FailureKind::wrong_usage,
                  fmt::format("{}:{}:{}: {}", origin, at.begin.line, at.begin.column, what), hint);
  }

  [[noreturn]] void wrong_type(const toml::node& node, std::string_view key,
                               std::string_view wanted) const {
    fail(node.source(), fmt::format("{} has to be {}", shown(key), wanted));
  }

  // --- one value of each type -------------------------------------------------

  template <class Owner>
  void read(const toml::node& node, const Knob<Owner>& knob, std::string& value) const {
    const auto text = node.value_exact<std::string>();
    if (!text) wrong_type(node, knob.key, "a text in quotes");
    if (knob.words != nullptr) {
      const auto words = knob.words();
      if (std::find(words.begin(), words.end(), *text) == words.end()) {
        const auto close = nearest(*text, words);
        fail(
            node.source(),
            fmt::format("{} can't be \"{}\"; legal: {}", shown(knob.key), *text, join(words, ", ")),
            close ? fmt::format("did you mean \"{}\"?", *close) : std::string{check_hint});
      }
    }
    if (knob.is_legal != nullptr && !knob.is_legal(*text))
      fail(node.source(),
           fmt::format("{} can't be \"{}\"; it has to be {}", shown(knob.key), *text, knob.form));
    value = *text;
  }

  template <class Owner>
  void read(const toml::node& node, const Knob<Owner>& knob, std::int64_t& value) const {
    const auto number = node.value_exact<std::int64_t>();
    if (!number) wrong_type(node, knob.key, "a whole number");
    check_range(node, knob, static_cast<double>(*number));
    value = *number;
  }

  template <class Owner>
  void read(const toml::node& node, const Knob<Owner>& knob, double& value) const {
    auto number = node.value_exact<double>();
    if (!number) {
      if (const auto whole = node.value_exact<std::int64_t>()) number = static_cast<double>(*whole);
    }
    if (!number || !std::isfinite(*number)) wrong_type(node, knob.key, "a number");
    check_range(node, knob, *number);
    value = *number == 0 ? 0 : *number;  // -0 and 0 are the same scenario
  }

  template <class Owner>
  void read(const toml::node& node, const Knob<Owner>& knob, Day& value) const {
    const auto date = node.value_exact<toml::date>();
    if (!date) wrong_type(node, knob.key, "a date such as 2024-01-31, without quotes");
    const Day day{std::chrono::year{date->year} / date->month / date->day};
    if (day < earliest || day > latest) {
      fail(node.source(), fmt::format("{} is {}, outside {} … {}", shown(knob.key), to_text(day),
                                      to_text(earliest), to_text(latest)));
    }
    value = day;
  }

  template <class Owner>
  void read(const toml::node& node, const Knob<Owner>& knob, std::optional<Day>& value) const {
    read(node, knob, value.emplace());
  }

  template <class Owner>
  void read(const toml::node& node, const Knob<Owner>& knob, std::vector<std::string>& list) const {
    const auto* array = node.as_array();
    if (array == nullptr || (array->empty() && !knob.may_be_empty))
      wrong_type(node, knob.key, "a list of texts");
    list.clear();
    for (const auto& each : *array) {
      read(each, knob, list.emplace_back());
      if (std::find(list.begin(), list.end() - 1, list.back()) != list.end() - 1)
        fail(each.source(), fmt::format("{} names \"{}\" twice", shown(knob.key), list.back()));
    }
  }

  template <class Owner, std::size_t size>
  void read(const toml::node& node, const Knob<Owner>& knob, std::array<double, size>& list) const {
    const auto* array = node.as_array();
    if (array == nullptr || array->size() != size)
      wrong_type(node, knob.key, fmt::format("a list of {} numbers", size));
    for (std::size_t i = 0; i < size; ++i) read(*array->get(i), knob, list[i]);
  }

  template <class Owner>
  void check_range(const toml::node& node, const Knob<Owner>& knob, double number) const {
    if (number >= knob.at_least && number <= knob.at_most) return;
    std::string legal = std::isfinite(knob.at_most)
                            ? fmt::format("{} to {}", knob.at_least, knob.at_most)
                            : fmt::format("{} or more", knob.at_least);
    if (!knob.unit.empty()) legal += fmt::format(" ({})", knob.unit);
    fail(node.source(), fmt::format("{} is {}; legal: {}", shown(knob.key), number, legal));
  }

  // --- tables -----------------------------------------------------------------

  template <class Owner>
  static const Knob<Owner>* find_knob(std::string_view key) {
    for (const auto& knob : knobs<Owner>())
      if (knob.key == key) return &knob;
    return nullptr;
  }

  template <class Owner>
  static bool is_table_of_knobs(std::string_view key) {
    for (const auto& knob : knobs<Owner>())
      if (knob.key.size() > key.size() && knob.key.starts_with(key) && knob.key[key.size()] == '.')
        return true;
    return false;
  }

  template <class Owner>
  [[noreturn]] void unknown_key(const toml::key& key, const std::string& full) const {
    std::vector<std::string> known;
    for (const auto& knob : knobs<Owner>()) known.emplace_back(knob.key);
    if constexpr (std::is_same_v<Owner, Scenario>) {
      std::apply([&](const auto&... list) { (known.emplace_back(list.key), ...); }, knob_lists);
      for (std::size_t i = 0, count = known.size(); i < count; ++i)
        if (const auto dot = known[i].find('.'); dot != std::string::npos)
          known.push_back(known[i].substr(0, dot));
    }
    auto close = nearest(full, known);
    // The right word in the wrong table: `trips_per_year` at the top.
    if (!close) {
      const auto last = full.substr(full.rfind('.') == std::string::npos ? 0 : full.rfind('.') + 1);
      for (const auto& name : known)
        if (!close && name.ends_with("." + last)) close = name;
    }
    fail(key.source(), fmt::format("unknown key {}", shown(full)),
         close ? fmt::format("did you mean {}?", shown(*close)) : std::string{check_hint});
  }

  // Reads `table` into `owner`. Keys that `other` takes care of are left alone.
  template <class Owner, class Other>
  void read_table(const toml::table& table, const std::string& prefix, Owner& owner,
                  const Other& other) const {
    for (const auto& [key, node] : table) {
      const std::string full = prefix + std::string{key.str()};
      if (const auto* knob = find_knob<Owner>(full)) {
        std::visit([&](auto field) { read(node, *knob, owner.*field); }, knob->field);
      } else if (is_table_of_knobs<Owner>(full)) {
        if (!node.is_table()) wrong_type(node, full, fmt::format("a table: [{}]", full));
        read_table(*node.as_table(), full + ".", owner, other);
      } else if (!other(full, node)) {
        unknown_key<Owner>(key, full);
      }
    }
  }

  template <class Row>
  void read_list(const toml::node& node, const KnobList<Row>& knob_list, Scenario& scenario) const {
    const auto* array = node.as_array();
    if (array == nullptr)
      wrong_type(node, knob_list.key, fmt::format("a list of tables: [[{}]]", knob_list.key));
    auto& rows = scenario.*knob_list.field;
    rows.clear();
    for (const auto& each : *array) {
      const auto* table = each.as_table();
      if (table == nullptr)
        wrong_type(each, knob_list.key, fmt::format("a list of tables: [[{}]]", knob_list.key));
      for (const auto& knob : knobs<Row>())
        if (knob.is_required && !table->contains(knob.key))
          fail(each.source(), fmt::format("[[{}]] has no {}", knob_list.key, knob.key));
      const Reader of_row{origin, knob_list.key};
      of_row.read_table(*table, "", rows.emplace_back(),
                        [](const auto&, const auto&) { return false; });
      check_row(each, rows.back(), scenario);
    }
  }

  // --- what one knob says about another ----------------------------------------

  void check_row(const toml::node&, const Holiday&, const Scenario&) const {}
  void check_row(const toml::node&, const PromotionChange&, const Scenario&) const {}
  void check_row(const toml::node& node, const DefectRate& defect, const Scenario&) const {
    if (defect.at_most < defect.at_least)
      fail(node.source(), "defect.at_most is less than defect.at_least");
    if (defect.kind == "late" && defect.at_most > 35)
      fail(node.source(), "defect.at_most of a late delivery is 35 days at most");
  }
  void check_row(const toml::node& node, const TrafficChange& change,
                 const Scenario& scenario) const {
    if (change.store_id > scenario.store_count) {
      fail(node.source(), fmt::format("traffic.store_id is {}; legal: 1 to {} (stores.count)",
                                      change.store_id, scenario.store_count));
    }
    if (change.from && change.to && *change.to < *change.from)
      fail(node.source(), "traffic.to is before traffic.from");
  }

  static toml::source_region place_of(const toml::table& root, std::string_view key) {
    const auto node = root.at_path(key);
    return node ? node.node()->source() : root.source();
  }

  void check_whole(const toml::table& root, const Scenario& scenario) const {
    if (scenario.to < scenario.from) {
      fail(place_of(root, root.contains("to") ? "to" : "from"),
           fmt::format("to is {}, before from, {}", to_text(scenario.to), to_text(scenario.from)));
    }
    if (scenario.close_hour <= scenario.open_hour) {
      fail(place_of(root, "stores.close_hour"),
           fmt::format("stores.close_hour is {}; legal: more than stores.open_hour, {}",
                       scenario.close_hour, scenario.open_hour));
    }
    if (scenario.same_category + scenario.partner_category > 0.9)
      fail(place_of(root, "baskets"),
           "baskets.same_category and baskets.partner_category may be 0.9 together at most");
    if (scenario.mailer_share + scenario.display_share > 1)
      fail(place_of(root, "promotions"),
           "promotions.mailer_share and promotions.display_share may be 1 together at most");
    for (const auto* hours : {&scenario.weekday_hours, &scenario.weekend_hours}) {
      double open = 0;
      for (auto hour = scenario.open_hour; hour < scenario.close_hour; ++hour)
        open += (*hours)[static_cast<std::size_t>(hour)];
      if (open <= 0)
        fail(place_of(root, "calendar"), "nobody comes in the opening hours; give them a share");
    }
  }

  // What `root` says, on top of `scenario`.
  Scenario scenario_from(const toml::table& root, Scenario scenario) const {
    // Lists last: their rows are checked against the rest.
    read_table(root, "", scenario, [](const std::string& key, const toml::node&) {
      return std::apply([&](const auto&... list) { return ((list.key == key) || ...); },
                        knob_lists);
    });
    const auto read_one = [&](const auto& list) {
      if (const auto* node = root.get(list.key)) read_list(*node, list, scenario);
    };
    std::apply([&](const auto&... list) { (read_one(list), ...); }, knob_lists);
    check_whole(root, scenario);
    return scenario;
  }
};

}  // namespace

Scenario parse_scenario(std::string_view toml, std::string_view origin) {
  return with_values(Scenario{}, toml, origin);
}

Scenario with_values(const Scenario& scenario, std::string_view toml, std::string_view origin) {
  const Reader reader{origin};
  try {
    return reader.scenario_from(toml::parse(toml, origin), scenario);
  } catch (const toml::parse_error& error) {
    reader.fail(error.source(), std::string{error.description()},
                "scenario files are TOML: key = value lines under [tables]");
  }
}

Scenario load_scenario(const std::filesystem::path& path) {
  std::string text;
  try {
    text = read_file(path);
  } catch (const Failure& failure) {
    throw Failure(FailureKind::wrong_usage, failure.what(),
                  "name a scenario file, such as scenarios/tiny.toml");
  }
  return parse_scenario(text, path.string());
}

}  // namespace retailsim
