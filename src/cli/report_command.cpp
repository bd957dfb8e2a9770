#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/report_text.h"

namespace retailsim::cli {
namespace {

StoreFormat format_of(const std::string& word) {
  std::string known;
  for (std::size_t i = 0; i < labels(StoreFormat{}).size(); ++i) {
    const auto format = labels(StoreFormat{})[i];
    if (CLI::detail::to_lower(word) == CLI::detail::to_lower(std::string{format}))
      return static_cast<StoreFormat>(i);
    known += fmt::format("{}{}", known.empty() ? "" : ", ", format);
  }
  throw CLI::ValidationError("--store-format",
                             fmt::format("{} is no format; there are {}", word, known));
}

Action declare_report(CLI::App& app, const Common& common) {
  struct Options {
    std::string lake = "lake";
    DateRange dates;
    pipeline::ReportFilters filters;
  };
  const auto options = std::make_shared<Options>();
  add_lake(app, options->lake);
  add_dates(app, options->dates, "business date");
  app.add_option("--region", options->filters.region, "Only stores of this region");
  app.add_option_function<std::string>(
         "--store-format",
         [options](const std::string& word) { options->filters.format = format_of(word); },
         "Only stores of this format")
      ->type_name("WORD");
  app.add_option("--store", options->filters.stores, "Only these stores, by id");
  return [options, &common] {
    require_order(options->dates);
    options->filters.from = options->dates.from;
    options->filters.to = options->dates.to;
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
          "retailsim report --lake lake --from 2024-01-01 --to 2024-01-31", declare_report};
}

}  // namespace retailsim::cli
