// The lake into Amazon Redshift, as a stage: its record counts units as objects.
#pragma once

#include "pipeline/run_record.h"
#include "warehouse/load.h"

namespace retailsim::pipeline {

StageRecord redshift_stage(const warehouse::LoadOptions& options, const warehouse::Service& service,
                           const warehouse::Target& target, lake::Lake& lake);

}  // namespace retailsim::pipeline
