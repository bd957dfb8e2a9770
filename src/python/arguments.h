// What Python hands over, as the rest of the program wants it.
#pragma once

#include <optional>
#include <string>

#include "model/time.h"

namespace retailsim::python {

// Throws Failure(wrong_usage) unless it is YYYY-MM-DD.
std::optional<Day> day_of(const std::optional<std::string>& text);
// 0: as many as there are processors.
int threads_of(int threads);

}  // namespace retailsim::python
