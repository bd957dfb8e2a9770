// Tables and scenarios explained to people, as Markdown.
#pragma once

#include <span>
#include <string>

#include "model/table_facts.h"

namespace retailsim {

// A section for each of `tables`: what a row is, then a line a column.
std::string data_dictionary(std::span<const TableFacts> tables);

// Every key that a scenario file may have: its default, what is legal, what it means.
std::string scenario_guide();

}  // namespace retailsim
