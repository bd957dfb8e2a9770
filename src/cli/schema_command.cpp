#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <array>
#include <memory>

#include "base/failure.h"
#include "cli/commands.h"
#include "json/schema_json.h"
#include "lake/external_schema.h"
#include "lake/sql_schema.h"
#include "model/data_dictionary.h"
#include "serve/openapi.h"

namespace retailsim::cli {
namespace {

struct Asked {
  std::string table;           // empty: all
  std::string lake;            // empty: {lake} stands for it
  std::optional<Layer> layer;  // none: what the format is for
  std::vector<TableFacts> tables() const {
    std::vector<TableFacts> chosen;
    for (const auto& each : all_tables()) {
      if ((table.empty() || each.name == table) && (!layer || each.is_in(*layer)))
        chosen.push_back(each);
    }
    if (layer && chosen.empty()) {
      throw Failure(FailureKind::wrong_usage,
                    fmt::format("{} is no table of the {} layer", table, label(*layer)),
                    fmt::format("retailsim schema --format markdown --table {}", table));
    }
    return chosen;
  }
  std::vector<Layer> layers() const {
    return layer ? std::vector{*layer} : std::vector{Layer::clean, Layer::gold};
  }
  std::string placed(std::string text) const {
    return lake.empty() ? text : lake::of_lake(std::move(text), lake);
  }
  std::vector<Layer> layers_that_lie_there() const {
    return layer ? std::vector{*layer} : std::vector{Layer::raw, Layer::clean, Layer::gold};
  }
};

// One line a format.
struct Format {
  std::string_view name, meaning;
  std::string (*text)(const Asked& asked);
};
constexpr std::array formats{
    Format{"sql", "CREATE TABLE for DuckDB and PostgreSQL",
           [](const Asked& asked) { return lake::sql_schema(asked.tables(), asked.layers()); }},
    Format{
        "redshift", "CREATE TABLE for Amazon Redshift",
        [](const Asked& asked) { return lake::redshift_schema(asked.tables(), asked.layers()); }},
    Format{"athena", "external tables of Amazon Athena",
           [](const Asked& asked) {
             return asked.placed(
                 lake::athena_schema(asked.tables(), asked.layers_that_lie_there()));
           }},
    Format{"spectrum", "external tables of Amazon Redshift",
           [](const Asked& asked) {
             const auto tables = asked.tables();
             const auto layers = asked.layers_that_lie_there();
             std::string text = lake::spectrum_schema(tables, layers);
             if (!asked.lake.empty()) {
               lake::Lake lake(asked.lake, lake::Expect::a_lake);
               text += lake::spectrum_partitions(tables, layers, lake);
             }
             return asked.placed(std::move(text));
           }},
    Format{"openapi", "the API as an OpenAPI 3.1 document",
           [](const Asked& asked) { return serve::openapi(asked.table); }},
    Format{"markdown", "the data dictionary",
           [](const Asked& asked) { return data_dictionary(asked.tables()); }},
    Format{"json", "every table and column, for machines",
           [](const Asked& asked) { return json::schema_json(asked.tables()); }},
};

Action declare_schema(CLI::App& app, const Common& common) {
  struct Options {
    std::string format = "markdown", table, layer, lake;
  };
  const auto options = std::make_shared<Options>();
  std::vector<std::string> names;
  std::string help = "What to print";
  for (const auto& format : formats) {
    names.emplace_back(format.name);
    help += fmt::format("{} {}: {}", names.size() == 1 ? "." : ";", format.name, format.meaning);
  }
  app.add_option("--format", options->format, help)
      ->check(CLI::IsMember(names))
      ->capture_default_str();
  app.add_option("--table", options->table, "Only this table");
  app.add_option("--layer", options->layer, "Only the tables of this layer, as they are there")
      ->check(CLI::IsMember({"raw", "clean", "gold"}));
  app.add_option("--lake", options->lake,
                 "The address of the lake in external tables, s3://bucket/prefix; spectrum adds "
                 "the partitions that are there");
  return [options, &common] {
    Asked asked{options->table, options->lake, std::nullopt};
    if (!asked.table.empty()) table_called(asked.table);
    for (const Layer layer : {Layer::raw, Layer::clean, Layer::gold})
      if (label(layer) == options->layer) asked.layer = layer;
    const std::string_view wanted = common.json ? "json" : std::string_view{options->format};
    if (wanted == "openapi" && asked.layer) {
      throw Failure(FailureKind::wrong_usage, "the API serves the feed, which has no layers",
                    "retailsim schema --format openapi");
    }
    if (!asked.lake.empty() && wanted != "athena" && wanted != "spectrum") {
      throw Failure(FailureKind::wrong_usage, "only external tables lie in a lake",
                    "retailsim schema --format athena --lake s3://bucket/prefix");
    }
    for (const auto& format : formats)
      if (format.name == wanted) fmt::print("{}", format.text(asked));
    return exit_ok;
  };
}

}  // namespace

Command schema_command() {
  return {"schema", "Print every table: SQL, OpenAPI, a data dictionary",
          "retailsim schema --format sql --table store_day", declare_schema};
}

}  // namespace retailsim::cli
