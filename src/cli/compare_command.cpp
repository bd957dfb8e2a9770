#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "cli/commands.h"
#include "cli/compare_text.h"
#include "cli/options.h"
#include "pipeline/compare_stage.h"

namespace retailsim::cli {
namespace {

struct CompareOptions {
  std::string a, b;
  std::vector<std::string> without, set;
  DateRange dates;
  pipeline::CompareOptions compare;
  std::string rows;
};

[[noreturn]] void refuse(const std::string& what, const std::string& hint) {
  throw Failure(FailureKind::wrong_usage, what, hint);
}

// "promo:8277"
PromoId promotion_named(const std::string& word) {
  constexpr std::string_view kind = "promo:";
  std::int64_t id = 0;
  if (word.starts_with(kind)) {
    const char* const end = word.data() + word.size();
    const auto [read, error] = std::from_chars(word.data() + kind.size(), end, id);
    if (error == std::errc{} && read == end) return {id};
  }
  refuse(fmt::format("--without {} names no promotion", word),
         "write promo:ID; data_api/promotion.ndjson lists the ids");
}

// A with what --set says, each a line of TOML.
Scenario with_settings(const Scenario& a, const std::vector<std::string>& set) {
  std::string toml;
  for (const auto& each : set) {
    const auto equals = each.find('=');
    if (equals == 0 || equals == std::string::npos)
      refuse(fmt::format("--set {} is no KEY=VALUE", each),
             "such as --set visits.conversion=0.5; `retailsim scenario keys` lists every key");
    toml += each + "\n";
  }
  return with_values(a, toml, "--set");
}

// B in words: "A without promo:8277, with visits.conversion=0.5".
std::string name_of_b(const CompareOptions& options) {
  if (!options.b.empty()) return options.b;
  std::string name = "A";
  const auto add = [&](std::string_view first, const std::vector<std::string>& words) {
    for (const auto& word : words)
      name += fmt::format("{} {}", &word == &words.front() ? first : ",", word);
  };
  add(" without", options.without);
  add(options.without.empty() ? " with" : ", with", options.set);
  return name;
}

Scenario scenario_b(const CompareOptions& options, const Scenario& a) {
  const bool has_changes = !options.without.empty() || !options.set.empty();
  if (options.b.empty() && !has_changes)
    refuse(fmt::format("there is nothing to compare {} with", options.a),
           "name a second scenario, or change this one: --without promo:ID, --set KEY=VALUE");
  if (!options.b.empty() && has_changes)
    refuse(fmt::format("--without and --set change {}, but B is {} already", options.a, options.b),
           "leave out the second scenario, or write the changes into it");
  return options.b.empty() ? with_settings(a, options.set) : load_scenario(options.b);
}

Action declare_compare(CLI::App& app, const Common& common) {
  const auto options = std::make_shared<CompareOptions>();
  app.add_option("A", options->a, "Scenario file")->required();
  app.add_option("B", options->b, "Another scenario file, of the same chain");
  app.add_option("--without", options->without, "B is A without this promotion; repeatable")
      ->type_name("promo:ID")
      ->allow_extra_args(false);
  app.add_option("--set", options->set,
                 "B is A with another value of a key of scenario files, as TOML; repeatable")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  add_dates(app, options->dates, "business date");
  app.add_option("--store", options->compare.stores, "Only this store, by id; repeatable")
      ->allow_extra_args(false);
  app.add_option("--rows", options->rows, "A folder to write the rows that differ, as NDJSON");
  app.add_flag("--overwrite", options->compare.overwrite, "Replace the rows of another comparison");
  return [options, &common] {
    require_order(options->dates);
    for (const auto& word : options->without)
      options->compare.without.push_back(promotion_named(word));
    const Scenario a = load_scenario(options->a);
    auto& compare = options->compare;
    compare.from = options->dates.from;
    compare.to = options->dates.to;
    compare.rows = options->rows;
    compare.threads = threads_of(common);
    compare.quiet = common.quiet || common.json;
    const auto comparison = pipeline::compare_stage(a, scenario_b(*options, a), compare);
    const ComparedNames names{options->a, name_of_b(*options)};
    if (common.json) {
      fmt::print("{}\n", comparison_json(comparison, names).dump(1));
    } else {
      fmt::print("{}", comparison_table(comparison, names));
    }
    return exit_ok;
  };
}

}  // namespace

Command compare_command() {
  return {"compare",
          "Two scenarios with the same random numbers: the exact effect of their difference",
          "retailsim compare scenarios/tiny.toml --set visits.conversion=0.5", declare_compare};
}

}  // namespace retailsim::cli
