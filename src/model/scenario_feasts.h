// Which day of a year a holiday falls on, movable feasts included.
#pragma once

#include <optional>
#include <string_view>

#include "model/time.h"

namespace retailsim {

// Easter Sunday of the Gregorian calendar.
Day easter_of(int year);

// The fourth Thursday of November.
Day thanksgiving_of(int year);

// "12-25" -> that day; "easter+39" -> Ascension; "thanksgiving-1" -> the day before. Nothing when
// the text is none of these, or when the year has no such day (02-29).
std::optional<Day> day_of_feast(std::string_view when, int year);

}  // namespace retailsim
