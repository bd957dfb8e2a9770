#include "warehouse/load_unit.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "base/sha256.h"
#include "lake/current.h"
#include "lake/publish.h"
#include "lake/sql_schema.h"

namespace retailsim::warehouse {

std::string LoadTable::sql_name() const { return lake::sql_table_name(*facts, layer); }

std::vector<LoadTable> load_tables(std::span<const Layer> layers,
                                   std::span<const std::string> names) {
  std::vector<LoadTable> chosen;
  for (const Layer layer : layers) {
    for (const TableFacts& facts : all_tables()) {
      if (facts.is_in(layer) &&
          (names.empty() || std::ranges::find(names, facts.name) != names.end()))
        chosen.push_back({&facts, layer});
    }
  }
  for (const auto& name : names) {
    table_called(name);
    const auto is_it = [&](const LoadTable& table) { return table.facts->name == name; };
    if (std::ranges::any_of(chosen, is_it)) continue;
    throw Failure(FailureKind::wrong_usage,
                  fmt::format("{} is no table that Redshift would get", name),
                  "clean and gold tables are loaded: retailsim redshift sql names them");
  }
  return chosen;
}

std::string LoadUnit::part_name(const std::optional<Month>& month) {
  return month ? to_text(*month) : "all";
}

std::string manifest_folder(const LoadTable& table) {
  return fmt::format("_redshift/{}/{}/", label(table.layer), table.facts->name);
}

std::string LoadUnit::manifest_path() const {
  constexpr std::size_t enough = 16;
  return fmt::format("{}{}-{}.manifest", manifest_folder(table), part(),
                     fingerprint.substr(0, enough));
}

std::vector<LoadUnit> load_units(lake::Lake& lake, const LoadTable& table) {
  const std::string declaration = lake::redshift_table(*table.facts, table.layer);
  std::vector<LoadUnit> units;
  std::vector<Sha256> digests;
  for (const auto& [path, facts] : lake.objects(table.layer, table.facts->name)) {
    const auto month = lake::month_of_path(path);
    if (units.empty() || units.back().month != month) {
      units.push_back({table, month, {}, 0, ""});
      digests.emplace_back().add(declaration);
    }
    LoadUnit& unit = units.back();
    unit.objects.push_back({path, lake.bytes_of(path).value_or(0)});
    unit.rows += facts.rows;
    digests.back().add(fmt::format("\n{} {} {}", path, facts.inputs, facts.rows));
  }
  for (std::size_t i = 0; i < units.size(); ++i) units[i].fingerprint = digests[i].hex();
  return units;
}

void require_published(lake::Lake& lake) {
  const std::string uri = lake.store().display("");
  if (!lake::read_current(lake.store())) {
    throw Failure(FailureKind::wrong_usage, fmt::format("nothing was published in {} yet", uri),
                  fmt::format("retailsim transform --lake {}", uri));
  }
  if (lake::is_publish_unfinished(lake)) {
    throw Failure(FailureKind::corrupt_data, fmt::format("a publish into {} is unfinished", uri),
                  fmt::format("complete it with: retailsim transform --lake {}", uri));
  }
}

std::string manifest_text(const LoadUnit& unit, const std::string& location) {
  nlohmann::ordered_json entries = nlohmann::ordered_json::array();
  for (const auto& object : unit.objects) {
    // COPY asks for the length of Parquet objects.
    entries.push_back({{"url", fmt::format("{}/{}", location, object.path)},
                       {"mandatory", true},
                       {"meta", {{"content_length", object.bytes}}}});
  }
  const nlohmann::ordered_json whole = {{"entries", std::move(entries)}};
  return whole.dump(1) + "\n";
}

}  // namespace retailsim::warehouse
