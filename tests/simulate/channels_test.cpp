// Who orders online, how much, and what that leaves alone.
#include "simulate/channels.h"

#include <gtest/gtest.h>

#include "returning_chain.h"
#include "simulate/elementary.h"

namespace retailsim::simulate {
namespace {

// Many small households, so that shares can be counted.
void many_households(Scenario& scenario) {
  scenario.household_count = 3000;
  scenario.trips_per_year = 20;
  scenario.online_share = 0.3;
  scenario.collect_share = 0.4;
  scenario.online_growth = 0;
}

void orders_online(Scenario& scenario) {
  many_households(scenario);
  scenario.household_count = 300;
  scenario.trips_per_year = 80;
}

// The same orders, with what differs between channels taken away.
void orders_alike(Scenario& scenario) {
  orders_online(scenario);
  scenario.online_log_lines = scenario.forgotten_card = 0;
}

struct Orders {
  double members = 0, online = 0, collected = 0;
  explicit Orders(const ReturningChain& chain) {
    for (const auto& [id, sale] : chain.sales) {
      members += sale.first.customer_id ? 1 : 0;
      online += sale.first.channel != Channel::store ? 1 : 0;
      collected += sale.first.channel == Channel::click_and_collect ? 1 : 0;
    }
  }
};

const ReturningChain& many() {
  static const ReturningChain one(many_households);
  return one;
}

TEST(Channels, TheAskedShareOfOrdersIsPlacedOnlineAndOfTheseCollected) {
  const Orders orders(many());
  ASSERT_GT(orders.members, 5000);
  EXPECT_NEAR(orders.online / orders.members, 0.3, 0.025);
  EXPECT_NEAR(orders.collected / orders.online, 0.4, 0.03);
}

TEST(Channels, HouseholdsDifferAroundTheSameMean) {
  for (const double sd : {0.0, 1.5, 4.0}) {
    const auto world = tiny_world([&](Scenario& scenario) {
      many_households(scenario);
      scenario.online_sd = sd;
    });
    double sum = 0;
    double squares = 0;
    double logits = 0;
    for (const HouseholdState& household : world->households) {
      sum += online_share(*world, household, world->scenario.from);
      logits += static_cast<double>(household.online_logit);
      squares += static_cast<double>(household.online_logit * household.online_logit);
    }
    const auto count = static_cast<double>(world->households.size());
    EXPECT_NEAR(sum / count, 0.3, 0.02) << sd;
    const double variance = squares / count - logits * logits / count / count;
    EXPECT_NEAR(std::sqrt(std::max(0.0, variance)), sd, 0.05 * sd + 1e-3) << sd;
  }
}

TEST(Channels, OrderingOnlineGrowsByTheKnobEveryYear) {
  const auto world = tiny_world([](Scenario& scenario) {
    many_households(scenario);
    scenario.online_growth = 0.7;
    scenario.to = scenario.from + std::chrono::days(730);
  });
  const Day first = world->scenario.from;
  const HouseholdState& household = world->households[5];
  const double now = online_share(*world, household, first);
  const double then = online_share(*world, household, first + std::chrono::days(731));
  EXPECT_NEAR(logit(then) - logit(now), 2 * 0.7, 0.002);
  const auto online_in = [&](int week) {
    double online = 0;
    double members = 0;
    for (std::size_t store = 0; store < world->stores.size(); ++store) {
      for (const Transaction& sale : cell_of(*world, store, week).transactions) {
        if (sale.kind != Kind::sale || !sale.customer_id) continue;
        ++members;
        online += sale.channel != Channel::store ? 1 : 0;
      }
    }
    return online / members;
  };
  EXPECT_GT(online_in(world->first_week() + 100), online_in(world->first_week() + 4) + 0.1);
}

TEST(Channels, NobodyEntersForWhatIsSentHomeAndEveryCollectedOrderIsAVisit) {
  std::size_t collected = 0;
  for (const auto& [id, sale] : many().sales) {
    const bool is_seen = many().visits.contains(id.value);
    EXPECT_EQ(is_seen, sale.first.channel != Channel::online);
    if (sale.first.channel != Channel::click_and_collect) continue;
    ++collected;
    const Visit& visit = many().visits.at(id.value);
    EXPECT_EQ(visit.mission, Mission::pickup);
    EXPECT_EQ(visit.transaction_id, id);
    EXPECT_EQ(visit.customer_id, sale.first.customer_id);
    EXPECT_EQ(visit.business_date, sale.first.business_date);
    EXPECT_GE(sale.first.begin_at, visit.entered_at);
  }
  EXPECT_GT(collected, 500u);
  std::size_t pickups = 0;
  for (const auto& [id, visit] : many().visits) pickups += visit.mission == Mission::pickup ? 1 : 0;
  EXPECT_EQ(pickups, collected);
}

TEST(Channels, OrdersHaveACardAndAreNotPaidInCash) {
  for (const auto& [id, sale] : many().sales) {
    if (sale.first.channel == Channel::store) continue;
    EXPECT_TRUE(sale.first.customer_id);
    EXPECT_NE(sale.first.tender, Tender::cash);
  }
}

TEST(Channels, OrdersToBeSentHomeComeAtTheirOwnHoursOfTheDay) {
  const ReturningChain at_night([](Scenario& scenario) {
    orders_online(scenario);
    scenario.online_hours.fill(0);
    scenario.online_hours[0] = 0.25;
    scenario.online_hours[23] = 0.75;
  });
  double early = 0;
  double late = 0;
  for (const auto& [id, sale] : at_night.sales) {
    if (sale.first.channel != Channel::online) continue;
    ASSERT_TRUE(sale.first.local_hour == 0 || sale.first.local_hour == 23);
    (sale.first.local_hour == 0 ? early : late) += 1;
  }
  EXPECT_NEAR(late / (early + late), 0.75, 0.06);
}

TEST(Channels, WhoComesToTheStoreDoesNotNoticeAndOrdersAreTripsThatAreNotMade) {
  const ReturningChain without([](Scenario& scenario) {
    orders_alike(scenario);
    scenario.online_share = 0;
  });
  const ReturningChain with(orders_alike);
  std::size_t online = 0;
  EXPECT_EQ(with.sales.size(), without.sales.size());
  EXPECT_EQ(with.returns.size(), without.returns.size());
  for (const auto& [id, sale] : with.sales) {
    ASSERT_TRUE(without.sales.contains(id));
    const auto& [receipt, lines] = without.sales.at(id);
    EXPECT_EQ(sale.second, lines);
    EXPECT_EQ(receipt.channel, Channel::store);
    if (sale.first.channel == Channel::store) {
      EXPECT_EQ(sale.first, receipt);
      EXPECT_EQ(with.visits.at(id.value), without.visits.at(id.value));
    } else {
      ++online;
      EXPECT_EQ(sale.first.business_date, receipt.business_date);
      EXPECT_EQ(sale.first.total, receipt.total);
    }
  }
  EXPECT_GT(online, 500u);
  for (const auto& [id, visit] : with.visits) EXPECT_TRUE(without.visits.contains(id));
}

TEST(Channels, BasketsOrderedOnlineAreLargerByTheKnob) {
  const ReturningChain usual(orders_alike);
  const ReturningChain larger([](Scenario& scenario) {
    orders_alike(scenario);
    scenario.online_log_lines = 0.5;
  });
  double before = 0;
  double after = 0;
  for (const auto& [id, sale] : usual.sales) {
    const auto& there = larger.sales.at(id);
    if (sale.first.channel == Channel::store) {
      EXPECT_EQ(there, sale);
      continue;
    }
    before += static_cast<double>(sale.second.size());
    after += static_cast<double>(there.second.size());
  }
  // Somewhat less than e^0.5 = 1.65: a basket has a product once, and at most a hundred lines.
  EXPECT_GT(after / before, 1.4);
  EXPECT_LT(after / before, 1.67);
}

TEST(Channels, WhatWasOrderedComesBackMoreOftenThroughTheDoorOfTheStore) {
  const ReturningChain chain([](Scenario& scenario) {
    orders_online(scenario);
    scenario.return_share = 0.1;
    scenario.online_return_factor = 3;
    scenario.return_delay_days = 2;
  });
  double sold[2] = {0, 0};
  double back[2] = {0, 0};
  for (const auto& [id, sale] : chain.sales) ++sold[sale.first.channel != Channel::store];
  for (const auto& [id, row] : chain.returns) {
    EXPECT_EQ(row.first.channel, chain.sale_of(row.first).channel);
    EXPECT_TRUE(chain.visits.contains(id.value));
    ++back[row.first.channel != Channel::store];
  }
  EXPECT_NEAR(back[0] / sold[0], 0.1, 0.02);
  EXPECT_NEAR(back[1] / sold[1], 0.3, 0.05);
}

TEST(Channels, TrafficOfTheStoreLeavesWhatIsSentHomeAlone) {
  for (const double factor : {0.0, 2.0}) {
    const auto sent_home = [&](double traffic) {
      const auto world = tiny_world([&](Scenario& scenario) {
        orders_online(scenario);
        scenario.traffic_changes = {{.store_id = 2, .factor = traffic, .from = {}, .to = {}}};
      });
      std::vector<Transaction> orders;
      for (const Transaction& sale : cell_of(*world, 1, world->first_week() + 3).transactions)
        if (sale.channel == Channel::online && sale.kind == Kind::sale) orders.push_back(sale);
      return orders;
    };
    const auto usual = sent_home(1);
    EXPECT_GT(usual.size(), 10u);
    EXPECT_EQ(sent_home(factor), usual) << factor;
  }
}

TEST(Channels, AnOrderOfWhichNothingIsLeftIsNotCollected) {
  const ReturningChain chain([](Scenario& scenario) {
    orders_online(scenario);
    scenario.stock_is_tracked = 1;
    scenario.stock_coverage = 0.3;
    scenario.stock_safety = scenario.stock_presence = scenario.stock_substitution = 0;
  });
  const ReturningChain endless(orders_online);
  std::size_t collected = 0;
  for (const auto& [id, visit] : chain.visits) {
    if (visit.mission != Mission::pickup) continue;
    ++collected;
    EXPECT_TRUE(visit.transaction_id);
    EXPECT_EQ(chain.sales.at({id}).first.channel, Channel::click_and_collect);
  }
  EXPECT_GT(collected, 100u);
  EXPECT_LT(collected, static_cast<std::size_t>(Orders(endless).collected));
}

}  // namespace
}  // namespace retailsim::simulate
