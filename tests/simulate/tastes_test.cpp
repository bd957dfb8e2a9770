#include "simulate/tastes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

std::vector<double> shares_of(const World& world, std::uint32_t taste, MissionKind mission,
                              int draws_wanted) {
  std::vector<double> shares(world.categories.size());
  LineDraws draws{11, Stream::member_line, {taste}};
  PlannedAisles everywhere{};
  everywhere.categories = world.tastes.categories_of(taste, mission);
  float sum = 0;
  for (std::size_t aisle = 0; aisle < world.aisle_count(); ++aisle) {
    sum += world.tastes.aisles_of(taste, mission)[aisle];
    everywhere.cumulated[aisle] = sum;
  }
  for (std::size_t beyond = world.aisle_count(); beyond < most_aisles; ++beyond)
    everywhere.cumulated[beyond] = sum;
  for (int i = 0; i < draws_wanted; ++i) {
    LineDraws one{11, Stream::member_line, {taste, static_cast<std::uint32_t>(i)}};
    const std::uint32_t aisle_word = one.word();
    const std::uint32_t word = one.word();
    shares[draw_category(world, everywhere, aisle_word, word)] += 1.0 / draws_wanted;
  }
  return shares;
}

std::shared_ptr<const World> even_world(double nonbuyers) {
  return tiny_world([&](Scenario& scenario) {
    scenario.behaviours_off = {"tiers", "seasons"};
    scenario.taste_variance = 0;
    scenario.aisle_taste = 1e6;
    scenario.nonbuyer_share = nonbuyers;
  });
}

TEST(Tastes, WithoutThemBothMissionsTogetherGiveEachCategoryItsShare) {
  const auto world = even_world(0);
  const auto small = shares_of(*world, 0, MissionKind::fill_in, 40'000);
  const auto large = shares_of(*world, 0, MissionKind::stock_up, 40'000);
  for (std::size_t c = 0; c < world->categories.size(); ++c)
    EXPECT_NEAR(0.17 * small[c] + 0.83 * large[c], world->categories[c].share, 0.006) << c;
}

TEST(Tastes, ShortTripsBuyWhatTiltsToThem) {
  const auto world = even_world(0);
  const auto small = shares_of(*world, 0, MissionKind::fill_in, 40'000);
  const auto large = shares_of(*world, 0, MissionKind::stock_up, 40'000);
  double sum = 0;
  for (std::size_t c = 0; c < world->categories.size(); ++c)
    sum += (std::log(small[c] + 1e-4) - std::log(large[c] + 1e-4)) *
           world->categories[c].fill_in_tilt * world->categories[c].share;
  EXPECT_GT(sum, 0);
}

TEST(Tastes, SomeHouseholdsNeverBuyACategoryAsOftenAsTheScenarioSays) {
  const auto world = even_world(0.2);
  const std::size_t count = world->categories.size();
  const auto profiles = world->tastes.count;
  // A category that nobody of the profile buys has next to no weight in its aisle.
  for (const std::size_t aisle : {0u, 1u, 2u, 3u}) {
    const std::uint32_t at = world->aisle_begin[aisle];
    if (world->aisle_begin[aisle + 1] - at != 1) continue;  // alone in its aisle
    const CategoryState& category = world->categories[world->by_aisle[at]];
    int never = 0;
    for (std::uint32_t profile = 0; profile < profiles; ++profile)
      never += world->tastes.aisles[profile * mission_kinds * world->aisle_count() + aisle] < 1e-9f
                   ? 1
                   : 0;
    const double expected = std::min(0.9, 0.2 * std::pow(category.share / 0.02, -0.55));
    EXPECT_NEAR(static_cast<double>(never) / profiles, expected, 0.08) << count;
  }
}

TEST(Tastes, PlannedAislesWeighMoreThanOthersByTheScenariosFactors) {
  const auto world = tiny_world([](Scenario& scenario) {
    scenario.aisle_not_visited = 0;
    scenario.department_not_visited = 1;
  });
  int planned = 0;
  int all = 0;
  for (std::uint32_t basket = 0; basket < 500; ++basket) {
    LineDraws draws{5, Stream::member_line, {basket}};
    const PlannedAisles aisles = plan_aisles(*world, 0, MissionKind::stock_up, 10, draws);
    float before = 0;
    for (std::size_t aisle = 0; aisle < world->aisle_count(); ++aisle) {
      planned += aisles.cumulated[aisle] > before ? 1 : 0;
      before = aisles.cumulated[aisle];
      ++all;
    }
  }
  // A basket of ten lines plans half of the aisles.
  EXPECT_NEAR(static_cast<double>(planned) / all, 0.5, 0.03);
}

}  // namespace
}  // namespace retailsim::simulate
