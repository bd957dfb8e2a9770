#include "simulate/returns.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "simulate/ids.h"
#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

// All rows of a chain, by what the tests ask for.
struct Chain {
  std::shared_ptr<const World> world;
  std::map<TransactionId, std::pair<Transaction, std::vector<TransactionLine>>> sales, returns;
  std::map<std::int64_t, Visit> visits;

  explicit Chain(const std::function<void(Scenario&)>& change = [](Scenario&) {})
      : world(tiny_world(change)) {
    Weeks weeks(*world);
    CellRows rows;
    for (int week = world->first_week(); week <= world->last_week(); ++week) {
      for (std::size_t store = 0; store < world->stores.size(); ++store) {
        simulate_cell(weeks, week, store, rows);
        for (const Visit& visit : rows.visits) visits.emplace(visit.visit_id.value, visit);
        for (std::size_t i = 0; i < rows.transactions.size(); ++i) {
          const Transaction& row = rows.transactions[i];
          auto& kind = row.kind == Kind::sale ? sales : returns;
          const auto lines = rows.lines_of(i);
          kind.emplace(row.transaction_id, std::pair{row, std::vector(lines.begin(), lines.end())});
        }
      }
    }
  }

  const Transaction& sale_of(const Transaction& back) const {
    return sales.at(back.original_transaction_id.value()).first;
  }
  int days_since_sale(const Transaction& back) const {
    return static_cast<int>((back.business_date - sale_of(back).business_date).count());
  }
};

// Every tenth sale, so that there is something to count.
const Chain& chain() {
  static const Chain one([](Scenario& scenario) { scenario.return_share = 0.1; });
  return one;
}

const TransactionLine* line_of(const std::vector<TransactionLine>& lines, std::int32_t number) {
  const auto at = std::ranges::find(lines, number, &TransactionLine::line_number);
  return at == lines.end() ? nullptr : &*at;
}

TEST(Returns, EachRefersToASaleOfTheStoreAtMostThirtyFourDaysBefore) {
  ASSERT_GT(chain().returns.size(), 300u);
  std::set<TransactionId> taken_back;
  for (const auto& [id, back] : chain().returns) {
    const Transaction& header = back.first;
    ASSERT_TRUE(header.original_transaction_id);
    ASSERT_TRUE(chain().sales.contains(*header.original_transaction_id));
    EXPECT_TRUE(taken_back.insert(*header.original_transaction_id).second);
    const Transaction& sale = chain().sale_of(header);
    EXPECT_EQ(header.store_id, sale.store_id);
    EXPECT_EQ(header.customer_id, sale.customer_id);
    EXPECT_EQ(header.tender, sale.tender);
    EXPECT_EQ(header.channel, Channel::store);
    EXPECT_GE(chain().days_since_sale(header), 1);
    EXPECT_LE(chain().days_since_sale(header), 34);
  }
}

TEST(Returns, LineByLineAtMostWhatWasBoughtComesBackAtThePricePaid) {
  std::size_t parts = 0;
  for (const auto& [id, back] : chain().returns) {
    const auto& sold = chain().sales.at(back.first.original_transaction_id.value()).second;
    ASSERT_FALSE(back.second.empty());
    for (const TransactionLine& line : back.second) {
      const TransactionLine* bought = line_of(sold, line.line_number);
      ASSERT_NE(bought, nullptr);
      EXPECT_EQ(line.kind, Kind::refund);
      EXPECT_EQ(line.transaction_id, id);
      EXPECT_EQ(line.business_date, back.first.business_date);
      EXPECT_EQ(line.product_id, bought->product_id);
      EXPECT_EQ(line.list_price, bought->list_price);
      EXPECT_EQ(line.unit_cost, bought->unit_cost);
      EXPECT_EQ(line.promo_id, bought->promo_id);
      EXPECT_GE(line.quantity, 1);
      EXPECT_LE(line.quantity, bought->quantity);
      EXPECT_EQ(bought->quantity * line.net, line.quantity * bought->net);
      EXPECT_EQ(bought->quantity * line.discount, line.quantity * bought->discount);
      if (line.quantity == bought->quantity) {
        EXPECT_EQ(line.tax, bought->tax);
      }
      parts += line.quantity < bought->quantity ? 1 : 0;
    }
  }
  EXPECT_GT(parts, 20u);
}

TEST(Returns, TheShopperComesThroughTheDoorAndIsNoBuyer) {
  for (const auto& [id, back] : chain().returns) {
    ASSERT_TRUE(chain().visits.contains(id.value));
    const Visit& visit = chain().visits.at(id.value);
    EXPECT_FALSE(visit.mission);
    EXPECT_FALSE(visit.transaction_id);
    EXPECT_EQ(visit.store_id, back.first.store_id);
    EXPECT_EQ(visit.customer_id, back.first.customer_id);
    EXPECT_EQ(visit.business_date, back.first.business_date);
    EXPECT_GE(back.first.begin_at, visit.entered_at);
    EXPECT_LE(back.first.begin_at, visit.entered_at + std::chrono::seconds(*visit.dwell_s));
  }
  std::size_t without_mission = 0;
  for (const auto& [id, visit] : chain().visits) without_mission += visit.mission ? 0 : 1;
  EXPECT_EQ(without_mission, chain().returns.size());
}

// Sales so early that all of their returns lie within the scenario.
std::pair<double, double> early_sales_and_returns(const Chain& chain) {
  const Day last = chain.world->scenario.to - std::chrono::days(34);
  double sales = 0;
  double returns = 0;
  for (const auto& [id, sale] : chain.sales) sales += sale.first.business_date <= last ? 1 : 0;
  for (const auto& [id, back] : chain.returns)
    returns += chain.sale_of(back.first).business_date <= last ? 1 : 0;
  return {sales, returns};
}

