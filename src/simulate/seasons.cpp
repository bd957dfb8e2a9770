#include "simulate/seasons.h"

#include <algorithm>
#include <array>

#include "model/scenario_feasts.h"
#include "simulate/clock.h"
#include "simulate/distributions.h"

namespace retailsim::simulate {
namespace {

// The weeks before these days are those in which some categories of the panel rise.
constexpr std::array<std::string_view, feast_count> feasts = {"02-03", "easter", "05-30",
                                                              "07-04", "11-24",  "12-25"};
constexpr double most = 6;  // factor on a share

// How near the week's Thursday is to three days before a feast: 1 at it, a bell of six days.
double nearness(Day thursday, Day feast) {
  const double off = static_cast<double>((feast - thursday).count()) - 3;
  return exponential(-0.5 * off * off / 36);
}

double log_season(const CategoryState& category, int week, const FeastsNear& near) {
  const Day thursday = monday_of(week) + std::chrono::days(3);
  const std::chrono::year_month_day date{thursday};
  const Day new_year{date.year() / 1 / 1};
  const double day = 1 + static_cast<double>((thursday - new_year).count());
  double sum = category.season * cosine_of_turns((day - category.peak_day) / days_per_year);
  for (std::size_t i = 0; i < feast_count; ++i) sum += category.feasts[i] * near[i];
  return sum;
}

// The mean of e^season over the year. The wave gives I0(amplitude), here by its series; a feast
// lifts some two weeks.
double mean_of_year(const CategoryState& category) {
  const double half = category.season * category.season / 4;
  double mean = 1 + half * (1 + half / 4 * (1 + half / 9 * (1 + half / 16)));
  for (const double feast : category.feasts)
    if (feast > 0) mean += 2.2 / 52 * (std::min(exponential(feast), most) - 1);
  return mean;
}

}  // namespace

FeastsNear feasts_near(int week) {
  FeastsNear near{};
  const Day thursday = monday_of(week) + std::chrono::days(3);
  const int year = static_cast<int>(std::chrono::year_month_day{thursday}.year());
  for (std::size_t i = 0; i < feast_count; ++i)
    for (const int near_year : {year, year + 1})
      if (const auto feast = day_of_feast(feasts[i], near_year))
        near[i] += nearness(thursday, *feast);
  return near;
}

double season_of(const CategoryState& category, int week, const FeastsNear& near) {
  return std::min(exponential(log_season(category, week, near)) / mean_of_year(category), most);
}

double season_peak(const CategoryState& category) {
  double peak = exponential(std::abs(category.season));
  for (const double feast : category.feasts)
    peak = std::max(peak, exponential(std::abs(category.season) + feast));
  return std::min(peak / mean_of_year(category), most);
}

}  // namespace retailsim::simulate
