#include <gtest/gtest.h>

#include <map>
#include <set>
#include <tuple>

#include "simulate/elementary.h"
#include "simulate/neighbourhoods.h"
#include "simulate/promotions.h"
#include "simulate/truth_events.h"
#include "simulate/truth_parameters.h"
#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

using Change = std::function<void(Scenario&)>;
using Key = std::tuple<TruthEntity, std::string, std::string>;

std::map<Key, Number> numbers_of(const World& world) {
  std::map<Key, Number> numbers;
  for_each_parameter(world, [&](const TruthParameter& row) {
    EXPECT_TRUE(numbers.emplace(Key{row.entity, row.entity_id, row.name}, row.value).second)
        << row.entity_id << " " << row.name << " stands there twice";
    EXPECT_FALSE(row.unit.empty() || row.explanation.empty()) << row.name;
  });
  return numbers;
}

std::vector<TruthEvent> events_of(const World& world, std::string_view kind = {}) {
  std::vector<TruthEvent> events;
  for_each_event(world, [&](const TruthEvent& event) {
    if (kind.empty() || event.kind == kind) events.push_back(event);
  });
  return events;
}

// A chain in which everything happens.
std::shared_ptr<const World> busy_world(const Change& change = [](Scenario&) {}) {
  return tiny_world([&](Scenario& scenario) {
    scenario.launched_share = scenario.delisted_share = 0.3;
    scenario.churn_share = scenario.late_join_share = 0.3;
    change(scenario);
  });
}

// "entity/name" of the numbers that differ; all of them have to stand in both.
std::set<std::string> numbers_moved_by(const Change& change) {
  const auto before = numbers_of(*busy_world());
  const auto after = numbers_of(*busy_world(change));
  EXPECT_EQ(before.size(), after.size());
  std::set<std::string> moved;
  for (const auto& [key, value] : before)
    if (after.at(key) != value)
      moved.insert(std::string{label(std::get<0>(key))} + "/" + std::get<2>(key));
  return moved;
}

// "kind/effect" of the events that only one of the two has, or has otherwise.
std::set<std::string> events_moved_by(const Change& change) {
  const auto text_of = [](const World& world) {
    std::set<std::tuple<std::string, std::string, std::int64_t, Day, Day>> all;
    for (const auto& event : events_of(world))
      all.insert({event.event_id, event.kind + "/" + event.effect, event.magnitude.scaled,
                  event.starts_on, event.ends_on});
    return all;
  };
  const auto before = text_of(*busy_world());
  const auto after = text_of(*busy_world(change));
  std::set<std::string> moved;
  for (const auto& event : before)
    if (!after.contains(event)) moved.insert(std::get<1>(event));
  for (const auto& event : after)
    if (!before.contains(event)) moved.insert(std::get<1>(event));
  return moved;
}

using Words = std::set<std::string>;

