#include "simulate/missions.h"

#include <algorithm>
#include <array>

namespace retailsim::simulate {
namespace {

constexpr std::array<double, longest_gap + 1> by_gap = {-1.25, -.58, -.07, .20, .45, .55, .70,
                                                        .95,   .90,  .80,  .75, .75, .70};
constexpr std::array<double, 24> by_hour = {-.26, -.37, -.78, -.40, -.60, -.48, -.60, -.52,
                                            -.35, -.12, .0,   .03,  .055, .095, .07,  .065,
                                            .055, .075, .045, .0,   -.06, -.18, -.22, -.28};

}  // namespace

double stock_up_by_gap(std::size_t days) { return by_gap[std::min(days, longest_gap)]; }
double stock_up_by_hour(std::size_t hour) { return 2.4 * by_hour[hour]; }
double log_lines_by_hour(std::size_t hour) { return 0.5 * by_hour[hour]; }

}  // namespace retailsim::simulate
