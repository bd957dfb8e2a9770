// The weather of a region: a function of (seed, region, day), with warm and cold spells that
// last for days, and rain that comes in spells too.
#pragma once

#include <cstdint>

#include "simulate/world.h"

namespace retailsim::simulate {

// Works it out.
Weather draw_weather(const World& world, std::uint32_t zone, Day day);

// As the world remembers it, for the weeks of the scenario and some before.
inline const Weather& weather_on(const World& world, std::uint32_t zone, Day day) {
  const auto days = static_cast<std::size_t>((day - world.first_weather_day()).count());
  return world.weather[zone * world.weather_days() + days];
}

// The week's weather of the region whose first store this is, as its station reports it, for days
// of the scenario; of other stores none. So whoever sends the rows of every store sends each once.
std::vector<WeatherDay> weather_rows(const World& world, std::size_t store_index, Day monday);

// How much more of a category is wanted per °C above what the day usually has: what peaks in
// summer sells on warm days, what peaks in winter on cold ones. The log of a factor.
double log_warmth(const CategoryState& category);

}  // namespace retailsim::simulate
