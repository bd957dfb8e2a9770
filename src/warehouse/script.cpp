// What a load would run, as a text: for a dry run, and for who runs it by other means.
#include <fmt/core.h>

#include "base/sha256.h"
#include "lake/sql_schema.h"
#include "warehouse/load.h"
#include "warehouse/views.h"

namespace retailsim::warehouse {
namespace {

std::string url_of(const LoadUnit& unit, const LoadOptions& options) {
  return fmt::format("{}/{}", options.location, unit.manifest_path());
}

void add_views(Script& script) {
  ScriptPart part{"materialised views", false, view_schemas()};
  for (auto& view : materialized_views()) part.statements.push_back(std::move(view.create));
  script.parts.push_back(std::move(part));
}

std::string as_comment(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
    out += fmt::format("-- {}", text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

}  // namespace

Script load_script(const LoadOptions& options, lake::Lake& lake) {
  require_published(lake);
  Script script;
  script.parts.push_back({"what is loaded", true, create_ledger()});
  for (const auto& table : load_tables(options.layers, options.tables)) {
    const TablePlan plan = plan_table(lake, table, {});
    script.parts.push_back({table.sql_name(), true, create_table(table, plan.declaration, false)});
    for (const auto& unit : plan.load) {
      script.parts.push_back(
          {fmt::format("{} {}, {} rows", table.sql_name(), unit.part(), unit.rows), true,
           load_statements(unit, options.location, options.iam_role)});
      script.manifests[url_of(unit, options)] = manifest_text(unit, options.location);
    }
  }
  if (options.refresh_views) add_views(script);
  return script;
}

Script sql_script(const LoadOptions& options, lake::Lake& lake) {
  require_published(lake);
  Script script;
  const auto tables = load_tables(options.layers, options.tables);
  for (const auto& table : tables)
    script.parts.push_back({table.sql_name(), false, declare_table(table)});
  for (const auto& table : tables) {
    ScriptPart part{fmt::format("rows of {}", table.sql_name()), false, {}};
    for (const auto& unit : load_units(lake, table)) {
      part.statements.push_back(copy_statement(unit, options.location, options.iam_role));
      script.manifests[url_of(unit, options)] = manifest_text(unit, options.location);
    }
    if (!part.statements.empty()) script.parts.push_back(std::move(part));
  }
  if (options.tables.empty() && options.layers.size() > 1) add_views(script);
  return script;
}

void write_manifests(const Script& script, const LoadOptions& options, lake::Lake& lake) {
  for (const auto& [url, text] : script.manifests)
    lake.store().put(url.substr(options.location.size() + 1), text);
}

std::string script_text(const Script& script) {
  std::string text;
  for (const auto& part : script.parts) {
    text += fmt::format("\n-- {}\n", part.title);
    if (part.is_transaction) text += "BEGIN;\n";
    for (const auto& statement : part.statements) text += statement + ";\n";
    if (part.is_transaction) text += "COMMIT;\n";
  }
  for (const auto& [url, manifest] : script.manifests)
    text += fmt::format("\n-- {}\n{}", url, as_comment(manifest));
  return text;
}

}  // namespace retailsim::warehouse
