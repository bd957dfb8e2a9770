#include "simulate/collections.h"

#include <algorithm>

#include "simulate/random.h"

namespace retailsim::simulate {
namespace {

// All of it assumed, after the collections and legal sales of French fashion shops.
constexpr std::uint32_t weeks_of_launches = 10;
constexpr std::uint32_t weeks_of_overlap = 3;

// Two a year, counted on; even ones are springs.
int first_week_of(int season) {
  const std::chrono::year year{season >> 1};
  return week_of((season & 1) == 0 ? year / 1 / 22 : year / 7 / 22);
}

int season_of_week(int week) {
  const std::chrono::year_month_day day{monday_of(week)};
  const int spring = 2 * static_cast<int>(day.year());
  if (week < first_week_of(spring)) return spring - 1;
  return week < first_week_of(spring + 1) ? spring : spring + 1;
}

}  // namespace

std::optional<WeeksOnShelf> collection_of(const Scenario& scenario, std::uint64_t seed,
                                          std::uint32_t product, double seasonal) {
  if (scenario.collection_share <= 0) return std::nullopt;
  Draws draws{seed, Stream::collection, {product}};
  const double belongs = draws.unit();
  const std::uint32_t season_word = draws.word();
  const std::uint32_t launch_word = draws.word();
  const std::uint32_t leave_word = draws.word();
  if (belongs >= scenario.collection_share * seasonal) return std::nullopt;
  const int first = season_of_week(week_of(scenario.from));
  const int last = season_of_week(week_of(scenario.to));
  const int season =
      first + static_cast<int>(below(static_cast<std::uint32_t>(last - first + 1), season_word));
  const int launch =
      first_week_of(season) + static_cast<int>(below(weeks_of_launches, launch_word));
  const int leave =
      first_week_of(season + 1) + static_cast<int>(below(weeks_of_overlap, leave_word));
  return WeeksOnShelf{.first_week = std::min(launch, week_of(scenario.to)), .last_week = leave};
}

double clearance_depth(const Scenario& scenario, const ProductState& product, int week) {
  const std::int64_t weeks = scenario.clearance_weeks;
  const std::int64_t left = std::int64_t{product.last_week} - week;
  if (left < 0 || left >= weeks) return 0;
  return scenario.clearance_depth * static_cast<double>(weeks - left) / static_cast<double>(weeks);
}

}  // namespace retailsim::simulate
