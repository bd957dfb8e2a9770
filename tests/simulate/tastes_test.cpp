#include "simulate/tastes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "sample.h"
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

// How the trip weighs an aisle against what the shopper likes: by the department, then the aisle.
TEST(Tastes, AislesAndDepartmentsThatATripDoesNotPlanWeighLessByTheirFactors) {
  constexpr double off_aisle = 0.4;
  constexpr double off_department = 0.3;
  const auto world = tiny_world([](Scenario& scenario) {
    scenario.aisle_not_visited = off_aisle;
    scenario.department_not_visited = off_department;
    scenario.behaviours_off = {"household_tastes"};
  });
  // How likely a trip for so many lines plans an aisle, and a department.
  struct Plan {
    std::uint32_t lines;
    double aisle;
    double department;
  };
  for (const auto& [lines, aisle, department] :
       {Plan{3, 0.25, 0.25}, Plan{10, 0.5, 0.5}, Plan{20, 0.75, 0.75}, Plan{50, 0.875, 0.75}}) {
    const double factors[] = {1, off_aisle, off_department, off_aisle * off_department};
    Sample shares[4];
    for (std::uint32_t basket = 0; basket < 4000; ++basket) {
      const std::uint32_t taste = basket % world->tastes.count;
      const float* liked = world->tastes.aisles_of(taste, MissionKind::stock_up);
      LineDraws draws{5, Stream::member_line, {basket}};
      const PlannedAisles aisles = plan_aisles(*world, taste, MissionKind::stock_up, lines, draws);
      // One aisle of the trip, for those of a department share its luck.
      const std::size_t at = basket % world->aisle_count();
      const double before = at == 0 ? 0 : static_cast<double>(aisles.cumulated[at - 1]);
      const double weight = static_cast<double>(aisles.cumulated[at]) - before;
      const double factor = weight / static_cast<double>(liked[at]);
      int found = 0;
      for (std::size_t kind = 0; kind < 4; ++kind) {
        const bool is_it = std::abs(factor / factors[kind] - 1) < 0.02;
        shares[kind].add(is_it ? 1 : 0);
        found += is_it ? 1 : 0;
      }
      ASSERT_EQ(found, 1) << factor << ' ' << at;
    }
    const double expected[] = {aisle * department, (1 - aisle) * department,
                               aisle * (1 - department), (1 - aisle) * (1 - department)};
    for (std::size_t kind = 0; kind < 4; ++kind)
      EXPECT_NEAR(shares[kind].mean(), expected[kind], shares[kind].tolerance()) << lines;
  }
}

TEST(Tastes, LinesFallIntoAislesByTheWeightThatTheTripGivesThem) {
  const auto world = tiny_world([](Scenario& scenario) { scenario.aisle_not_visited = 0.2; });
  LineDraws planning{5, Stream::member_line, {1}};
  const PlannedAisles aisles = plan_aisles(*world, 0, MissionKind::stock_up, 10, planning);
  std::vector<std::size_t> aisle_of(world->categories.size());
  for (std::size_t aisle = 0; aisle < world->aisle_count(); ++aisle)
    for (std::uint32_t at = world->aisle_begin[aisle]; at < world->aisle_begin[aisle + 1]; ++at)
      aisle_of[world->by_aisle[at]] = aisle;
  constexpr std::uint32_t lines = 40'000;
  std::vector<double> found(world->aisle_count());
  LineDraws draws{5, Stream::member_line, {2}};
  for (std::uint32_t line = 0; line < lines; ++line) {
    if (line % 2000 == 0) draws = LineDraws{5, Stream::member_line, {2}, line / 2000};
    const std::uint32_t aisle_word = draws.word();
    const std::uint32_t word = draws.word();
    found[aisle_of[draw_category(*world, aisles, aisle_word, word)]] += 1.0 / lines;
  }
  double before = 0;
  for (std::size_t aisle = 0; aisle < world->aisle_count(); ++aisle) {
    const double cumulated = static_cast<double>(aisles.cumulated[aisle]);
    const double share =
        (cumulated - before) / static_cast<double>(aisles.cumulated[most_aisles - 1]);
    // Four standard errors, and what 16 bits of a word cannot tell apart.
    EXPECT_NEAR(found[aisle], share, 4 * std::sqrt(share * (1 - share) / lines) + 0x1p-16) << aisle;
    before = cumulated;
  }
}

TEST(Tastes, OfDearCategoriesGoWithThePriceToThePowerThatTheSpreadOfTiersGives) {
  constexpr double tier_sd = 0.78;
  // Twins of the same tastes but for this one.
  const auto world_of = [](double sd) {
    return tiny_world([&](Scenario& scenario) {
      scenario.behaviours_off = {"household_tastes", "seasons"};
      scenario.tier_sd = sd;
    });
  };
  const auto even = world_of(0);
  const auto tiered = world_of(tier_sd);
  double mean_log_price = 0;
  for (const CategoryState& category : even->categories)
    mean_log_price += category.share * category.log_price;
  Sample scores;
  Sample squares;
  for (std::uint32_t profile = 0; profile < tiered->tastes.count; ++profile) {
    const auto score = static_cast<double>(tiered->tastes.tiers[profile]);
    scores.add(score);
    squares.add(score * score);
    for (std::size_t aisle = 0; aisle < tiered->aisle_count(); ++aisle) {
      const std::uint32_t at = tiered->aisle_begin[aisle];
      if (tiered->aisle_begin[aisle + 1] - at != 1) continue;  // alone in its aisle
      const double log_price = tiered->categories[tiered->by_aisle[at]].log_price;
      const float weight = tiered->tastes.aisles_of(profile, MissionKind::stock_up)[aisle];
      const float usual = even->tastes.aisles_of(profile, MissionKind::stock_up)[aisle];
      ASSERT_NEAR(std::log(static_cast<double>(weight / usual)),
                  0.45 * tier_sd * score * (log_price - mean_log_price), 1e-5);
    }
  }
  EXPECT_NEAR(scores.mean(), 0, scores.tolerance());
  EXPECT_NEAR(squares.mean(), 1, squares.tolerance());
}

}  // namespace
}  // namespace retailsim::simulate
