// The gold table data_quality_day, from what the objects of the lake say of themselves: no
// object is read for it.
#pragma once

#include <string>
#include <vector>

#include "lake/lake.h"

namespace retailsim::pipeline {

// By table, feed date and rule. See sql/gold/data_quality_day.sql for what it says.
std::vector<DataQualityDay> data_quality_days(lake::Lake& lake);

// What it is made from: every raw and clean object.
std::vector<std::string> data_quality_reads(lake::Lake& lake);

}  // namespace retailsim::pipeline