TEST(TruthParameters, AreTheNumbersOfTheWorld) {
  const auto world = busy_world();
  const auto numbers = numbers_of(*world);
  const auto value = [&](TruthEntity entity, const std::string& id, const char* name) {
    return static_cast<double>(numbers.at({entity, id, name}).scaled) / 1e9;
  };
  constexpr double exact = 1e-9;
  for (std::size_t i = 0; i < world->products.size(); ++i) {
    const ProductState& product = world->products[i];
    const std::string id = std::to_string(i + 1);
    const auto of = [&](const char* name) { return value(TruthEntity::product, id, name); };
    EXPECT_NEAR(of("own_price_elasticity"), product.elasticity, exact);
    EXPECT_NEAR(of("base_popularity"), product.popularity, exact);
    EXPECT_NEAR(of("margin"), product.margin, exact);
    EXPECT_NEAR(natural_log(of("usual_price")), product.log_price, 1e-8);
    EXPECT_NEAR(of("promotion_depth_added"), static_cast<double>(product.depth), exact);
  }
  for (std::size_t i = 0; i < world->households.size(); ++i) {
    const HouseholdState& household = world->households[i];
    const std::string id = std::to_string(i + 1);
    const auto of = [&](const char* name) { return value(TruthEntity::household, id, name); };
    EXPECT_NEAR(of("trip_rate"), household.visits, exact);
    EXPECT_NEAR(logit(of("stock_up_probability")), static_cast<double>(household.stock_up_logit),
                1e-6);
    EXPECT_NEAR(of("promotion_pull"), static_cast<double>(household.deal), exact);
    EXPECT_NEAR(of("dear_taste"), static_cast<double>(household.tier), exact);
  }
  for (const CategoryState& category : world->categories) {
    EXPECT_NEAR(value(TruthEntity::category, category.name, "share"), category.share, exact);
    EXPECT_NEAR(value(TruthEntity::category, category.name, "season_amplitude"), category.season,
                exact);
    EXPECT_NEAR(value(TruthEntity::category, category.name, "season_peak"), category.peak_day,
                exact);
  }
  for (std::size_t i = 0; i < world->stores.size(); ++i)
    EXPECT_NEAR(value(TruthEntity::store, std::to_string(i + 1), "size"), world->stores[i].size,
                exact);
  EXPECT_NEAR(value(TruthEntity::chain, "chain", "churn_share"), 0.3, exact);
  EXPECT_NEAR(value(TruthEntity::chain, "chain", "mailer_effect"), 1.915540829, exact);
  EXPECT_NEAR(value(TruthEntity::weekday, "7", "trips_factor"), 1.1676, exact);
  EXPECT_NEAR(value(TruthEntity::month, "12", "basket_factor"), 1.105, exact);
}

TEST(TruthParameters, AProductsExpectedShareOfWeeksIsThatOfItsPromotions) {
  // Eight years, so that chance is small.
  const auto world =
      tiny_world([](Scenario& scenario) { scenario.to = std::chrono::year{2031} / 12 / 28; });
  double expected = 0;
  for (const auto& [key, number] : numbers_of(*world))
    if (std::get<2>(key) == "promotion_share_of_weeks")
      expected += static_cast<double>(number.scaled) / 1e9;
  double weeks_on = 0;
  const double zones = static_cast<double>(world->zones.size());
  for (std::size_t i = 0; i < world->products.size(); ++i) {
    const ProductState& product = world->products[i];
    for (int week = world->first_week(); week <= world->last_week(); ++week) {
      const auto block = promotion_block(*world, product.category, product.track, week);
      const Participation part = participation(*world, i, block);
      for (std::size_t zone = 0; zone < world->zones.size(); ++zone)
        weeks_on += part.holds_in(zone) ? 1 / zones : 0;
    }
  }
  const double weeks = world->last_week() - world->first_week() + 1;
  EXPECT_NEAR(weeks_on / weeks / expected, 1, 0.03);
}

TEST(TruthParameters, AHouseholdIsActiveFromTheDayItJoinsToTheDayBeforeItLeaves) {
  const auto world = busy_world();
  const auto numbers = numbers_of(*world);
  std::map<std::string, Day> joined, left;
  for (const auto& event : events_of(*world, "household_joined"))
    joined[event.entity_id] = event.starts_on;
  for (const auto& event : events_of(*world, "household_left"))
    left[event.entity_id] = event.starts_on;
  EXPECT_GT(joined.size(), 50u);
  EXPECT_GT(left.size(), 50u);
  const Day first = world->scenario.from;
  const Day end = world->scenario.to + std::chrono::days(1);
  for (std::size_t i = 0; i < world->households.size(); ++i) {
    const std::string id = std::to_string(i + 1);
    const Day from = joined.contains(id) ? joined[id] : first;
    const Day to = left.contains(id) ? left[id] : end;
    const double share =
        static_cast<double>(numbers.at({TruthEntity::household, id, "active_share"}).scaled) / 1e9;
    EXPECT_NEAR(share, static_cast<double>((to - from).count()) / 56, 1e-9) << id;
  }
}

