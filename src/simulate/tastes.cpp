#include "simulate/tastes.h"

#include <algorithm>

#include "simulate/distributions.h"
#include "simulate/seasons.h"
#include "simulate/world_parts.h"

namespace retailsim::simulate {
namespace {

// Profiles are shared beyond this number of households; what 20 MB hold with 300 categories.
constexpr std::uint32_t most_profiles = 4096;
constexpr std::uint32_t least_profiles = 256;  // for anonymous buyers of small chains

// Categories' weights by mission, such that both together give each its share. Small baskets
// hold 17 % of lines (prototype); how tilts act on the two: prototype.
struct MissionShares {
  explicit MissionShares(const World& world) {
    constexpr double small_part = 0.17;
    constexpr double on_mission[mission_kinds] = {0.55, -0.45};
    const std::size_t count = world.categories.size();
    std::vector<double> base(count);
    for (std::size_t c = 0; c < count; ++c) base[c] = world.categories[c].share;
    for (auto& mission : weights) mission.resize(count);
    constexpr int rounds = 6;
    for (int round = 0; round < rounds; ++round) {
      double sums[mission_kinds] = {};
      for (std::size_t c = 0; c < count; ++c) {
        for (std::size_t m = 0; m < mission_kinds; ++m) {
          weights[m][c] = base[c] * exponential(on_mission[m] * world.categories[c].fill_in_tilt);
          sums[m] += weights[m][c];
        }
      }
      if (round + 1 == rounds) break;
      for (std::size_t c = 0; c < count; ++c)
        base[c] *= world.categories[c].share / (small_part * weights[0][c] / sums[0] +
                                                (1 - small_part) * weights[1][c] / sums[1]);
    }
  }
  std::vector<double> weights[mission_kinds];
};

// A profile's taste for each category, mean 1: a gamma law, zero for those who never buy it,
// times one for its aisle. Prototype.
std::vector<double> tastes_of(const World& world, std::uint32_t profile) {
  const Scenario& scenario = world.scenario;
  Draws draws{world.seed, Stream::taste, {profile}};
  std::vector<double> of_aisles;
  const double shape = scenario.aisle_taste;
  for (std::size_t aisle = 0; aisle < world.aisle_count(); ++aisle)
    of_aisles.push_back(gamma(draws, shape) / shape);
  std::vector<double> tastes(world.categories.size());
  for (std::size_t aisle = 0; aisle < world.aisle_count(); ++aisle) {
    for (std::uint32_t at = world.aisle_begin[aisle]; at < world.aisle_begin[aisle + 1]; ++at) {
      const std::uint32_t category = world.by_aisle[at];
      const CategoryState& state = world.categories[category];
      Draws own{world.seed, Stream::taste, {profile, category}, 1};
      const double never = scenario.nonbuyer_share * power(state.share / 0.02, -0.55);
      const double unit = own.unit();
      if (unit < std::min(0.9, never)) continue;
      const double taste =
          state.taste_shape > 1e5 ? 1 : gamma(own, state.taste_shape) / state.taste_shape;
      tastes[category] = taste * of_aisles[aisle];
    }
  }
  return tastes;
}

double tier_score(const World& world, std::uint32_t profile) {
  Draws draws{world.seed, Stream::taste, {profile}, 2};
  return normal(draws);
}

}  // namespace

void add_tastes(World& world) {
  const auto households = static_cast<std::uint32_t>(world.scenario.household_count);
  Tastes& tastes = world.tastes;
  tastes.count = std::clamp(households, least_profiles, most_profiles);
  const std::size_t count = world.categories.size();
  const std::size_t aisles = world.aisle_count();
  tastes.category_count = count;
  tastes.aisle_count = aisles;
  const MissionShares shares{world};
  double mean_price = 0;
  std::vector<double> peaks;  // what the season will take away again
  for (const CategoryState& category : world.categories) {
    mean_price += category.share * category.log_price;
    peaks.push_back(season_peak(category));
  }
  tastes.categories.reserve(tastes.count * mission_kinds * count);
  std::vector<double> weights;
  std::vector<AliasCell> cells;
  for (std::uint32_t profile = 0; profile < tastes.count; ++profile) {
    const std::vector<double> of_profile = tastes_of(world, profile);
    tastes.tiers.push_back(static_cast<float>(tier_score(world, profile)));
    const double tier = 0.45 * world.scenario.tier_sd * static_cast<double>(tastes.tiers.back());
    std::vector<double> priced(count);
    for (std::size_t c = 0; c < count; ++c)
      priced[c] = of_profile[c] * peaks[c] *
                  exponential(tier * (world.categories[c].log_price - mean_price));
    for (std::size_t mission = 0; mission < mission_kinds; ++mission) {
      for (std::size_t aisle = 0; aisle < aisles; ++aisle) {
        weights.clear();
        double sum = 0;
        for (std::uint32_t at = world.aisle_begin[aisle]; at < world.aisle_begin[aisle + 1]; ++at) {
          const std::uint32_t category = world.by_aisle[at];
          // Never quite zero, so that an aisle of disliked categories has a table.
          weights.push_back(shares.weights[mission][category] * priced[category] + 1e-12);
          sum += weights.back();
        }
        tastes.aisles.push_back(static_cast<float>(sum));
        cells.resize(weights.size());
        build_alias_table(weights, cells);
        for (const AliasCell& cell : cells) tastes.categories.push_back(small_cell(cell));
      }
    }
  }
}

PlannedAisles plan_aisles(const World& world, std::uint32_t taste, MissionKind mission,
                          std::uint32_t lines, LineDraws& draws) {
  std::uint32_t aisles = draws.word();
  std::uint32_t departments = draws.word();
  const std::uint32_t more_aisles = draws.word();
  const std::uint32_t more_departments = draws.word();
  const std::uint32_t even_more = draws.word();
  // Each bit is set with probability 1/4, 1/2, 3/4 or 7/8. Prototype.
  if (lines <= 6) {
    aisles &= more_aisles;
    departments &= more_departments;
  } else if (lines > 14) {
    aisles |= lines > 30 ? more_aisles | even_more : more_aisles;
    departments |= more_departments;
  }
  const std::size_t count = world.aisle_count();
  const float* weights = world.tastes.aisles_of(taste, mission);
  const auto off_aisle = static_cast<float>(world.scenario.aisle_not_visited);
  const auto off_department = static_cast<float>(world.scenario.department_not_visited);
  PlannedAisles planned;
  planned.categories = world.tastes.categories_of(taste, mission);
  // All profiles together are more than the processor keeps near; soon it asks for some of these.
  constexpr std::size_t near = 64;  // bytes that come together
  for (std::size_t at = 0; at < world.categories.size(); at += near / sizeof(SmallAliasCell))
    __builtin_prefetch(planned.categories + at);
  // By whether the department is planned, then the aisle.
  const float factors[2][2] = {{off_department * off_aisle, off_department}, {off_aisle, 1}};
  float sum = 0;
  for (std::size_t aisle = 0; aisle < count; ++aisle) {
    sum += weights[aisle] *
           factors[departments >> (aisle / aisles_per_department) & 1][aisles >> aisle & 1];
    planned.cumulated[aisle] = sum;
  }
  for (std::size_t beyond = count; beyond < most_aisles; ++beyond) planned.cumulated[beyond] = sum;
  return planned;
}

std::uint32_t draw_category(const World& world, const PlannedAisles& aisles,
                            std::uint32_t aisle_word, std::uint32_t word) {
  const float at =
      (static_cast<float>(aisle_word >> 16) + 0.5f) * 0x1p-16f * aisles.cumulated[most_aisles - 1];
  // Counting all of them takes less time than looking for the first.
  std::int32_t before = 0;
  for (const float cumulated : aisles.cumulated) before += cumulated <= at ? 1 : 0;
  const std::size_t aisle = std::min(static_cast<std::size_t>(before), world.aisle_count() - 1);
  const std::uint32_t begin = world.aisle_begin[aisle];
  return world.by_aisle[begin + draw_alias(aisles.categories + begin,
                                           world.aisle_begin[aisle + 1] - begin, word)];
}

}  // namespace retailsim::simulate
