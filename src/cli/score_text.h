// Both scores of a lake as tables for people and as JSON for machines.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>

#include "pipeline/score_stage.h"
#include "pipeline/scorecard.h"

namespace retailsim::cli {

using Readings = std::span<const transform::realism::Reading>;

std::string quality_table(const pipeline::QualityScore& score);
std::string realism_table(Readings readings);

// `data_quality` is null where no truth was given.
nlohmann::ordered_json score_json(const std::optional<pipeline::QualityScore>& score,
                                  Readings readings);

}  // namespace retailsim::cli
