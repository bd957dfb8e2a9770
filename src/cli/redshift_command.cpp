#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/result_text.h"
#include "pipeline/redshift_stage.h"

namespace retailsim::cli {
namespace {

struct RedshiftOptions {
  std::string action, lake = "lake", layer, location;
  warehouse::LoadOptions load;
  warehouse::Target target;
  bool dry_run = false, manifests = false;
  int retries = extract::RetryPolicy{}.tries - 1;
  int timeout_s = 3600;
  std::vector<CLI::Option*> of_load = {};
};

// Where the lake lies for Redshift, which reads S3 alone.
std::string location_of(const RedshiftOptions& options, lake::ObjectStore& store) {
  std::string location = options.location.empty() ? store.display("") : options.location;
  if (!location.starts_with("s3://")) {
    throw Failure(FailureKind::wrong_usage,
                  fmt::format("Redshift reads s3:// only, and the lake is {}", location),
                  "--lake s3://bucket/lake; or say where its copy will lie: --location "
                  "s3://bucket/lake");
  }
  const auto address = lake::parse_s3_address(location);
  return address.prefix.empty() ? fmt::format("s3://{}", address.bucket)
                                : fmt::format("s3://{}/{}", address.bucket, address.prefix);
}

nlohmann::ordered_json script_json(const warehouse::Script& script) {
  nlohmann::ordered_json parts = nlohmann::ordered_json::array();
  for (const auto& part : script.parts) {
    parts.push_back({{"title", part.title},
                     {"is_transaction", part.is_transaction},
                     {"statements", part.statements}});
  }
  nlohmann::ordered_json manifests = nlohmann::ordered_json::object();
  for (const auto& [url, text] : script.manifests)
    manifests[url] = nlohmann::ordered_json::parse(text);
  return {{"parts", std::move(parts)}, {"manifests", std::move(manifests)}};
}

void print_script(const warehouse::Script& script, const Common& common) {
  if (common.json) {
    fmt::print("{}\n", script_json(script).dump(1));
  } else {
    fmt::print("{}", warehouse::script_text(script));
  }
}

int print_sql(const RedshiftOptions& options, const Common& common, lake::Lake& lake) {
  const warehouse::Script script = warehouse::sql_script(options.load, lake);
  if (options.manifests) warehouse::write_manifests(script, options.load, lake);
  if (!common.json) {
    fmt::print(
        "-- {} for Amazon Redshift: to be run once, on an empty database. COPY reads the\n"
        "-- manifests that stand at the end; --manifests writes them into the lake.\n",
        options.load.location);
  }
  print_script(script, common);
  return exit_ok;
}

int load(const RedshiftOptions& options, const Common& common, lake::Lake& lake) {
  if (options.dry_run) {
    print_script(warehouse::load_script(options.load, lake), common);
    return exit_ok;
  }
  const auto service = warehouse::service_of(Environment::here());
  const std::string run_id = run_id_of(common);
  print_record(
      pipeline::recorded(
          lake, run_id, "redshift",
          [&] { return pipeline::redshift_stage(options.load, service, options.target, lake); }),
      common);
  return exit_ok;
}

// Those that sql has no use for.
void add_load_options(CLI::App& app, RedshiftOptions& options) {
  warehouse::Target& target = options.target;
  options.of_load = {
      app.add_option("--cluster", target.cluster, "Identifier of a provisioned cluster"),
      app.add_option("--db-user", target.db_user, "Its user, with temporary credentials"),
      app.add_option("--workgroup", target.workgroup, "Name of a Serverless workgroup"),
      app.add_option("--secret", target.secret_arn,
                     "ARN of the secret that holds user and password"),
      app.add_option("--database", target.database, "Name of the database"),
      app.add_flag("--dry-run", options.dry_run,
                   "Print what would be run on an empty database, with the manifests; asks nobody "
                   "but the lake"),
      app.add_flag("--refresh-views", options.load.refresh_views,
                   "Then make or refresh the materialised views"),
      app.add_flag("--again", options.load.again, "Load everything, whatever is there already"),
      app.add_option("--retries", options.retries,
                     "Further tries after a lost connection, a busy service or a conflict, with "
                     "growing pauses")
          ->check(CLI::Range(0, 100))
          ->capture_default_str(),
      app.add_option("--timeout", options.timeout_s, "Seconds that one statement may take")
          ->check(CLI::Range(1, 86'400))
          ->capture_default_str()};
  for (auto* const option : options.of_load) option->group("Options of load");
}

Action declare_redshift(CLI::App& app, const Common& common) {
  const auto options = std::make_shared<RedshiftOptions>();
  app.add_option("ACTION", options->action,
                 "load: load what is new by the Redshift Data API; sql: print tables, COPY and "
                 "views, for who runs them by other means")
      ->check(CLI::IsMember({"load", "sql"}))
      ->required();
  add_lake(app, options->lake);
  app.add_option("--layer", options->layer, "Only this layer")
      ->check(CLI::IsMember({"clean", "gold"}));
  app.add_option("--table", options->load.tables, "Only these tables");
  app.add_option("--iam-role", options->load.iam_role,
                 "Role with which Redshift reads the lake: its ARN, or the default one")
      ->capture_default_str();
  app.add_option("--location", options->location,
                 "Where on S3 Redshift finds the lake, if that is not --lake: s3://bucket/lake");
  app.add_flag("--manifests", options->manifests,
               "Of sql: write the manifests, which COPY reads, into the lake too");
  add_load_options(app, *options);
  app.footer(fmt::format(
      "A unit is a table's month, or a whole table. Redshift itself keeps the list of what it\n"
      "holds (retailsim.loaded); each other unit replaces its rows in one transaction. A load "
      "that\n"
      "was stopped is completed by the next one, and what is there already costs one query.\n\n{}",
      app.get_footer()));
  return [options, &common] {
    const bool is_load = options->action == "load";
    for (const auto* option : options->of_load) {
      if (is_load || option->count() == 0) continue;
      throw Failure(FailureKind::wrong_usage, fmt::format("{} is of load", option->get_name()),
                    "retailsim redshift load --help");
    }
    if (is_load && options->manifests) {
      throw Failure(FailureKind::wrong_usage, "--manifests is of sql",
                    "load writes them anyway, and --dry-run prints them");
    }
    if (is_load && !options->dry_run && !options->location.empty()) {
      throw Failure(FailureKind::wrong_usage, "load reads the lake where it is: no --location",
                    "--lake s3://bucket/lake");
    }
    auto& load_options = options->load;
    load_options.iam_role = warehouse::checked_iam_role(load_options.iam_role);
    for (const Layer layer : {Layer::clean, Layer::gold})
      if (label(layer) == options->layer) load_options.layers = {layer};
    if (is_load && !options->dry_run) warehouse::require_target(options->target);
    load_options.retry.tries = options->retries + 1;
    load_options.patience = std::chrono::seconds(options->timeout_s);
    load_options.threads = threads_of(common);
    load_options.quiet = common.quiet || common.json;
    // A name that is wrong is told before the lake is opened.
    static_cast<void>(warehouse::load_tables(load_options.layers, load_options.tables));
    lake::Lake lake(options->lake, lake::Expect::a_lake);
    load_options.location = location_of(*options, lake.store());
    return is_load ? load(*options, common, lake) : print_sql(*options, common, lake);
  };
}

}  // namespace

Command redshift_command() {
  return {"redshift", "Load the lake into Amazon Redshift, or print the SQL for it",
          "retailsim redshift sql --lake lake --location s3://bucket/lake", declare_redshift};
}

}  // namespace retailsim::cli
