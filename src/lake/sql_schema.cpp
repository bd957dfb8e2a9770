#include "lake/sql_schema.h"

#include <fmt/core.h>

#include <algorithm>

namespace retailsim::lake {
namespace {

// Reserved in PostgreSQL 15, DuckDB or Redshift and plausible as a name of a column or table.
constexpr std::string_view reserved[] = {
    "all",        "analyse",       "and",     "any",       "array",   "as",
    "asc",        "authorization", "backup",  "between",   "both",    "case",
    "cast",       "check",         "collate", "column",    "create",  "cross",
    "default",    "delta",         "desc",    "do",        "else",    "end",
    "explicit",   "for",           "foreign", "from",      "full",    "grant",
    "group",      "identity",      "in",      "initially", "into",    "is",
    "join",       "left",          "like",    "limit",     "minus",   "new",
    "not",        "null",          "offset",  "old",       "on",      "open",
    "or",         "order",         "outer",   "partition", "percent", "primary",
    "references", "right",         "select",  "table",     "tag",     "to",
    "union",      "user"};

std::string type_in_sql(const ColumnFacts& column) {
  if (column.kind == ValueKind::timestamp) return "timestamp with time zone";
  const std::string type = column.type_text();
  return type == "text" ? "varchar" : type;
}

// What the rows of a clean or gold table keep to; raw rows keep to less.
std::string check_of(const ColumnFacts& column) {
  const std::string name = sql_name(column.name);
  if (column.kind == ValueKind::word) {
    std::string words;
    for (const auto word : column.words)
      words += fmt::format("{}{}", words.empty() ? "" : ", ", sql_text(word));
    return fmt::format(" CHECK ({} IN ({}))", name, words);
  }
  if (column.at_least && column.at_most) {
    return fmt::format(" CHECK ({} BETWEEN {} AND {})", name, column.number_text(*column.at_least),
                       column.number_text(*column.at_most));
  }
  if (column.at_least)
    return fmt::format(" CHECK ({} >= {})", name, column.number_text(*column.at_least));
  return column.at_most
             ? fmt::format(" CHECK ({} <= {})", name, column.number_text(*column.at_most))
             : "";
}

std::string create_table(const TableFacts& table, Layer layer) {
  const std::string sql_table = sql_table_name(table, layer);
  std::string text = fmt::format("\nCREATE TABLE {} (\n", sql_table);
  for (const auto& column : table.columns) {
    text += fmt::format("    {} {}{}{},\n", sql_name(column.name), type_in_sql(column),
                        column.is_nullable(layer) ? "" : " NOT NULL",
                        layer == Layer::raw ? "" : check_of(column));
  }
  std::string keys;
  if (layer != Layer::raw) {
    for (const auto* key : table.keys())
      keys += fmt::format("{}{}", keys.empty() ? "" : ", ", sql_name(key->name));
  }
  if (keys.empty()) {
    text.erase(text.size() - 2);
    text += '\n';
  } else {
    text += fmt::format("    PRIMARY KEY ({})\n", keys);
  }
  return text + ");\n" + sql_comments(table, sql_table);
}

}  // namespace

std::string sql_name(std::string_view name) {
  const bool is_reserved = std::ranges::find(reserved, name) != std::end(reserved);
  return is_reserved ? fmt::format("\"{}\"", name) : std::string{name};
}

std::string sql_table_name(const TableFacts& table, Layer layer) {
  return fmt::format("{}.{}", label(layer), sql_name(table.name));
}

std::string sql_text(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += c;
    out += c;
  }
  return out + "'";
}

std::string sql_comments(const TableFacts& table, std::string_view sql_table) {
  std::string text =
      fmt::format("COMMENT ON TABLE {} IS {};\n", sql_table, sql_text(table.meaning));
  for (const auto& column : table.columns) {
    std::string meaning{column.meaning};
    if (!column.unit.empty()) meaning += fmt::format(" Unit: {}.", column.unit);
    if (!column.references.empty()) meaning += fmt::format(" Refers to {}.", column.references);
    text += fmt::format("COMMENT ON COLUMN {}.{} IS {};\n", sql_table, sql_name(column.name),
                        sql_text(meaning));
  }
  return text;
}

std::string sql_schema(std::span<const TableFacts> tables, std::span<const Layer> layers) {
  std::string text =
      "-- The tables of the lake, for DuckDB and for PostgreSQL 15 or later. Made by\n"
      "-- `retailsim schema --format sql`; change src/model/tables/ instead.\n"
      "--\n"
      "-- A schema is a folder of the lake. References are told in comments and not enforced: a "
      "lake\n"
      "-- that holds only some days lacks, say, the sale that a later return names.\n";
  for (const Layer layer : layers) {
    std::string of_layer;
    for (const auto& table : tables)
      if (table.is_in(layer)) of_layer += create_table(table, layer);
    if (!of_layer.empty())
      text += fmt::format("\nCREATE SCHEMA IF NOT EXISTS {};\n{}", label(layer), of_layer);
  }
  return text;
}

}  // namespace retailsim::lake