TEST(Truth, AKnobMovesItsOwnNumbersAndEventsOnly) {
  const Change mailer = [](Scenario& scenario) { scenario.mailer_lift = 0.8; };
  EXPECT_EQ(numbers_moved_by(mailer), Words{"chain/mailer_effect"});
  EXPECT_EQ(events_moved_by(mailer), Words{"promotion/choice"});

  const Change elasticity = [](Scenario& scenario) { scenario.elasticity_mean = 3; };
  EXPECT_EQ(numbers_moved_by(elasticity),
            (Words{"chain/elasticity_mean", "product/own_price_elasticity"}));
  EXPECT_EQ(events_moved_by(elasticity), Words{});

  const Change churn = [](Scenario& scenario) { scenario.churn_share = 0.1; };
  EXPECT_EQ(numbers_moved_by(churn),
            (Words{"chain/churn_share", "household/active_share", "store/anonymous_visits"}));
  EXPECT_EQ(events_moved_by(churn), Words{"household_left/card_holders"});

  const Change online = [](Scenario& scenario) { scenario.online_share = 0.3; };
  EXPECT_EQ(numbers_moved_by(online), (Words{"chain/online_share", "household/online_share"}));
  EXPECT_EQ(events_moved_by(online), Words{});

  const Change clearance = [](Scenario& scenario) { scenario.clearance_weeks = 3; };
  EXPECT_EQ(numbers_moved_by(clearance), Words{"chain/clearance_depth"});
  EXPECT_EQ(events_moved_by(clearance), Words{"clearance/depth"});

  const Change launches = [](Scenario& scenario) { scenario.launched_share = 0; };
  EXPECT_EQ(numbers_moved_by(launches), Words{});
  EXPECT_TRUE(events_moved_by(launches).contains("product_launched/assortment"));
  EXPECT_FALSE(events_moved_by(launches).contains("holiday/entries"));

  const Change holidays = [](Scenario& scenario) { scenario.holidays.clear(); };
  EXPECT_EQ(numbers_moved_by(holidays), Words{});
  EXPECT_EQ(events_moved_by(holidays), (Words{"holiday/entries", "holiday/lines_per_basket"}));
}

TEST(TruthEvents, EveryEventTouchesTheDaysOfTheScenario) {
  const auto world = busy_world([](Scenario& scenario) {
    scenario.traffic_changes = {{1, 2, std::chrono::year{2023} / 1 / 1, std::nullopt}};
    scenario.collection_share = 0.4;
    scenario.clearance_weeks = 5;
  });
  std::set<std::string> keys, kinds;
  for (const auto& event : events_of(*world)) {
    EXPECT_TRUE(keys.insert(event.event_id + " " + event.effect).second) << event.event_id;
    EXPECT_LE(event.starts_on, event.ends_on) << event.event_id;
    EXPECT_LE(event.starts_on, world->scenario.to) << event.event_id;
    EXPECT_GE(event.ends_on, world->scenario.from) << event.event_id;
    kinds.insert(event.kind);
    if (event.kind == "promotion") continue;  // may have begun before
    EXPECT_GE(event.starts_on, world->scenario.from) << event.event_id;
    EXPECT_LE(event.ends_on, world->scenario.to) << event.event_id;
  }
  EXPECT_EQ(kinds, (Words{"clearance", "holiday", "household_joined", "household_left",
                          "product_delisted", "product_launched", "promotion", "traffic_changed"}));
}

