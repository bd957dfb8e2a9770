// The materialised views of sql/redshift/views.sql: KPI tables that Redshift makes itself, from the
// clean tables. The file is built into the program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "warehouse/load_sql.h"

namespace retailsim::warehouse {

// The file.
std::string_view views_text();

// What a view stands on: schemas, in the order of the file.
Statements view_schemas();

struct View {
  std::string name;    // "mart.store_day"
  std::string create;  // CREATE MATERIALIZED VIEW …
};
// In the order of the file: a view comes after those that it reads.
std::vector<View> materialized_views();

}  // namespace retailsim::warehouse
