#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/score_text.h"

namespace retailsim::cli {
namespace {

Action declare_score(CLI::App& app, const Common& common) {
  struct Options {
    std::string lake = "lake", truth;
  };
  const auto options = std::make_shared<Options>();
  add_lake(app, options->lake);
  app.add_option("--truth", options->truth,
                 "Grade the cleaning too, by the truth folder of the feed that the lake holds");
  app.footer(fmt::format(
      "The figures of realism are measured in the clean tables of the lake, which may hold any\n"
      "chain, replayed sales too. Nothing is written. --json tells what each figure means and\n"
      "where its band is from; one outside of its band does not change the exit code.\n\n{}",
      app.get_footer()));
  return [options, &common] {
    lake::Lake lake(options->lake, lake::Expect::a_lake);
    std::optional<pipeline::QualityScore> quality;
    if (!options->truth.empty()) quality = pipeline::score_quality(lake, options->truth);
    const auto readings = pipeline::realism_scorecard(lake, {threads_of(common), common.quiet});
    if (common.json) {
      fmt::print("{}\n", score_json(quality, readings).dump(1));
    } else {
      if (quality) fmt::print("{}\n", quality_table(*quality));
      fmt::print("{}", realism_table(readings));
    }
    return exit_ok;
  };
}

}  // namespace

Command score_command() {
  return {"score",
          "Grade the lake: is its chain realistic, and were the defects of its feed found?",
          "retailsim score --lake lake --truth truth", declare_score};
}

}  // namespace retailsim::cli
