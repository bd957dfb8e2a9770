#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/report_text.h"

namespace retailsim::cli {
namespace {

Action declare(CLI::App& app, const Common& common) {
  struct Options {
    std::string lake = "lake";
    DateRange dates;
    pipeline::ReportFilters filters;
    StoreFormat format = StoreFormat::supermarket;
  };
  const auto options = std::make_shared<Options>();
  add_lake(app, options->lake);
  add_dates(app, options->dates, "business date");
  app.add_option("--region", options->filters.region, "Only stores of this region");
  std::map<std::string, StoreFormat> formats;
  for (std::size_t i = 0; i < labels(StoreFormat{}).size(); ++i)
    formats.emplace(labels(StoreFormat{})[i], static_cast<StoreFormat>(i));
  auto* const format =
      app.add_option("--store-format", options->format, "Only stores of this format")
          ->transform(CLI::CheckedTransformer(formats, CLI::ignore_case));
  app.add_option("--store", options->filters.stores, "Only these stores, by id");
  return [options, format, &common] {
    require_order(options->dates);
    options->filters.from = options->dates.from;
    options->filters.to = options->dates.to;
    if (format->count() > 0) options->filters.format = options->format;
    lake::Lake lake(options->lake, lake::Expect::a_lake);
    const auto report = pipeline::make_report(lake, options->filters);
    if (common.json) {
      fmt::print("{}\n", report_json(report).dump(1));
    } else {
      fmt::print("{}", report_table(report));
    }
    return exit_ok;
  };
}

}  // namespace

Command report_command() {
  return {"report", "The KPI table of the published lake",
          "retailsim report --lake lake --from 2024-01-01 --to 2024-01-31", declare};
}

}  // namespace retailsim::cli
