// What is loaded as one: the objects of a table and month (or of a table that is whole), the rows
// of the warehouse that they replace, and a fingerprint of both. A warehouse that holds the rows of
// a fingerprint needs no other load until the fingerprint changes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lake/lake.h"
#include "model/table_facts.h"

namespace retailsim::warehouse {

// A table of the lake that is loaded.
struct LoadTable {
  const TableFacts* facts = nullptr;
  Layer layer = Layer::clean;
  std::string sql_name() const;  // "clean.store"
};

// The tables of `layers`, parents first; all of them when `names` is empty. Throws
// Failure(wrong_usage) for a name that none of the layers has.
std::vector<LoadTable> load_tables(std::span<const Layer> layers,
                                   std::span<const std::string> names);

struct UnitObject {
  std::string path;  // below the lake
  std::int64_t bytes = 0;
};

struct LoadUnit {
  LoadTable table;
  std::optional<Month> month;  // none: the whole table
  std::vector<UnitObject> objects;
  std::int64_t rows = 0;    // in the objects
  std::string fingerprint;  // of the objects' inputs, and of the table's declaration in Redshift

  std::string part() const { return part_name(month); }
  std::string manifest_path() const;  // below the lake
  // "all", or "2024-01".
  static std::string part_name(const std::optional<Month>& month);
};

// Every unit of a table that the lake has objects of, by month. Throws Failure(corrupt_data) when
// a month's rows could not be told from those of others in the warehouse.
std::vector<LoadUnit> load_units(lake::Lake& lake, const LoadTable& table);

// A gold table is loaded as it was published, and clean tables as gold was made from them. Throws
// Failure: wrong_usage when nothing was published yet, corrupt_data when a publish is unfinished.
void require_published(lake::Lake& lake);

// What COPY reads: exactly the objects of the unit, with their lengths. `location` is where the
// lake lies on S3, as s3://bucket/prefix.
std::string manifest_text(const LoadUnit& unit, const std::string& location);

// The folder of the lake for manifests, with a slash; everything else of the lake leaves it alone.
std::string manifest_folder(const LoadTable& table);

}  // namespace retailsim::warehouse
