// Stores open, close and are refitted; their card holders go elsewhere meanwhile.
#include <gtest/gtest.h>

#include <set>

#include "simulate/behaviour.h"
#include "simulate/elementary.h"
#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

using Change = std::function<void(Scenario&)>;

// Forty small stores over a year, with what is to be looked at and nothing that hides it.
std::shared_ptr<const World> chain(const Change& change) {
  return tiny_world([&](Scenario& s) {
    s.to = s.from + std::chrono::days(7 * 52 - 1);
    s.store_count = 40;
    s.household_count = 4000;
    s.product_count = 60;
    s.store_day_sd = s.rain_effect = 0;
    s.late_join_share = s.churn_share = 0;
    change(s);
  });
}

std::vector<std::size_t> stores_where(const World& world, bool (*is)(const World&, const Store&)) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < world.stores.size(); ++i)
    if (is(world, world.stores[i].row)) found.push_back(i);
  return found;
}

bool has_opened(const World& world, const Store& store) {
  return *store.opened_on >= world.scenario.from;
}
bool has_closed(const World&, const Store& store) { return store.closed_on.has_value(); }

TEST(StoreLives, AsManyStoresOpenCloseAndAreRefittedAsTheScenarioSays) {
  const auto world = chain([](Scenario& s) {
    s.store_count = 400;
    s.household_count = 1;
    s.store_opened_share = 0.3;
    s.store_closed_share = 0.2;
    s.store_refit_share = 0.4;
  });
  EXPECT_NEAR(static_cast<double>(stores_where(*world, has_opened).size()), 120, 30);
  // Some opened too late to close, or have no room for a refit.
  EXPECT_NEAR(static_cast<double>(stores_where(*world, has_closed).size()), 77, 26);
  const auto refits = std::ranges::count_if(
      world->stores, [](const StoreSite& store) { return store.refit.has_value(); });
  EXPECT_NEAR(static_cast<double>(refits), 145, 35);
}

TEST(StoreLives, NothingHappensUnlessTheScenarioSaysSo) {
  const auto world = chain([](Scenario&) {});
  EXPECT_TRUE(stores_where(*world, has_opened).empty());
  EXPECT_TRUE(stores_where(*world, has_closed).empty());
  EXPECT_TRUE(world->transfers.empty());
}

TEST(StoreLives, LastWholeWeeksFromMondayToSunday) {
  const auto world = chain([](Scenario& s) {
    s.household_count = 1;
    s.store_opened_share = s.store_closed_share = s.store_refit_share = 0.7;
    s.store_refit_weeks = 6;
  });
  for (const StoreSite& store : world->stores) {
    const Day opened = *store.row.opened_on;
    if (opened >= world->scenario.from) {
      EXPECT_EQ(opened, monday_of(week_of(opened)));
      EXPECT_GT(week_of(opened), world->first_week());
    }
    if (const auto closed = store.row.closed_on) {
      EXPECT_EQ(*closed + std::chrono::days(1), monday_of(week_of(*closed) + 1));
      EXPECT_GE(*closed - opened, std::chrono::days(7 * 8 - 1));
      EXPECT_LT(*closed, world->scenario.to);
    }
    if (!store.refit) continue;
    EXPECT_EQ(store.refit->last - store.refit->first, 5);
    EXPECT_TRUE(store.is_open_in(store.refit->first - 1));
    EXPECT_TRUE(store.is_open_in(store.refit->last + 1));
    EXPECT_FALSE(store.is_open_in(store.refit->first));
    EXPECT_FALSE(store.is_open_in(store.refit->last));
  }
}

TEST(StoreLives, NobodyComesBeforeTheOpeningAfterTheClosingOrDuringARefit) {
  const auto world = chain([](Scenario& s) {
    s.store_opened_share = s.store_closed_share = s.store_refit_share = 0.5;
    s.return_share = 0.1;
    s.stock_is_tracked = 1;
  });
  std::set<bool> seen;
  for (const std::size_t store : {0u, 1u, 2u, 3u, 4u, 5u, 6u, 7u}) {
    const StoreSite& site = world->stores[store];
    for (int week = world->first_week(); week <= world->last_week(); week += 5) {
      const CellRows rows = cell_of(*world, store, week);
      const bool is_open = site.is_open_in(week);
      EXPECT_EQ(rows.visits.empty(), !is_open) << store + 1 << " " << week;
      EXPECT_EQ(rows.transactions.empty(), !is_open) << store + 1 << " " << week;
      // What a store (re)opens with comes on the Sunday before.
      if (!is_open && !site.is_open_in(week + 1)) {
        EXPECT_TRUE(rows.inventory.empty()) << store + 1 << " " << week;
      }
      seen.insert(is_open);
    }
  }
  EXPECT_EQ(seen.size(), 2u);
}

TEST(StoreLives, AStoreOpensWithFullShelves) {
  const auto world = chain([](Scenario& s) {
    s.store_opened_share = 1;
    s.stock_is_tracked = 1;
    s.stock_missed_share = 0.5;
  });
  for (const std::size_t store : {0u, 1u, 2u, 3u, 4u, 5u}) {
    const int week = week_of(*world->stores[store].row.opened_on);
    const CellRows before = cell_of(*world, store, week - 1);
    ASSERT_FALSE(before.inventory.empty());
    for (const InventoryDay& day : before.inventory) {
      EXPECT_EQ(day.business_date, monday_of(week) - std::chrono::days(1));
      EXPECT_EQ(day.on_hand_close, day.received);
    }
    EXPECT_GT(cell_of(*world, store, week).transactions.size(), 0u);
  }
}

