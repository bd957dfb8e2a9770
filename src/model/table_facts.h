// Every table as plain data, for what documents or declares tables elsewhere: SQL, OpenAPI, the
// data dictionary. Made from the columns() of the table lists in schema.h, so that a table or a
// column declared there needs no line here.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/schema.h"

namespace retailsim {

enum class ValueKind : std::uint8_t {
  text,
  word,  // one of a few texts
  boolean,
  integer,  // 32 bits
  bigint,   // 64 bits, a count
  id,       // 64 bits, below 2^53
  decimal,
  date,
  timestamp  // UTC, microseconds
};

struct ColumnFacts {
  std::string_view name, meaning, unit;
  ValueKind kind = ValueKind::text;
  int precision = 0, scale = 0;              // of a decimal
  std::vector<std::string_view> words = {};  // the legal ones of a word
  bool is_optional = false;
  bool is_key = false, is_sorted = false, is_inherited = false, is_measure = false;
  // The legal range in units of the last digit: cents for money.
  std::optional<std::int64_t> at_least = {}, at_most = {};
  std::string_view references = "";  // "store.store_id"

  bool is_nullable(Layer layer) const { return is_optional || (layer == Layer::raw && is_measure); }
  // "decimal(12,2)", "bigint": the same word in DuckDB, PostgreSQL and Redshift, but for
  // "text" and "timestamp".
  std::string type_text() const;
  // A bound as a number of the column's unit: 1000 of a decimal with two digits is "10.00".
  std::string number_text(std::int64_t bound) const;
  // "0 or more", "0 to 23", "one of SALE, RETURN"; empty when everything is legal.
  std::string legal_text() const;
};

struct TableFacts {
  std::string_view name, plural, meaning;
  Delivery delivery = Delivery::derived;
  bool is_served = false;                            // under /v1/<plural>
  std::string_view children = "", children_in = "";  // the nested table, and its name in JSON
  std::string_view parent = "";                      // the table in whose JSON this one is nested
  std::vector<Layer> layers = {};                    // of the lake, where it is a table
  std::vector<ColumnFacts> columns = {};

  bool is_in(Layer layer) const;
  bool has_column(std::string_view column) const;
  // The columns that identify a row; none where one of them may be absent, which no primary
  // key of a database allows.
  std::vector<const ColumnFacts*> keys() const;
};

// Parents before children; raw and clean before gold. Last, and in no layer, those that stand
// beside each table of raw and clean, such as quarantine.
std::span<const TableFacts> all_tables();

// Throws Failure(wrong_usage), naming the nearest table, when there is none called `name`.
const TableFacts& table_called(std::string_view name);

}  // namespace retailsim
