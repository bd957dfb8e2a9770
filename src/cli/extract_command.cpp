#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/result_text.h"
#include "pipeline/extract_stage.h"
#include "pipeline/local_api.h"

namespace retailsim::cli {
namespace {

Action declare_extract(CLI::App& app, const Common& common) {
  struct Options {
    std::string api, data, table, token_file, lake = "lake";
    DateRange dates;
    bool overwrite = false;
    int retries = extract::RetryPolicy{}.tries - 1;
    int timeout_s = 30;
  };
  const auto options = std::make_shared<Options>();
  auto* const api = app.add_option("--api", options->api, "Address of the API to read");
  auto* const data =
      app.add_option("--data", options->data, "Feed folder to serve and read in one go");
  api->excludes(data);
  app.add_option("--table", options->table,
                 "Only this table (transaction_line comes with transaction)")
      ->check(CLI::IsMember(pipeline::feed_table_names()));
  app.add_option("--token-file", options->token_file, "File whose first line is the API's token");
  app.add_option("--retries", options->retries,
                 "Further tries after a lost connection or a passing error, with growing pauses")
      ->check(CLI::Range(0, 100))
      ->capture_default_str();
  app.add_option("--timeout", options->timeout_s, "Seconds to wait for a byte of an answer")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  add_lake(app, options->lake);
  add_dates(app, options->dates, "feed date");
  app.add_flag("--overwrite", options->overwrite, "Replace the rows of another feed");
  return [options, &common] {
    require_order(options->dates);
    const std::string run_id = run_id_of(common);
    const auto server = pipeline::local_api(options->api, options->data, threads_of(common));
    lake::Lake lake(options->lake);
    pipeline::ExtractOptions extract;
    extract.api = server.url;
    extract.token = read_token(options->token_file);
    extract.retry.tries = options->retries + 1;
    extract.limits.stall_timeout = std::chrono::seconds(options->timeout_s);
    extract.limits.connect_timeout =
        std::min(extract.limits.connect_timeout, extract.limits.stall_timeout);
    extract.table = options->table;
    extract.from = options->dates.from;
    extract.to = options->dates.to;
    extract.overwrite = options->overwrite;
    extract.threads = threads_of(common);
    extract.quiet = common.quiet || common.json;
    print_record(
        pipeline::recorded(
            lake, run_id, "extract", [&] { return pipeline::extract_stage(extract, lake); },
            options->table.empty() ? "" : "-" + options->table),
        common);
    return exit_ok;
  };
}

}  // namespace

Command extract_command() {
  return {"extract", "Read the API into the lake's raw layer, row by row judged",
          "retailsim extract --data data_api --lake lake", declare_extract};
}

}  // namespace retailsim::cli