TEST(Returns, AsManySalesComeBackAsTheKnobSays) {
  for (const double share : {0.02, 0.1, 0.5}) {
    const Chain some([&](Scenario& scenario) {
      scenario.return_share = share;
      scenario.churn_share = 0;
    });
    const auto [sales, returns] = early_sales_and_returns(some);
    ASSERT_GT(sales, 1000);
    const double deviation = std::sqrt(sales * share * (1 - share));
    EXPECT_NEAR(returns, sales * share, 4 * deviation) << share;
  }
}

TEST(Returns, TheyComeAfterAsManyDaysAsTheKnobSays) {
  for (const double mean : {2.0, 6.0}) {
    const Chain some([&](Scenario& scenario) {
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

TEST(Returns, ADelayOfOneDayIsTheNextDay) {
  const Chain hasty([](Scenario& scenario) {
    scenario.return_delay_days = 1;
    scenario.holidays.clear();
  });
  EXPECT_GT(hasty.returns.size(), 20u);
  for (const auto& [id, back] : hasty.returns) EXPECT_EQ(hasty.days_since_sale(back.first), 1);
}

TEST(Returns, WithoutThemEverythingElseIsAsItWas) {
  const auto without = tiny_world([](Scenario& scenario) { scenario.return_share = 0; });
  const auto with = tiny_world([](Scenario& scenario) { scenario.return_share = 0.3; });
  for (int week = with->first_week(); week <= with->last_week(); ++week) {
    const CellRows rows = cell_of(*with, 1, week);
    const CellRows none = cell_of(*without, 1, week);
    EXPECT_EQ(std::ranges::count(none.transactions, Kind::refund, &Transaction::kind), 0);
    EXPECT_GT(rows.transactions.size(), none.transactions.size());
    EXPECT_TRUE(same_rows(without_returns(rows), none));
  }
}

TEST(Returns, AHigherShareAddsReturnsAndKeepsThoseThereWere) {
  const Chain more([](Scenario& scenario) { scenario.return_share = 0.2; });
  EXPECT_GT(more.returns.size(), 1.5 * static_cast<double>(chain().returns.size()));
  for (const auto& [id, back] : chain().returns) {
    ASSERT_TRUE(more.returns.contains(id));
    EXPECT_EQ(more.returns.at(id), back);
  }
}

TEST(Returns, WhatIsRememberedOfOtherWeeksChangesNoRow) {
  Weeks all(*chain().world);
  Weeks forgetful(*chain().world, 1);
  CellRows first;
  CellRows second;
  for (int week = chain().world->first_week(); week <= chain().world->last_week(); ++week) {
    for (std::size_t store = 0; store < chain().world->stores.size(); ++store) {
      simulate_cell(all, week, store, first);
      simulate_cell(forgetful, week, store, second);
      EXPECT_TRUE(same_rows(first, second));
      EXPECT_TRUE(same_rows(first, cell_of(*chain().world, store, week)));
    }
  }
}

TEST(Returns, WhatIsDueOnAClosedDayComesBackOnTheNextOpenOne) {
  // Open on Mondays only: every return is put off to one, and none falls away.
  const Chain mondays([](Scenario& scenario) {
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

TEST(Returns, AfterSevenClosedDaysNobodyBringsBackWhatWasDueBefore) {
  // Closed from Wednesday 10 to Sunday 21 January.
  const Chain closed([](Scenario& scenario) {
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

TEST(Returns, TheyFallIntoTheOpenHoursOfTheStore) {
  for (const auto& [id, back] : chain().returns) {
    const auto store = static_cast<std::size_t>(back.first.store_id.value - 1);
    EXPECT_GE(back.first.local_hour, *chain().world->stores[store].row.open_hour);
    EXPECT_LE(back.first.local_hour, *chain().world->stores[store].row.close_hour);
    EXPECT_LT(chain().visits.at(id.value).local_hour, *chain().world->stores[store].row.close_hour);
  }
}

TEST(Returns, WhoHasLeftBringsNothingBack) {
  const Chain leaving([](Scenario& scenario) {
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

TEST(Returns, WithALineShareOfOneHalfAboutThatManyLinesComeBackAndFreshFoodLess) {
  const Chain many([](Scenario& scenario) {
    scenario.return_share = 0.5;
    scenario.return_line_share = 0.5;
  });
  std::map<double, std::pair<double, double>> lines;  // by readiness: bought, brought back
  for (const auto& [id, back] : many.returns) {
    const auto& sold = many.sales.at(back.first.original_transaction_id.value()).second;
    if (sold.size() < 8) continue;  // hardly ever without a line of its own accord
    for (const TransactionLine& line : sold) {
      const auto product = static_cast<std::size_t>(line.product_id.value - 1);
      auto& [bought, returned] =
          lines[many.world->categories[many.world->products[product].category].returned];
      bought += 1;
      returned += line_of(back.second, line.line_number) == nullptr ? 0 : 1;
    }
  }
  ASSERT_GE(lines.size(), 4u);
  for (const auto& [readiness, counts] : lines) {
    if (counts.first < 400) continue;
    const double expected = std::min(1.0, 0.5 * readiness);
    EXPECT_NEAR(counts.second / counts.first, expected, 0.08) << readiness;
  }
}

}  // namespace
}  // namespace retailsim::simulate
