// The tables as JSON, for programs that generate something from them.
#pragma once

#include <span>
#include <string>

#include "model/table_facts.h"

namespace retailsim::json {

// {"tables":[{"name", "plural", "meaning", "delivery", "layers", "columns":[…]}]}; ranges are in
// the column's unit.
std::string schema_json(std::span<const TableFacts> tables);

}  // namespace retailsim::json
