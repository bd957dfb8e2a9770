// The tables of the lake as SQL: what to create before loading its Parquet into a database.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/table_facts.h"

namespace retailsim::lake {

// CREATE TABLE for each of `tables` in each of `layers` that has it, in a schema named like
// the layer; DuckDB and PostgreSQL (15 or later) take the same text. Keys, NOT NULL and legal
// ranges are declared where the layer keeps them; what may refer to rows that were never
// delivered is told in comments only.
std::string sql_schema(std::span<const TableFacts> tables, std::span<const Layer> layers);

// The same for Amazon Redshift, with distribution, sort keys and encodings derived from what
// the columns are.
std::string redshift_schema(std::span<const TableFacts> tables, std::span<const Layer> layers);

// CREATE TABLE IF NOT EXISTS of one table, for Amazon Redshift, without a semicolon.
std::string redshift_table(const TableFacts& table, Layer layer);
// "clean.store": how SQL names the table of a layer.
std::string sql_table_name(const TableFacts& table, Layer layer);
// Its type in Redshift; text is as long as Redshift makes it when nothing is said.
std::string type_in_redshift(const ColumnFacts& column);

// `name`, in quotes where DuckDB, PostgreSQL or Redshift would read it as a word of theirs.
std::string sql_name(std::string_view name);
// A text in single quotes.
std::string sql_text(std::string_view text);
// COMMENT ON for a table and each of its columns.
std::string sql_comments(const TableFacts& table, std::string_view sql_table);

}  // namespace retailsim::lake
