#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/options.h"
#include "model/data_dictionary.h"

namespace retailsim::cli {
namespace {

Action declare_scenario(CLI::App& app, const Common& common) {
  struct Options {
    std::string action = "check";
    ScenarioOptions scenario;
  };
  const auto options = std::make_shared<Options>();
  app.add_option("ACTION", options->action,
                 "check: is the file legal? show: every value it means; keys: every key there is")
      ->check(CLI::IsMember({"check", "show", "keys"}))
      ->required();
  add_scenario(app, options->scenario);
  return [options, &common] {
    if (options->action == "keys") {
      fmt::print("{}", scenario_guide());
      return exit_ok;
    }
    const Scenario scenario = scenario_of(options->scenario);
    const std::string id = digest(scenario);
    if (common.json) {
      const nlohmann::ordered_json result = {{"name", scenario.name},
                                             {"seed", scenario.seed},
                                             {"from", to_text(scenario.from)},
                                             {"to", to_text(scenario.to)},
                                             {"digest", id}};
      fmt::print("{}\n", result.dump(1));
    } else if (options->action == "show") {
      fmt::print("{}", to_toml(scenario));
    } else {
      fmt::print("{} is a legal scenario: {}, seed {}, {} to {}\ndigest {}\n",
                 options->scenario.path, scenario.name, scenario.seed, to_text(scenario.from),
                 to_text(scenario.to), id);
    }
    return exit_ok;
  };
}

}  // namespace

Command scenario_command() {
  return {"scenario", "Check a scenario file, show every value it means, or explain every key",
          "retailsim scenario show scenarios/tiny.toml", declare_scenario};
}

}  // namespace retailsim::cli
