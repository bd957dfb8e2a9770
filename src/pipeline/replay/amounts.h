// Numbers of a file that somebody else wrote -> cents and units, exactly or not at all.
#pragma once

#include <cstdint>
#include <optional>

#include "model/money.h"

namespace arrow {
class Decimal128;
}

namespace retailsim::pipeline {

// Rounded half away from zero; nothing when it has more than ten digits before the point, or
// is no number. A float stands for the digits that people see, the shortest ones that read
// back as it: 2.675 is 2.68, although the nearest double is a little less.
std::optional<Cents> cents_of(double amount);
std::optional<Cents> cents_of(float amount);
// `scale` is the number of digits after the point.
std::optional<Cents> cents_of(const arrow::Decimal128& amount, std::int32_t scale);

// Nothing when the number is not whole, or has more than nine digits.
std::optional<std::int32_t> units_of(std::int64_t number);
std::optional<std::int32_t> units_of(std::uint64_t number);
std::optional<std::int32_t> units_of(double number);
std::optional<std::int32_t> units_of(const arrow::Decimal128& number, std::int32_t scale);

}  // namespace retailsim::pipeline
