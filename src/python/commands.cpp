#include "python/commands.h"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <nlohmann/json.hpp>

#include "cli/compare_text.h"
#include "cli/options.h"
#include "cli/report_text.h"
#include "cli/result_text.h"
#include "cli/score_text.h"
#include "json/schema_json.h"
#include "lake/object_store.h"
#include "pipeline/compare_stage.h"
#include "pipeline/run.h"
#include "pipeline/simulate_stage.h"
#include "python/arguments.h"
#include "python/interruptible.h"

namespace retailsim::python {
namespace {

namespace nb = nanobind;
using nb::literals::operator""_a;
using OptionalText = std::optional<std::string>;

std::string simulate(const Scenario& scenario, const std::string& out, const OptionalText& truth,
                     const OptionalText& from, const OptionalText& to, int part, int parts,
                     bool overwrite, int threads) {
  pipeline::SimulateOptions options;
  options.out = out;
  options.truth = truth.value_or("");
  options.from = day_of(from);
  options.to = day_of(to);
  options.part = part;
  options.parts = parts;
  options.overwrite = overwrite;
  options.threads = threads_of(threads);
  return interruptibly([&] { return to_json(pipeline::simulate_stage(scenario, options)).dump(); });
}

std::string run(const Scenario& scenario, const std::string& data, const std::string& lake,
                const OptionalText& truth, const OptionalText& from, const OptionalText& to,
                double max_rejected, bool overwrite, int threads) {
  pipeline::RunOptions options;
  options.run_id = pipeline::new_run_id();
  options.data = data;
  options.lake = lake;
  options.truth = truth ? *truth : cli::truth_beside(data);
  options.from = day_of(from);
  options.to = day_of(to);
  options.max_rejected = max_rejected;
  options.overwrite = overwrite;
  options.threads = threads_of(threads);
  return interruptibly([&] { return cli::run_json(pipeline::run(scenario, options)).dump(); });
}

std::string report(const std::string& uri, const OptionalText& from, const OptionalText& to,
                   const std::string& region, const std::vector<std::int64_t>& stores) {
  pipeline::ReportFilters filters;
  filters.from = day_of(from);
  filters.to = day_of(to);
  filters.region = region;
  filters.stores = stores;
  return interruptibly([&] {
    lake::Lake lake(uri, lake::Expect::a_lake);
    return cli::report_json(pipeline::make_report(lake, filters)).dump();
  });
}

std::string score(const std::string& uri, const OptionalText& truth, int threads) {
  return interruptibly([&] {
    lake::Lake lake(uri, lake::Expect::a_lake);
    std::optional<pipeline::QualityScore> quality;
    if (truth) quality = pipeline::score_quality(lake, *truth);
    const auto readings = pipeline::realism_scorecard(lake, {threads_of(threads), true});
    return cli::score_json(quality, readings).dump();
  });
}

std::string compare(const Scenario& a, const Scenario& b, const std::vector<std::int64_t>& without,
                    const OptionalText& from, const OptionalText& to,
                    const std::vector<std::int64_t>& stores, int threads) {
  pipeline::CompareOptions options;
  for (const auto promotion : without) options.without.push_back({promotion});
  options.from = day_of(from);
  options.to = day_of(to);
  options.stores = stores;
  options.threads = threads_of(threads);
  return interruptibly([&] {
    return cli::comparison_json(pipeline::compare_stage(a, b, options), {a.name, b.name}).dump();
  });
}

}  // namespace

void bind_commands(nb::module_& module) {
  module.def("simulate", &simulate, "scenario"_a, "out"_a, "truth"_a, "from_day"_a, "to_day"_a,
             "part"_a, "parts"_a, "overwrite"_a, "threads"_a);
  module.def("run", &run, "scenario"_a, "data"_a, "lake"_a, "truth"_a, "from_day"_a, "to_day"_a,
             "max_rejected"_a, "overwrite"_a, "threads"_a);
  module.def("report", &report, "lake"_a, "from_day"_a, "to_day"_a, "region"_a, "stores"_a);
  module.def("score", &score, "lake"_a, "truth"_a, "threads"_a);
  module.def("compare", &compare, "a"_a, "b"_a, "without"_a, "from_day"_a, "to_day"_a, "stores"_a,
             "threads"_a);
  module.def("data_dictionary", [] { return json::schema_json(all_tables()); });
  module.def("close_storage", &lake::close_storage);
}

}  // namespace retailsim::python
