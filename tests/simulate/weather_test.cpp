#include "simulate/weather.h"

#include <gtest/gtest.h>

#include <cmath>

#include "simulate/behaviour.h"
#include "simulate/seasons.h"
#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

TEST(Weather, IsWarmInSummerColdInWinterAndWetOnTwoDaysOfFive) {
  const auto world =
      tiny_world([](Scenario& s) { s.to = s.from + std::chrono::days(3 * 365 - 1); });
  double january = 0;
  double july = 0;
  int wet = 0;
  double rain = 0;
  double near = 0;
  double squares = 0;
  const int days = 3 * 365;
  for (int i = 0; i < days; ++i) {
    const Day day = world->scenario.from + std::chrono::days(i);
    const Weather& here = weather_on(*world, 0, day);
    const Weather& next = weather_on(*world, 0, day + std::chrono::days(1));
    const auto month = static_cast<unsigned>(std::chrono::year_month_day{day}.month());
    if (month == 1) january += here.temperature_c / 93;
    if (month == 7) july += here.temperature_c / 93;
    wet += here.rain_mm > 0 ? 1 : 0;
    rain += here.rain_mm / days;
    const double off = here.temperature_c - here.usual_c;
    squares += off * off / days;
    near += off * (next.temperature_c - next.usual_c) / days;
  }
  EXPECT_GT(july, january + 10);
  EXPECT_NEAR(static_cast<double>(wet) / days, 0.4, 0.05);
  EXPECT_NEAR(rain, 2.1, 0.5);
  EXPECT_NEAR(std::sqrt(squares), 3.5, 0.5);
  EXPECT_GT(near / squares, 0.5);  // spells last
}

TEST(Weather, TheSouthernHemisphereHasItsSummerInJanuary) {
  const auto world = tiny_world([](Scenario& s) { s.regions = {"Bretagne", "La Réunion"}; });
  double north = 0;
  double south = 0;
  for (int i = 0; i < 31; ++i) {
    const Day day = world->scenario.from + std::chrono::days(i);
    north += weather_on(*world, 0, day).usual_c / 31;
    south += weather_on(*world, 1, day).usual_c / 31;
  }
  EXPECT_LT(north, 8);
  EXPECT_GT(south, 22);
}

TEST(Weather, RainKeepsAwayAsManyAsTheScenarioSays) {
  const auto wet = tiny_world([](Scenario& s) { s.rain_effect = 0.2; });
  const auto dry = tiny_world([](Scenario& s) { s.rain_effect = 0; });
  int compared = 0;
  for (int week = 0; week < 8; ++week) {
    const Day monday = monday_of(wet->first_week() + week);
    const CellPlan with = plan_of({*wet, wet->stores[0], monday});
    const CellPlan without = plan_of({*dry, dry->stores[0], monday});
    for (std::size_t hour = 0; hour < hours_per_week; ++hour) {
      if (without.entries[hour] <= 0) continue;
      const Weather& weather =
          weather_on(*wet, wet->stores[0].zone, monday + std::chrono::days(hour / 24));
      const double beyond = std::max(0.0, -weather.temperature_c);
      const double expected = std::exp(-0.02 * (std::min(25.0, weather.rain_mm + beyond) - 2.1));
      EXPECT_NEAR(with.entries[hour] / without.entries[hour], expected, 1e-9);
      ++compared;
    }
  }
  EXPECT_GT(compared, 400);
}

TEST(Weather, WarmthSellsWhatPeaksInSummer) {
  CategoryState summer{};
  summer.season = 0.6;
  summer.peak_day = 197;
  CategoryState winter = summer;
  winter.peak_day = 197 - 182.6;
  EXPECT_NEAR(log_warmth(summer), 0.036, 1e-6);
  EXPECT_NEAR(log_warmth(winter), -0.036, 1e-3);
}

TEST(Seasons, AWaveHasItsTopAndBottomAndAMeanOfOne) {
  CategoryState category{};
  category.season = 0.5;
  category.peak_day = 190;
  const int first = week_of(std::chrono::year{2024} / 1 / 1);
  double sum = 0;
  double most = 0;
  double least = 9;
  for (int week = first; week < first + 52; ++week) {
    const double season = season_of(category, week, feasts_near(week));
    sum += season / 52;
    most = std::max(most, season);
    least = std::min(least, season);
  }
  EXPECT_NEAR(sum, 1, 0.01);
  EXPECT_NEAR(std::log(most / least), 1.0, 0.01);
  EXPECT_GE(season_peak(category) * 1.0001, most);
}

TEST(Seasons, FeastsLiftTheirCategoriesBeforeThem) {
  CategoryState christmas{};
  christmas.feasts[5] = 0.9;
  const int week = week_of(std::chrono::year{2024} / 12 / 19);
  const auto factor = [&](int at) { return season_of(christmas, at, feasts_near(at)); };
  EXPECT_GT(factor(week), 2 * factor(week - 8));
  EXPECT_LT(factor(week + 3), 1.05 * factor(week - 8));
  EXPECT_GE(season_peak(christmas), factor(week));
}

TEST(Weather, OfARegionIsReportedOnceADayInTenths) {
  const auto world = tiny_world();  // two stores in Bretagne, one in Occitanie
  const Day monday = monday_of(world->first_week() + 1);
  EXPECT_EQ(weather_rows(*world, 1, monday).size(), 0u);
  for (const std::size_t store : {0u, 2u}) {
    const auto rows = weather_rows(*world, store, monday);
    ASSERT_EQ(rows.size(), 7u);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      EXPECT_EQ(rows[i].region, store == 0 ? "Bretagne" : "Occitanie");
      EXPECT_EQ(rows[i].business_date, monday + std::chrono::days(i));
      const Weather& weather = weather_on(*world, world->stores[store].zone, rows[i].business_date);
      EXPECT_NEAR(rows[i].temperature_c.scaled * 0.1, weather.temperature_c, 0.0500001);
      EXPECT_NEAR(rows[i].rain_mm.scaled * 0.1, weather.rain_mm, 0.0500001);
    }
  }
}

TEST(Weather, IsReportedOnDaysOfTheScenarioOnly) {
  const auto world = tiny_world([](Scenario& s) {
    s.from = std::chrono::year{2024} / 1 / 3;  // a Wednesday
    s.to = std::chrono::year{2024} / 1 / 9;
  });
  EXPECT_EQ(weather_rows(*world, 0, monday_of(world->first_week())).size(), 5u);
  EXPECT_EQ(weather_rows(*world, 0, monday_of(world->last_week())).size(), 2u);
}

}  // namespace
}  // namespace retailsim::simulate
