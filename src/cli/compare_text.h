// A comparison as tables for people and as JSON for machines.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "pipeline/compare/comparison.h"

namespace retailsim::cli {

// What A and B are, in the user's words.
struct ComparedNames {
  std::string a, b;
};

std::string comparison_table(const pipeline::Comparison& comparison, const ComparedNames& names);
nlohmann::ordered_json comparison_json(const pipeline::Comparison& comparison,
                                       const ComparedNames& names);

}  // namespace retailsim::cli
