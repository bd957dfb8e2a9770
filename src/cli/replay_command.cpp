#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/result_text.h"
#include "pipeline/replay_stage.h"

namespace retailsim::cli {
namespace {

// What a reader of the feed should know about it; --json has the same counts.
void print_remarks(const pipeline::StageRecord& record) {
  for (const auto& [count, meaning] : {
           std::pair{"baskets_across_midnight",
                     "baskets begin before midnight and end after it: dated by their beginning"},
           std::pair{"products_described_twice",
                     "products are described in several ways: the first one holds"},
           std::pair{"basket_ids_numbered",
                     "basket ids are not whole numbers below 2^53: numbered"},
           std::pair{"household_ids_numbered",
                     "household ids are not whole numbers below 2^53: numbered"},
           std::pair{"store_ids_numbered", "store ids are not whole numbers below 2^53: numbered"},
           std::pair{"product_ids_numbered",
                     "product ids are not whole numbers below 2^53: numbered"},
       }) {
    const auto found = record.counts.find(count);
    if (found == record.counts.end() || found->second == 0) continue;
    fmt::print(stderr, "remark: {} {}\n", with_thousands(found->second), meaning);
  }
}

Action declare_replay(CLI::App& app, const Common& common) {
  struct Options {
    std::string lines, out = "data_api";
    pipeline::ReplayOptions replay;
  };
  const auto options = std::make_shared<Options>();
  app.add_option("--lines", options->lines,
                 "Parquet file of sales lines: basket_id, household_id, store_id, product_id, "
                 "category, timestamp, quantity, net_amount, discount_amount; optional "
                 "product_type, department, brand")
      ->required()
      ->type_name("FILE");
  app.add_option("--out", options->out, "The feed folder to write")->capture_default_str();
  app.add_option("--timezone", options->replay.timezone,
                 "IANA name of the stores' clock, which the timestamps show")
      ->type_name("ZONE")
      ->capture_default_str();
  app.add_option("--currency", options->replay.currency, "ISO 4217 code of the amounts")
      ->check([](const std::string& code) {
        const bool is_code = code.size() == 3 && std::ranges::all_of(code, [](char letter) {
                               return letter >= 'A' && letter <= 'Z';
                             });
        return is_code ? std::string{} : std::string{"use three capital letters, such as EUR"};
      })
      ->capture_default_str();
  app.add_flag("--overwrite", options->replay.overwrite, "Replace another feed in the folder");
  return [options, &common] {
    options->replay.lines = options->lines;
    options->replay.out = options->out;
    options->replay.threads = threads_of(common);
    options->replay.quiet = common.quiet || common.json;
    const auto record = pipeline::replay_stage(options->replay);
    print_record(record, common);
    if (!common.quiet && !common.json) print_remarks(record);
    return exit_ok;
  };
}

}  // namespace

Command replay_command() {
  return {"replay", "Turn real sales lines into a feed: Parquet to NDJSON files with a manifest",
          "retailsim replay --lines build/reference/lines.parquet --out data_api "
          "--timezone America/New_York",
          declare_replay};
}

}  // namespace retailsim::cli