TEST(TruthEvents, PromotionsAreThoseOfThePromotionTable) {
  const auto world = tiny_world();
  const PromotionRows rows = promotion_rows(*world);
  const auto events = events_of(*world, "promotion");
  ASSERT_EQ(events.size(), 2 * rows.promotions.size());
  for (std::size_t i = 0; i < rows.promotions.size(); ++i) {
    const Promotion& promotion = rows.promotions[i];
    const TruthEvent& depth = events[2 * i];
    const TruthEvent& choice = events[2 * i + 1];
    for (const TruthEvent* event : {&depth, &choice}) {
      EXPECT_EQ(event->entity, TruthEntity::promotion);
      EXPECT_EQ(event->entity_id, std::to_string(promotion.promo_id.value));
      EXPECT_EQ(event->starts_on, promotion.starts_on);
      EXPECT_EQ(event->ends_on, promotion.ends_on);
    }
    EXPECT_EQ(depth.effect, "depth");
    EXPECT_EQ(depth.magnitude, number_of(*promotion.depth_pct));
    EXPECT_EQ(choice.effect, "choice");
    const double lift = promotion.kind == PromotionKind::mailer    ? world->scenario.mailer_lift
                        : promotion.kind == PromotionKind::display ? world->scenario.display_lift
                                                                   : 0;
    EXPECT_EQ(choice.magnitude, number_of(exponential(lift)));
  }
}

TEST(TruthEvents, HolidaysSayWhatTheyDoToTripsAndBaskets) {
  const auto world = tiny_world([](Scenario& scenario) {
    scenario.holidays = {{"Candlemas", "02-02", 1.5, 0.9}, {"Christmas", "12-25", 0, 1}};
  });
  const auto events = events_of(*world, "holiday");
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].label, "Candlemas");
  EXPECT_EQ(to_text(events[0].starts_on), "2024-02-02");
  EXPECT_EQ(events[0].ends_on, events[0].starts_on);
  EXPECT_EQ(events[0].effect, "entries");
  EXPECT_EQ(events[0].magnitude, number_of(1.5));
  EXPECT_EQ(events[1].effect, "lines_per_basket");
  EXPECT_EQ(events[1].magnitude, number_of(0.9));
}

TEST(TruthEvents, ExperimentsAreListedWithTheirDays) {
  const auto world = tiny_world();
  const Promotion promotion = promotion_rows(*world).promotions[5];
  const std::chrono::year year{2024};
  const auto changed = tiny_world([&](Scenario& scenario) {
    scenario.promotion_changes = {{promotion.promo_id.value, 0}, {1, 30}};  // no promotion 1
    scenario.traffic_changes = {{2, 1.5, year / 1 / 10, year / 1 / 16},
                                {3, 0.5, std::nullopt, std::nullopt},
                                {3, 0.5, year / 3 / 1, std::nullopt}};  // afterwards
  });
  const auto promotions = events_of(*changed, "promotion_changed");
  ASSERT_EQ(promotions.size(), 1u);
  EXPECT_EQ(promotions[0].entity_id, std::to_string(promotion.promo_id.value));
  EXPECT_EQ(promotions[0].starts_on, promotion.starts_on);
  EXPECT_EQ(promotions[0].ends_on, promotion.ends_on);
  EXPECT_EQ(promotions[0].magnitude, number_of(0));
  for (const auto& event : events_of(*changed, "promotion"))
    EXPECT_NE(event.entity_id, promotions[0].entity_id);

  const auto traffic = events_of(*changed, "traffic_changed");
  ASSERT_EQ(traffic.size(), 2u);
  EXPECT_EQ(traffic[0].entity_id, "2");
  EXPECT_EQ(to_text(traffic[0].starts_on), "2024-01-10");
  EXPECT_EQ(to_text(traffic[0].ends_on), "2024-01-16");
  EXPECT_EQ(traffic[0].magnitude, number_of(1.5));
  EXPECT_EQ(traffic[1].starts_on, changed->scenario.from);
  EXPECT_EQ(traffic[1].ends_on, changed->scenario.to);
}

