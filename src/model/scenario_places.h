// Where stores can stand: regions with their real towns. A scenario names regions; each is
// a price zone, with one clock.
#pragma once

#include <span>
#include <string_view>

#include "model/money.h"

namespace retailsim {

struct Town {
  std::string_view name;
  Degrees latitude;
  Degrees longitude;
};

struct Region {
  std::string_view name;
  std::string_view timezone;  // IANA name
  std::span<const Town> towns;
};

std::span<const Region> all_regions();

// Null when no region has that name.
const Region* find_region(std::string_view name);

}  // namespace retailsim
