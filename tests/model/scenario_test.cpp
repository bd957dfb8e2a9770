#include "model/scenario.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <set>

#include "base/failure.h"
#include "model/scenario_knobs.h"

namespace retailsim {
namespace {

// What a user reads when the scenario is refused: "what | hint".
std::string refusal(std::string_view toml) {
  try {
    parse_scenario(toml, "shop.toml");
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::wrong_usage);
    return fmt::format("{} | {}", failure.what(), failure.hint());
  }
  return "accepted";
}

constexpr std::string_view usual_hint =
    " | see `retailsim scenario show` for every key and its default";

TEST(Scenario, AnEmptyFileIsTheDefaultChain) { EXPECT_EQ(parse_scenario("", "x"), Scenario{}); }

TEST(Scenario, AValueOnTopOfAScenarioLeavesTheOthers) {
  const Scenario shops = parse_scenario("seed = 42\n[[traffic]]\nstore_id = 4\nfactor = 2\n", "x");
  Scenario expected = shops;
  expected.conversion = 0.5;
  expected.open_hour = 9;
  EXPECT_EQ(with_values(shops, "visits.conversion = 0.5\nstores.open_hour = 9", "--set"), expected);
}

TEST(Scenario, WhatTheFileSaysIsWhatTheScenarioHolds) {
  const Scenario scenario = parse_scenario(R"(
name = "corner shops"
seed = 42
from = 2024-02-01
to = 2024-02-29
[stores]
count = 4
regions = ["Bretagne", "La Réunion"]
[visits]
conversion = 0.5
[calendar]
weekday_trips = [1, 1, 1, 1, 1, 1, 1.5]
[[traffic]]
store_id = 4
factor = 0
from = 2024-02-05
[[promotion]]
promo_id = 12345
depth_pct = 50
[[holiday]]
name = "Ascension"
when = "easter+39"
trips = 0
)",
                                           "x");
  EXPECT_EQ(scenario.name, "corner shops");
  EXPECT_EQ(scenario.seed, 42);
  EXPECT_EQ(to_text(scenario.from), "2024-02-01");
  EXPECT_EQ(to_text(scenario.to), "2024-02-29");
  EXPECT_EQ(scenario.store_count, 4);
  EXPECT_EQ(scenario.regions, (std::vector<std::string>{"Bretagne", "La Réunion"}));
  EXPECT_EQ(scenario.conversion, 0.5);
  EXPECT_EQ(scenario.weekday_trips[6], 1.5);
  ASSERT_EQ(scenario.traffic_changes.size(), 1u);
  EXPECT_EQ(scenario.traffic_changes[0].factor, 0);
  EXPECT_EQ(to_text(*scenario.traffic_changes[0].from), "2024-02-05");
  EXPECT_FALSE(scenario.traffic_changes[0].to);
  EXPECT_EQ(scenario.promotion_changes, (std::vector<PromotionChange>{{12345, 50}}));
  EXPECT_EQ(scenario.holidays, (std::vector<Holiday>{{"Ascension", "easter+39", 0, 1}}));
}

TEST(Scenario, AMisspelledKeyIsAnsweredWithItsPlaceAndTheNearestKey) {
  EXPECT_EQ(refusal("name = \"x\"\nsead = 7\n"),
            "shop.toml:2:1: unknown key sead | did you mean seed?");
  EXPECT_EQ(refusal("[stores]\n  cuont = 3\n"),
            "shop.toml:2:3: unknown key stores.cuont | did you mean stores.count?");
  EXPECT_EQ(refusal("[store]\ncount = 3\n"),
            "shop.toml:1:2: unknown key store | did you mean stores?");
  EXPECT_EQ(refusal("[[trafic]]\nstore_id = 3\n"),
            "shop.toml:1:3: unknown key trafic | did you mean traffic?");
  EXPECT_EQ(refusal("[[traffic]]\nstore_id = 3\nfactor = 2\nfrm = 2024-01-01\n"),
            "shop.toml:4:1: unknown key traffic.frm | did you mean traffic.from?");
}

