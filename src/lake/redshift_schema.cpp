#include <fmt/core.h>

#include <algorithm>

#include "lake/sql_schema.h"

namespace retailsim::lake {
namespace {

// The first sort column stays raw, so that blocks are skipped without being unpacked; a word
// has few values; az64 is for whole numbers, decimals and times; text is left to zstd.
std::string_view encoding(const ColumnFacts& column, bool is_first_sorted) {
  if (is_first_sorted) return "raw";
  switch (column.kind) {
    case ValueKind::word:
      return "bytedict";
    case ValueKind::text:
    case ValueKind::boolean:
      return "zstd";
    default:
      return "az64";
  }
}

// Receipts and their lines, and all else that happens, lie beside the rows of the same first
// key; what the chain is lies on every node, as it is joined to all; sums are spread evenly.
const ColumnFacts* distribution_key(const TableFacts& table) {
  const auto keys = table.keys();
  return table.delivery == Delivery::event && !keys.empty() ? keys.front() : nullptr;
}

// Questions name days first, then stores: the calendar columns of those that order the table,
// then the others. Events are ordered by their sorted references, the rest by their key.
std::vector<const ColumnFacts*> sort_keys(const TableFacts& table) {
  std::vector<const ColumnFacts*> days, others;
  for (const auto& column : table.columns) {
    const bool is_event = table.delivery == Delivery::event;
    const bool is_day = column.kind == ValueKind::date;
    const bool orders =
        is_event ? column.is_sorted && (is_day || (!column.is_key && !column.references.empty()))
                 : column.is_key;
    if (orders) (is_day && table.delivery != Delivery::snapshot ? days : others).push_back(&column);
  }
  days.insert(days.end(), others.begin(), others.end());
  return days;
}

std::string names_of(const std::vector<const ColumnFacts*>& columns) {
  std::string text;
  for (const auto* column : columns)
    text += fmt::format("{}{}", text.empty() ? "" : ", ", sql_name(column->name));
  return text;
}

}  // namespace

std::string redshift_table(const TableFacts& table, Layer layer) {
  const auto sorted = sort_keys(table);
  std::string text = fmt::format("CREATE TABLE IF NOT EXISTS {} (\n", sql_table_name(table, layer));
  for (const auto& column : table.columns) {
    const bool is_first = !sorted.empty() && sorted.front() == &column;
    text += fmt::format("    {} {}{} ENCODE {},\n", sql_name(column.name), type_in_redshift(column),
                        column.is_nullable(layer) ? "" : " NOT NULL", encoding(column, is_first));
  }
  const std::string keys = names_of(table.keys());
  if (layer == Layer::raw || keys.empty()) {
    text.erase(text.size() - 2);
    text += "\n)\n";
  } else {
    text += fmt::format("    PRIMARY KEY ({})\n)\n", keys);
  }
  if (const auto* key = distribution_key(table)) {
    text += fmt::format("DISTSTYLE KEY DISTKEY ({})\n", sql_name(key->name));
  } else {
    text += table.delivery == Delivery::snapshot ? "DISTSTYLE ALL\n" : "DISTSTYLE EVEN\n";
  }
  if (!sorted.empty()) text += fmt::format("COMPOUND SORTKEY ({})\n", names_of(sorted));
  text.pop_back();
  return text;
}

std::string type_in_redshift(const ColumnFacts& column) {
  if (column.kind == ValueKind::word) {
    std::size_t longest = 1;
    for (const auto word : column.words) longest = std::max(longest, word.size());
    return fmt::format("varchar({})", longest);
  }
  const std::string type = column.type_text();
  return type == "text" ? "varchar(256)" : type;
}

std::string redshift_schema(std::span<const TableFacts> tables, std::span<const Layer> layers) {
  std::string text =
      "-- The tables of the lake, for Amazon Redshift. Made by `retailsim schema --format "
      "redshift`;\n"
      "-- change src/model/tables/ instead.\n"
      "--\n"
      "-- Columns are in the order and of the types of the Parquet objects, as COPY … FORMAT "
      "PARQUET\n"
      "-- wants them. Timestamps are UTC. Redshift does not enforce primary keys; the lake keeps "
      "them.\n";
  for (const Layer layer : layers) {
    std::string of_layer;
    for (const auto& table : tables)
      if (table.is_in(layer)) {
        of_layer += fmt::format("\n{};\n{}", redshift_table(table, layer),
                                sql_comments(table, sql_table_name(table, layer)));
      }
    if (!of_layer.empty())
      text += fmt::format("\nCREATE SCHEMA IF NOT EXISTS {};\n{}", label(layer), of_layer);
  }
  return text;
}

}  // namespace retailsim::lake