// Entries of a week against those of the same store in a chain where nothing happens.
double part_of_usual(const World& world, const World& usual, std::size_t store, int week) {
  const auto entries = [&](const World& of) {
    double sum = 0;
    for (const double each : plan_of({of, of.stores[store], monday_of(week)}).entries) sum += each;
    return sum;
  };
  return entries(world) / entries(usual);
}

TEST(StoreLives, ANewStoreIsFoundLittleByLittle) {
  const auto usual = chain([](Scenario&) {});
  const auto world = chain([](Scenario& s) {
    s.store_opened_share = 1;
    s.store_ramp_weeks = 10;
  });
  const auto at_once = chain([](Scenario& s) {
    s.store_opened_share = 1;
    s.store_ramp_weeks = 0;
  });
  int tried = 0;
  for (std::size_t store = 0; store < world->stores.size(); ++store) {
    const int opened = week_of(*world->stores[store].row.opened_on);
    EXPECT_EQ(part_of_usual(*world, *usual, store, opened - 1), 0);
    EXPECT_DOUBLE_EQ(part_of_usual(*at_once, *usual, store, opened), 1);
    if (opened + 20 > world->last_week()) continue;
    EXPECT_NEAR(part_of_usual(*world, *usual, store, opened), 1 - exponential(-0.06), 0.01);
    EXPECT_NEAR(part_of_usual(*world, *usual, store, opened + 20), 1 - exponential(-2.06), 0.01);
    ++tried;
  }
  EXPECT_GT(tried, 10);
}

// Visits of card holders in all stores but those that are refitted, over their refits.
struct Elsewhere {
  std::int64_t visits = 0;
  double lost = 0;  // usual visits to the refitted store of those who have another one
};

Elsewhere during_refits(const World& world) {
  Elsewhere sum;
  std::vector<double> all(world.households.size());
  for (const auto& members : world.members)
    for (const Member& member : members) all[member.household] += member.visits;
  const StoreSite& closed = world.stores[0];
  for (int week = closed.refit->first; week <= closed.refit->last; ++week) {
    for (std::size_t store = 1; store < world.stores.size(); ++store)
      for (const Visit& visit : cell_of(world, store, week).visits)
        sum.visits += visit.customer_id.has_value();
    double entries = 0;
    for (const double each : plan_of({world, world.stores[1], monday_of(week)}).entries)
      entries += each;
    for (const Member& member : world.members[0])
      if (all[member.household] > member.visits * 1.000001) sum.lost += member.visits * entries;
  }
  return sum;
}

TEST(Transfers, AreThePartOfTheTripsToAClosedStoreThatTheScenarioSays) {
  const auto world_with = [](double share) {
    return chain([&](Scenario& s) {
      s.store_count = 3;
      s.household_count = 1500;
      s.anonymous_share = 0;
      s.conversion = 1;  // so that every card is seen
      s.queue_effect = s.mission_conversion = 0;
      s.return_share = 0;
      s.slow_sd = 0;
      s.store_refit_share = 1;
      s.store_refit_weeks = 12;
      s.store_transfer_share = share;
      // Many stores are visited.
      s.store_concentration = 3;
      s.product_count = 40;
    });
  };
  // Only the first store's refit is looked at: keep the others open.
  const auto alone = [&](double share) {
    auto world = std::make_shared<World>(*world_with(share));
    for (std::size_t store = 1; store < world->stores.size(); ++store) {
      for (auto& transfers : world->transfers)
        std::erase_if(transfers, [&](const Transfer& each) {
          const ClosedWeeks& of_first = *world->stores[0].refit;
          return each.weeks.first != of_first.first || each.weeks.last != of_first.last;
        });
      world->stores[store].refit.reset();
    }
    return world;
  };
  const Elsewhere none = during_refits(*alone(0));
  const Elsewhere half = during_refits(*alone(0.5));
  const Elsewhere whole = during_refits(*alone(1));
  ASSERT_GT(none.lost, 3000);
  EXPECT_NEAR(static_cast<double>(half.visits - none.visits), 0.5 * none.lost, 0.05 * none.lost);
  EXPECT_NEAR(static_cast<double>(whole.visits - none.visits), none.lost, 0.06 * none.lost);
}

TEST(Transfers, TakeAwayNoTripThatIsMadeWithoutThem) {
  const auto refits = [](double share) {
    return chain([&](Scenario& s) {
      s.store_refit_share = 0.5;
      s.store_transfer_share = share;
    });
  };
  const auto with = refits(0.5);
  const auto without = refits(0);
  int added = 0;
  for (std::size_t store = 0; store < 6; ++store) {
    const int week = with->first_week() + 20;
    std::set<std::int64_t> ids;
    for (const Visit& visit : cell_of(*with, store, week).visits) ids.insert(visit.visit_id.value);
    const auto before = cell_of(*without, store, week).visits;
    for (const Visit& visit : before)
      EXPECT_TRUE(!visit.mission || ids.contains(visit.visit_id.value));
    added += static_cast<int>(ids.size()) - static_cast<int>(before.size());
  }
  EXPECT_GT(added, 0);
}

}  // namespace
}  // namespace retailsim::simulate