TEST(TruthEvents, OpeningsClosingsAndRefitsAreThoseOfTheStores) {
  const auto world = tiny_world([](Scenario& scenario) {
    scenario.to = scenario.from + std::chrono::days(7 * 30 - 1);
    scenario.store_count = 30;
    scenario.store_opened_share = scenario.store_closed_share = scenario.store_refit_share = 0.5;
    scenario.store_ramp_weeks = 9;
  });
  using Days = std::map<std::string, std::pair<Day, Day>>;
  const auto told = [&](std::string_view kind, std::string_view effect, Number magnitude) {
    Days days;
    for (const auto& event : events_of(*world, kind)) {
      if (event.effect != effect) continue;
      EXPECT_EQ(event.entity, TruthEntity::store);
      EXPECT_EQ(event.magnitude, magnitude) << kind;
      days[event.entity_id] = {event.starts_on, event.ends_on};
    }
    return days;
  };
  Days opened, closed, refitted;
  for (const StoreSite& store : world->stores) {
    const std::string id = std::to_string(store.row.store_id.value);
    const Day day = *store.row.opened_on;
    if (day >= world->scenario.from) opened[id] = {day, day};
    if (store.row.closed_on) closed[id] = {*store.row.closed_on, *store.row.closed_on};
    if (store.refit)
      refitted[id] = {monday_of(store.refit->first),
                      monday_of(store.refit->last) + std::chrono::days(6)};
  }
  EXPECT_GT(opened.size(), 5u);
  EXPECT_GT(closed.size(), 2u);
  EXPECT_GT(refitted.size(), 2u);
  EXPECT_EQ(told("store_opened", "stores", number_of(1)), opened);
  EXPECT_EQ(told("store_opened", "ramp", number_of(9)), opened);
  EXPECT_EQ(told("store_closed", "stores", number_of(-1)), closed);
  EXPECT_EQ(told("store_refit", "entries", number_of(0)), refitted);
}

TEST(TruthParameters, HouseholdsHaveAnAddressWhereDistanceCounts) {
  const auto near = busy_world([](Scenario& scenario) { scenario.distance_exponent = 2; });
  const auto with = numbers_of(*near);
  const auto without = numbers_of(*busy_world());
  const Key distance{TruthEntity::household, "7", "home_distance"};
  EXPECT_FALSE(without.contains(distance));
  const HouseholdState& household = near->households[6];
  const double km =
      distance_km(near->neighbourhoods[household.neighbourhood], near->stores[household.home]);
  EXPECT_EQ(with.at(distance), number_of(km));
  EXPECT_EQ(with.size() - without.size(), 3 * near->households.size());
}

TEST(TruthEvents, LaunchesAndDelistingsAreThoseOfTheProducts) {
  const auto world = busy_world();
  std::set<std::string> launched, delisted;
  for (const auto& event : events_of(*world, "product_launched")) {
    EXPECT_EQ(event.magnitude, number_of(1));
    launched.insert(event.entity_id);
  }
  for (const auto& event : events_of(*world, "product_delisted")) {
    EXPECT_EQ(event.magnitude, number_of(-1));
    delisted.insert(event.entity_id);
  }
  for (std::size_t i = 0; i < world->products.size(); ++i) {
    const std::string id = std::to_string(i + 1);
    EXPECT_EQ(launched.contains(id), world->products[i].first_week >= world->first_week()) << id;
    EXPECT_EQ(delisted.contains(id), world->products[i].last_week <= world->last_week()) << id;
  }
  EXPECT_TRUE(events_of(*world, "clearance").empty());
  EXPECT_GT(launched.size(), 20u);
  EXPECT_GT(delisted.size(), 20u);
}

TEST(TruthEvents, AClearanceLastsUntilItsProductLeavesOrTheScenarioEnds) {
  const auto world = tiny_world([](Scenario& scenario) {
    scenario.delisted_share = 0.5;
    scenario.clearance_weeks = 4;
    scenario.clearance_depth = 0.6;
  });
  const auto events = events_of(*world, "clearance");
  EXPECT_GT(events.size(), 30u);
  for (const TruthEvent& event : events) {
    const ProductState& product = world->products[std::stoul(event.entity_id) - 1];
    EXPECT_EQ(event.ends_on, monday_of(product.last_week) + std::chrono::days(6));
    EXPECT_EQ(event.starts_on, monday_of(std::max(product.last_week - 3, world->first_week())));
    EXPECT_EQ(event.magnitude, number_of(60));
  }
}

}  // namespace
}  // namespace retailsim::simulate
