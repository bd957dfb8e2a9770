#include "lake/external_schema.h"

#include <fmt/core.h>

#include <algorithm>

#include "lake/lake.h"
#include "lake/sql_schema.h"

namespace retailsim::lake {
namespace {

// A folder of the lake that is one table.
struct Folder {
  const TableFacts* table;
  std::string_view layer;  // "raw"; empty for what lies beside raw and clean
  std::string name, path;  // "visit", "raw/visit/"
  std::string_view key;    // its folders are key=value; empty: it has none
  // What the key is called as a column: no table may have two columns of a name.
  std::string column() const {
    return table->has_column(key) ? fmt::format("{}_folder", key) : std::string{key};
  }
  bool is_daily() const { return key == "feed_date"; }
};

std::string_view key_of(const TableFacts& table, Layer layer) {
  if (layer == Layer::raw) return table.delivery == Delivery::event ? "feed_date" : "";
  if (layer == Layer::clean) return table.delivery == Delivery::event ? "month" : "";
  const auto keys = table.keys();
  const bool is_of_a_month = std::ranges::any_of(
      keys, [](const auto* key) { return key->name == "month" || key->name == "business_date"; });
  return is_of_a_month ? "month" : "";
}

std::vector<Folder> folders(std::span<const TableFacts> tables, std::span<const Layer> layers) {
  std::vector<Folder> found;
  for (const Layer layer : layers) {
    for (const auto& table : tables) {
      if (!table.is_in(layer)) continue;
      found.push_back({&table, label(layer), std::string{table.name},
                       fmt::format("{}/{}/", label(layer), table.name), key_of(table, layer)});
    }
  }
  // Few rows, of all tables and stages: read as one, and "$path" tells them apart.
  for (const Beside which : {Beside::quarantine, Beside::findings}) {
    for (const auto& table : tables) {
      if (table.plural == label(which))
        found.push_back(
            {&table, "", std::string{label(which)}, fmt::format("{}/", label(which)), ""});
    }
  }
  return found;
}

std::string type_in_athena(const ColumnFacts& column) {
  switch (column.kind) {
    case ValueKind::text:
    case ValueKind::word:
      return "string";
    case ValueKind::integer:
      return "int";
    default:
      return column.type_text();
  }
}

// A refused row is kept as it was received, however long it is.
std::string type_in_spectrum(const ColumnFacts& column, const Folder& folder) {
  const bool is_long = folder.layer.empty() && column.kind == ValueKind::text;
  return is_long ? "varchar(65535)" : type_in_redshift(column);
}

std::string projection(const Folder& folder) {
  const std::string column = folder.column();
  std::string text = "\nTBLPROPERTIES (\n    'projection.enabled' = 'true'";
  const auto property = [&](std::string_view name, std::string_view value) {
    text += fmt::format(",\n    'projection.{}.{}' = '{}'", column, name, value);
  };
  property("type", "date");
  property("format", folder.is_daily() ? "yyyy-MM-dd" : "yyyy-MM");
  property("range", folder.is_daily() ? "2000-01-01,NOW+10YEARS" : "2000-01,NOW+10YEARS");
  property("interval", "1");
  property("interval.unit", folder.is_daily() ? "DAYS" : "MONTHS");
  text += fmt::format(
      ",\n    'storage.location.template' = '{{lake}}/{}{}${{{}}}/'\n)", folder.path,
      folder.table->has_column(folder.key) ? "" : fmt::format("{}=", folder.key), column);
  return text;
}

std::string athena_table(const Folder& folder, std::string_view database) {
  std::string text =
      fmt::format("\nCREATE EXTERNAL TABLE IF NOT EXISTS `{}`.`{}` (", database, folder.name);
  for (const auto& column : folder.table->columns)
    text += fmt::format("{}\n    `{}` {}", &column == folder.table->columns.data() ? "" : ",",
                        column.name, type_in_athena(column));
  text += "\n)\n";
  if (!folder.key.empty())
    text += fmt::format("PARTITIONED BY (`{}` {})\n", folder.column(),
                        folder.is_daily() ? "date" : "string");
  text += fmt::format("STORED AS PARQUET\nLOCATION '{{lake}}/{}'", folder.path);
  if (!folder.key.empty()) text += projection(folder);
  return text + ";\n";
}

std::string spectrum_table(const Folder& folder, std::string_view schema) {
  std::string text = fmt::format("\nCREATE EXTERNAL TABLE {}.{} (", schema, sql_name(folder.name));
  for (const auto& column : folder.table->columns)
    text += fmt::format("{}\n    {} {}", &column == folder.table->columns.data() ? "" : ",",
                        sql_name(column.name), type_in_spectrum(column, folder));
  text += "\n)\n";
  if (!folder.key.empty())
    text += fmt::format("PARTITIONED BY ({} {})\n", folder.column(),
                        folder.is_daily() ? "date" : "varchar(7)");
  return text + fmt::format("STORED AS PARQUET\nLOCATION '{{lake}}/{}';\n", folder.path);
}

// "retailsim_raw", and "retailsim_lake" for what lies beside the layers.
std::string name_after(std::string_view prefix, const Folder& folder) {
  return fmt::format("{}_{}", prefix, folder.layer.empty() ? "lake" : folder.layer);
}

// Redshift takes so many in one statement.
constexpr std::size_t most_partitions = 100;

std::string partitions(const Folder& folder, std::string_view schema, Lake& lake) {
  std::string text;
  std::size_t added = 0;
  for (const auto& [path, facts] : lake.objects(folder.path)) {
    const std::string place = path.substr(0, path.rfind('/') + 1);
    if (added % most_partitions == 0) {
      text += fmt::format("{}\nALTER TABLE {}.{} ADD IF NOT EXISTS", added == 0 ? "" : ";\n",
                          schema, sql_name(folder.name));
    }
    ++added;
    text += fmt::format("\nPARTITION ({} = {}) LOCATION '{{lake}}/{}'", folder.column(),
                        sql_text(partition_of(path)), place);
  }
  return text.empty() ? text : text + ";\n";
}

std::string schema_in_spectrum(const Folder& folder) {
  return folder.layer.empty() ? "lake" : name_after("lake", folder);
}

}  // namespace

std::string athena_schema(std::span<const TableFacts> tables, std::span<const Layer> layers) {
  std::string text =
      "-- The lake's Parquet objects as tables of Amazon Athena. Made by `retailsim schema "
      "--format "
      "athena`;\n"
      "-- change src/model/tables/ instead. {lake} is the lake's address: put s3://BUCKET/PREFIX "
      "there.\n"
      "--\n"
      "-- Athena runs one statement at a time. It works the partitions out by itself, from the "
      "ranges\n"
      "-- below; a narrower range makes questions without a day faster. Where rows have their "
      "month,\n"
      "-- the folder is the column month_folder: name it in WHERE to read only these folders.\n"
      "-- Timestamps are UTC. docs/data-dictionary.md says what the columns mean.\n";
  std::string database;
  for (const Folder& folder : folders(tables, layers)) {
    const std::string its = name_after("retailsim", folder);
    if (its != database) text += fmt::format("\nCREATE DATABASE IF NOT EXISTS `{}`;\n", its);
    database = its;
    text += athena_table(folder, database);
  }
  return text;
}

std::string spectrum_schema(std::span<const TableFacts> tables, std::span<const Layer> layers) {
  std::string text =
      "-- The lake's Parquet objects as external tables of Amazon Redshift (Spectrum), in the "
      "Glue\n"
      "-- catalog. Made by `retailsim schema --format spectrum`; change src/model/tables/ "
      "instead.\n"
      "-- {lake} is the lake's address: put s3://BUCKET/PREFIX there.\n"
      "--\n"
      "-- Redshift knows no partition until it is told of it, of each month or feed date once:\n"
      "--   ALTER TABLE lake_clean.visit ADD IF NOT EXISTS\n"
      "--   PARTITION (month = '2024-01') LOCATION '{lake}/clean/visit/month=2024-01/'\n"
      "-- With --lake URI the command prints these too, for what is in that lake.\n"
      "-- Where rows have their month, the folder is the column month_folder. Timestamps are UTC.\n"
      "-- docs/data-dictionary.md says what the columns mean. The databases are not those of\n"
      "-- Athena, which needs no list of partitions.\n";
  std::string schema;
  for (const Folder& folder : folders(tables, layers)) {
    const std::string its = schema_in_spectrum(folder);
    if (its != schema) {
      text += fmt::format(
          "\nCREATE EXTERNAL SCHEMA IF NOT EXISTS {}\nFROM DATA CATALOG\nDATABASE '{}'\n"
          "IAM_ROLE default\nCREATE EXTERNAL DATABASE IF NOT EXISTS;\n",
          its, name_after("retailsim_spectrum", folder));
    }
    schema = its;
    text += spectrum_table(folder, schema);
  }
  return text;
}

std::string spectrum_partitions(std::span<const TableFacts> tables, std::span<const Layer> layers,
                                Lake& lake) {
  std::string text;
  for (const Folder& folder : folders(tables, layers))
    if (!folder.key.empty()) text += partitions(folder, schema_in_spectrum(folder), lake);
  return text;
}

std::string of_lake(std::string text, std::string address) {
  constexpr std::string_view placeholder = "{lake}";
  while (address.ends_with('/')) address.pop_back();
  const std::string quoted = sql_text(address);
  const std::string_view value = std::string_view{quoted}.substr(1, quoted.size() - 2);
  for (auto at = text.find(placeholder); at != text.npos;
       at = text.find(placeholder, at + value.size()))
    text.replace(at, placeholder.size(), value);
  return text;
}

}  // namespace retailsim::lake
