// How many sales come back, and when.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "returning_chain.h"

namespace retailsim::simulate {
namespace {

// Sales so early that all of their returns lie within the scenario.
std::pair<double, double> early_sales_and_returns(const ReturningChain& chain) {
  const Day last = chain.world->scenario.to - std::chrono::days(34);
  double sales = 0;
  double returns = 0;
  for (const auto& [id, sale] : chain.sales) sales += sale.first.business_date <= last ? 1 : 0;
  for (const auto& [id, back] : chain.returns)
    returns += chain.sale_of(back.first).business_date <= last ? 1 : 0;
  return {sales, returns};
}

TEST(ReturnDays, AsManySalesComeBackAsTheKnobSaysHoweverLongItTakes) {
  for (const auto& [share, mean] : {std::pair{0.02, 6.0}, {0.1, 1.0}, {0.5, 6.0}, {0.5, 28.0}}) {
    const ReturningChain some([&](Scenario& scenario) {
      scenario.return_share = share;
      scenario.return_delay_days = mean;
      scenario.churn_share = 0;
    });
    const auto [sales, returns] = early_sales_and_returns(some);
    ASSERT_GT(sales, 1000);
    const double deviation = std::sqrt(sales * share * (1 - share));
    EXPECT_NEAR(returns, sales * share, 4 * deviation) << share << " " << mean;
  }
}

TEST(ReturnDays, TheyComeAfterAsManyDaysAsTheKnobSays) {
  for (const double mean : {2.0, 6.0}) {
    const ReturningChain some([&](Scenario& scenario) {
      scenario.return_share = 0.5;
      scenario.return_delay_days = mean;
      scenario.holidays.clear();
    });
    double days = 0;
    double returns = 0;
    for (const auto& [id, back] : some.returns) {
      if (some.sale_of(back.first).business_date > some.world->scenario.to - std::chrono::days(34))
        continue;
      const int delay = some.days_since_sale(back.first);
      EXPECT_GE(delay, 1);
      EXPECT_LE(delay, longest_return_delay);  // every day is an open day
      days += delay;
      ++returns;
    }
    ASSERT_GT(returns, 500);
    // The cut after 28 days takes a little off.
    EXPECT_NEAR(days / returns, mean, 0.1 * mean);
  }
}

TEST(ReturnDays, ADelayOfOneDayIsTheNextDay) {
  const ReturningChain hasty([](Scenario& scenario) {
    scenario.return_delay_days = 1;
    scenario.holidays.clear();
  });
  EXPECT_GT(hasty.returns.size(), 20u);
  for (const auto& [id, back] : hasty.returns) EXPECT_EQ(hasty.days_since_sale(back.first), 1);
}

TEST(ReturnDays, WhatIsDueOnAClosedDayComesBackOnTheNextOpenOne) {
  // Open on Mondays only: every return is put off to one, and none falls away.
  const ReturningChain mondays([](Scenario& scenario) {
    scenario.weekday_trips = {7, 0, 0, 0, 0, 0, 0};
    scenario.holidays.clear();
    scenario.churn_share = 0;
    scenario.return_share = 0.2;
  });
  std::set<int> delays;
  for (const auto& [id, back] : mondays.returns) {
    EXPECT_EQ(weekday_of(back.first.business_date), 0);
    delays.insert(mondays.days_since_sale(back.first));
  }
  EXPECT_EQ(delays, (std::set{7, 14, 21, 28}));
  const auto [sales, returns] = early_sales_and_returns(mondays);
  ASSERT_GT(sales, 500);
  EXPECT_NEAR(returns, sales * 0.2, 4 * std::sqrt(sales * 0.2 * 0.8));
}

TEST(ReturnDays, WhatWasDueInAClosedWeekComesBackOnTheNextMonday) {
  // Closed from 29 January to 4 February, four weeks after the first.
  const ReturningChain closed([](Scenario& scenario) {
    scenario.return_share = 0.5;
    scenario.return_delay_days = 28;
    scenario.holidays.clear();
    for (const auto* day : {"01-29", "01-30", "01-31", "02-01", "02-02", "02-03", "02-04"})
      scenario.holidays.push_back({"Works", day, 0, 1});
  });
  std::size_t of_the_first_week = 0;
  for (const auto& [id, back] : closed.returns) {
    if (week_of(back.first.business_date) - week_of(closed.sale_of(back.first).business_date) < 5)
      continue;
    ++of_the_first_week;
    EXPECT_EQ(to_text(back.first.business_date), "2024-02-05");
    EXPECT_LE(closed.days_since_sale(back.first), 34);
  }
  EXPECT_GT(of_the_first_week, 5u);
}

TEST(ReturnDays, TheyStopWithTheScenario) {
  const ReturningChain brief([](Scenario& scenario) {
    scenario.to = scenario.from + std::chrono::days(9);
    scenario.return_share = 0.5;
  });
  EXPECT_GT(brief.returns.size(), 20u);
  for (const auto& [id, back] : brief.returns)
    EXPECT_LE(back.first.business_date, brief.world->scenario.to);
}

TEST(ReturnDays, AfterSevenClosedDaysNobodyBringsBackWhatWasDueBefore) {
  // Closed from Wednesday 10 to Sunday 21 January.
  const ReturningChain closed([](Scenario& scenario) {
    scenario.return_share = 0.5;
    scenario.return_delay_days = 1;  // due on the next day
    scenario.holidays.clear();
    for (int day = 10; day <= 21; ++day)
      scenario.holidays.push_back({"Works", fmt::format("01-{}", day), 0, 1});
  });
  std::map<Day, int> by_sale_day;
  for (const auto& [id, back] : closed.returns) {
    EXPECT_EQ(closed.days_since_sale(back.first), 1);
    ++by_sale_day[closed.sale_of(back.first).business_date];
  }
  const Day tuesday = std::chrono::year{2024} / 1 / 9;
  EXPECT_GT(by_sale_day[tuesday - std::chrono::days(1)], 0);
  EXPECT_EQ(by_sale_day[tuesday], 0);
}

TEST(ReturnDays, TheyFallIntoTheOpenHoursOfTheStore) {
  for (const auto& [id, back] : chain().returns) {
    const auto store = static_cast<std::size_t>(back.first.store_id.value - 1);
    EXPECT_GE(back.first.local_hour, *chain().world->stores[store].row.open_hour);
    EXPECT_LE(back.first.local_hour, *chain().world->stores[store].row.close_hour);
    EXPECT_LT(chain().visits.at(id.value).local_hour, *chain().world->stores[store].row.close_hour);
  }
}

TEST(ReturnDays, WhoHasLeftBringsNothingBack) {
  const ReturningChain leaving([](Scenario& scenario) {
    scenario.churn_share = 1;
    scenario.return_share = 0.5;
  });
  std::size_t members = 0;
  for (const auto& [id, back] : leaving.returns) {
    if (!back.first.customer_id) continue;
    ++members;
    const auto household = static_cast<std::size_t>(back.first.customer_id->value - 1);
    EXPECT_LT(back.first.business_date, leaving.world->households[household].left);
  }
  EXPECT_GT(members, 100u);
}

}  // namespace
}  // namespace retailsim::simulate