TEST(Scenario, AKeyInTheWrongTableIsAnsweredWithItsTable) {
  EXPECT_EQ(refusal("trips_per_year = 20\n"),
            "shop.toml:1:1: unknown key trips_per_year | did you mean households.trips_per_year?");
}

TEST(Scenario, AValueOutsideItsRangeIsAnsweredWithTheLegalOnes) {
  EXPECT_EQ(
      refusal("[stores]\ncount = 0\n"),
      fmt::format("shop.toml:2:9: stores.count is 0; legal: 1 to 16383 (stores){}", usual_hint));
  EXPECT_EQ(refusal("seed = -1\n"),
            fmt::format("shop.toml:1:8: seed is -1; legal: 0 or more{}", usual_hint));
  EXPECT_EQ(refusal("from = 1999-12-31\n"),
            fmt::format("shop.toml:1:8: from is 1999-12-31, outside 2000-01-03 … 2078-06-30{}",
                        usual_hint));
}

TEST(Scenario, AValueOfTheWrongTypeIsAnsweredWithTheRightOne) {
  EXPECT_EQ(refusal("seed = 'seven'\n"),
            fmt::format("shop.toml:1:8: seed has to be a whole number{}", usual_hint));
  EXPECT_EQ(refusal("seed = 1.5\n"),
            fmt::format("shop.toml:1:8: seed has to be a whole number{}", usual_hint));
  EXPECT_EQ(refusal("from = '2024-01-01'\n"),
            fmt::format("shop.toml:1:8: from has to be a date such as 2024-01-31, without quotes{}",
                        usual_hint));
  EXPECT_EQ(refusal("[calendar]\nweekday_trips = [1, 2]\n"),
            fmt::format("shop.toml:2:17: calendar.weekday_trips has to be a list of 7 numbers{}",
                        usual_hint));
  EXPECT_EQ(refusal("[visits]\nconversion = nan\n"),
            fmt::format("shop.toml:2:14: visits.conversion has to be a number{}", usual_hint));
  EXPECT_EQ(refusal("stores = 3\n"),
            fmt::format("shop.toml:1:10: stores has to be a table: [stores]{}", usual_hint));
  EXPECT_EQ(
      refusal("traffic = 3\n"),
      fmt::format("shop.toml:1:11: traffic has to be a list of tables: [[traffic]]{}", usual_hint));
}

TEST(Scenario, AnUnknownRegionIsAnsweredWithTheNearestOne) {
  EXPECT_EQ(refusal("[stores]\nregions = [\"Bretagne\", \"Normandy\"]\n"),
            "shop.toml:2:24: stores.regions can't be \"Normandy\"; legal: Bretagne, Normandie, "
            "Occitanie, Grand Est, Hauts-de-France, Nouvelle-Aquitaine, La Réunion, Ohio, "
            "Kentucky, Indiana, Michigan | did you mean "
            "\"Normandie\"?");
}

TEST(Scenario, ValuesThatContradictEachOtherAreRefused) {
  EXPECT_EQ(refusal("from = 2024-02-01\nto = 2024-01-01\n"),
            fmt::format("shop.toml:2:6: to is 2024-01-01, before from, 2024-02-01{}", usual_hint));
  EXPECT_EQ(refusal("[stores]\nopen_hour = 12\nclose_hour = 12\n"),
            fmt::format("shop.toml:3:14: stores.close_hour is 12; legal: more than "
                        "stores.open_hour, 12{}",
                        usual_hint));
  EXPECT_EQ(refusal("[stores]\ncount = 2\n[[traffic]]\nstore_id = 3\nfactor = 2\n"),
            fmt::format("shop.toml:3:1: traffic.store_id is 3; legal: 1 to 2 (stores.count){}",
                        usual_hint));
  EXPECT_EQ(refusal("[[traffic]]\nstore_id = 3\n"),
            fmt::format("shop.toml:1:1: [[traffic]] has no factor{}", usual_hint));
  EXPECT_EQ(refusal("[[holiday]]\nname = \"x\"\nwhen = \"Easter\"\n"),
            fmt::format("shop.toml:3:8: holiday.when can't be \"Easter\"; it has to be \"MM-DD\", "
                        "\"easter\", \"easter-2\", \"easter+39\" or \"thanksgiving-1\"{}",
                        usual_hint));
}

