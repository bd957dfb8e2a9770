#include "simulate/weather.h"

#include <array>

#include "simulate/clock.h"
#include "simulate/distributions.h"
#include "simulate/world_parts.h"

namespace retailsim::simulate {
namespace {

// Standard normal, and correlated with the days before: a weighted sum of the last days' draws.
// So no day needs another's weather.
double spell(const World& world, std::uint32_t zone, Day day, std::uint32_t part, double memory) {
  constexpr int days = 12;
  double sum = 0;
  double squares = 0;
  double weight = 1;
  for (int i = 0; i < days; ++i) {
    Draws draws{world.seed,
                Stream::weather,
                {zone, static_cast<std::uint32_t>((day - first_monday).count() - i + days)},
                part};
    sum += weight * normal(draws);
    squares += weight * weight;
    weight *= memory;
  }
  return sum / std::sqrt(squares);
}

// Degrees from the equator, of the region's first town.
double latitude_of(const World& world, std::uint32_t zone) {
  return world.zones[zone]->towns.front().latitude.scaled * 1e-6;
}

}  // namespace

// Temperatures by latitude: a plain climate between 40° and 50° with a mean of 12 °C and 9 °C
// between mean and summer; warmer and more even towards the equator. Spells of some days, a spread
// of 3.5 °C around the usual, rain on two days of five, 6 mm in the mean. Assumed.
Weather draw_weather(const World& world, std::uint32_t zone, Day day) {
  const double latitude = latitude_of(world, zone);
  const double from_equator = std::abs(latitude);
  const std::chrono::year_month_day date{day};
  const double day_of_year = static_cast<double>((day - Day{date.year() / 1 / 1}).count());
  const double half_year = latitude < 0 ? 182.6 : 0;
  const double summer = -cosine_of_turns((day_of_year - 15 + half_year) / days_per_year);
  Weather weather{};
  weather.usual_c = 27 - 0.33 * from_equator + 0.2 * from_equator * summer;
  weather.temperature_c = weather.usual_c + 3.5 * spell(world, zone, day, 0, 0.75);
  const double wetness = spell(world, zone, day, 1, 0.45);
  constexpr double dry_below = 0.2533;  // the 60 % quantile of a standard normal
  if (wetness > dry_below) {
    const double over = wetness - dry_below;
    weather.rain_mm = 9 * over;
  }
  return weather;
}

void add_weather(World& world) {
  const auto days = static_cast<int>(world.weather_days());
  for (std::uint32_t zone = 0; zone < world.zones.size(); ++zone)
    for (int day = 0; day < days; ++day)
      world.weather.push_back(
          draw_weather(world, zone, world.first_weather_day() + std::chrono::days(day)));
}

std::vector<WeatherDay> weather_rows(const World& world, std::size_t store_index, Day monday) {
  const StoreSite& store = world.stores[store_index];
  std::vector<WeatherDay> rows;
  // Regions are filled one after another.
  if (store_index > 0 && world.stores[store_index - 1].zone == store.zone) return rows;
  const auto reading = [](double value) {
    return Tenths{static_cast<std::int32_t>(std::floor(value * 10 + 0.5))};
  };
  for (int i = 0; i < 7; ++i) {
    const Day day = monday + std::chrono::days(i);
    if (day < world.scenario.from || day > world.scenario.to) continue;
    const Weather& weather = weather_on(world, store.zone, day);
    rows.push_back({std::string{world.zones[store.zone]->name}, day, reading(weather.temperature_c),
                    reading(weather.rain_mm)});
  }
  return rows;
}

double log_warmth(const CategoryState& category) {
  constexpr double per_degree = 0.06;  // of a category whose share doubles and halves. Assumed.
  constexpr double midsummer = 197;
  return per_degree * category.season *
         cosine_of_turns((category.peak_day - midsummer) / days_per_year);
}

}  // namespace retailsim::simulate
