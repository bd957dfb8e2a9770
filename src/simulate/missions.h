// Why somebody comes: to fill in a few things or to stock up, which decides how large the
// basket gets. Prototype, fitted on the panel.
#pragma once

#include <cstddef>

namespace retailsim::simulate {

// Days since the last trip to the store: this or more, or unknown.
inline constexpr std::size_t longest_gap = 12;

// Added to the logit of stocking up: by days since the last trip (0: another trip on the same
// day), and by hour of the day.
double stock_up_by_gap(std::size_t days);
double stock_up_by_hour(std::size_t hour);

// Added to the log of lines per basket, by hour of the day.
double log_lines_by_hour(std::size_t hour);

}  // namespace retailsim::simulate