TEST(Scenario, TextThatIsNoTomlIsAnsweredWithItsPlace) {
  EXPECT_TRUE(refusal("name = \"x\"\n[stores\n").starts_with("shop.toml:2:8: "));
}

TEST(Scenario, WrittenOutItReadsBackAsTheSame) {
  Scenario scenario;
  scenario.name = "quotes \" and \\ and é";
  scenario.conversion = 0.1 + 0.2;
  scenario.elasticity_mean = 4;
  scenario.holidays.clear();
  scenario.traffic_changes = {{.store_id = 2, .factor = 1.5, .from = {}, .to = scenario.to}};
  scenario.promotion_changes = {{4711, 0}};
  EXPECT_EQ(parse_scenario(to_toml(scenario), "x"), scenario);
  EXPECT_EQ(parse_scenario(to_toml(Scenario{}), "x"), Scenario{});
}

TEST(Scenario, EveryKnobIsDescribedAndItsDefaultIsLegal) {
  std::set<std::string_view> keys;
  const auto check = [&]<class Owner>(const Owner&) {
    for (const auto& knob : knobs<Owner>()) {
      EXPECT_TRUE(knob.meaning.ends_with('.')) << knob.key;
      EXPECT_LE(knob.at_least, knob.at_most) << knob.key;
      if constexpr (std::is_same_v<Owner, Scenario>) {
        EXPECT_TRUE(keys.insert(knob.key).second) << knob.key;
      }
    }
  };
  check(Scenario{});
  check(Holiday{});
  check(TrafficChange{});
  check(PromotionChange{});
}

TEST(Scenario, EveryNumberThatIsChangedChangesTheDigest) {
  std::set<std::string> digests{digest(Scenario{})};
  std::size_t changed = 1;
  for (const auto& knob : knobs<Scenario>()) {
    Scenario scenario;
    if (const auto* number = std::get_if<double Scenario::*>(&knob.field)) {
      scenario.** number += 0.001;
    } else if (const auto* whole = std::get_if<std::int64_t Scenario::*>(&knob.field)) {
      scenario.** whole += 1;
    } else {
      continue;
    }
    digests.insert(digest(scenario));
    ++changed;
  }
  EXPECT_GT(changed, 50u);
  EXPECT_EQ(digests.size(), changed);
}

TEST(Scenario, ScalingMultipliesStoresAndHouseholds) {
  Scenario scenario;
  scenario.store_count = 10;
  scenario.household_count = 1850;
  scale(scenario, 2.5);
  EXPECT_EQ(scenario.store_count, 25);
  EXPECT_EQ(scenario.household_count, 4625);
  scale(scenario, 0.001);
  EXPECT_EQ(scenario.store_count, 1);
  EXPECT_EQ(scenario.household_count, 5);
  EXPECT_THROW(scale(scenario, 0), Failure);
  EXPECT_THROW(scale(scenario, 1e6), Failure);
}

TEST(Scenario, TheScenariosThatComeWithTheProgramAreLegal) {
  const std::filesystem::path folder = std::filesystem::path{RETAILSIM_SOURCE_DIR} / "scenarios";
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator{folder}) {
    EXPECT_EQ(load_scenario(entry.path()).name, entry.path().stem());
    ++files;
  }
  EXPECT_GE(files, 2u);
}

}  // namespace
}  // namespace retailsim
