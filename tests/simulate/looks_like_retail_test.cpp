// Stylised facts of the simulated chain: quickstart's settings, some weeks of it. The bounds
// are wide; they notice a broken mechanism, not a tuned one.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

struct Chain {
  std::shared_ptr<const World> world;
  double visits = 0, sales = 0, anonymous = 0, lines = 0, net = 0, cost = 0, promoted = 0;
  double returns = 0;
  std::array<double, 7> by_weekday{};
  std::array<double, 24> by_hour{};
  std::vector<double> units;
  std::vector<double> sales_of_household;
  std::map<std::pair<StoreId, Day>, std::pair<int, int>> store_days;  // visits, with a purchase

  Chain() {
    Scenario scenario = load_scenario(std::filesystem::path{RETAILSIM_SOURCE_DIR} / "scenarios" /
                                      "quickstart.toml");
    world = build_world(scenario);
    units.resize(world->products.size());
    sales_of_household.resize(world->households.size());
    CellRows rows;
    // Every fourth week of a year: all seasons, all weekdays equally.
    Weeks weeks(*world);
    for (int week = world->first_week(); week < world->first_week() + 52; week += 4) {
      for (std::size_t store = 0; store < world->stores.size(); ++store) {
        simulate_cell(weeks, week, store, rows);
        add(rows);
      }
    }
  }

  void add(const CellRows& rows) {
    for (const Visit& visit : rows.visits) {
      if (!visit.mission) continue;  // brought something back
      visits += 1;
      auto& [all, buying] = store_days[{visit.store_id, visit.business_date}];
      ++all;
      buying += visit.transaction_id ? 1 : 0;
    }
    for (const Transaction& sale : rows.transactions) {
      if (sale.kind == Kind::refund) {
        returns += 1;
        continue;
      }
      sales += 1;
      if (sale.customer_id)
        sales_of_household[static_cast<std::size_t>(sale.customer_id->value - 1)] += 1;
      else
        anonymous += 1;
      net += static_cast<double>(sale.net.value);
      by_weekday[static_cast<std::size_t>(weekday_of(sale.business_date))] +=
          static_cast<double>(sale.net.value);
      by_hour[static_cast<std::size_t>(sale.local_hour)] += 1;
    }
    for (const TransactionLine& line : rows.lines) {
      if (line.kind == Kind::refund) continue;
      lines += 1;
      units[static_cast<std::size_t>(line.product_id.value - 1)] += line.quantity;
      cost += static_cast<double>((line.quantity * *line.unit_cost).value);
      promoted += line.promo_id ? 1 : 0;
    }
  }
};

const Chain& chain() {
  static const Chain one;
  return one;
}

TEST(LooksLikeRetail, TicketsAreAsManyAsTheHouseholdsMakeTripsPlusTheAnonymousOnes) {
  // 1,850 households, 58 trips a year, 13 weeks, 30 % anonymous: about 38,000.
  EXPECT_NEAR(chain().sales, 38'000, 0.12 * 38'000);
  EXPECT_NEAR(chain().anonymous / chain().sales, 0.30, 0.02);
}

TEST(LooksLikeRetail, SixVisitsInTenEndInAPurchase) {
  EXPECT_NEAR(chain().sales / chain().visits, 0.60, 0.01);
  for (const auto& [key, counts] : chain().store_days) {
    if (counts.first < 50) continue;
    EXPECT_GT(counts.second, 0);
    EXPECT_LT(counts.second, counts.first);
  }
}

TEST(LooksLikeRetail, OneOrTwoSalesInAHundredAreBroughtBack) {
  EXPECT_GT(chain().returns / chain().sales, 0.01);
  EXPECT_LT(chain().returns / chain().sales, 0.02);
}

TEST(LooksLikeRetail, BasketsHaveAboutTenLines) {
  EXPECT_NEAR(chain().lines / chain().sales, 10.2, 0.8);
}

TEST(LooksLikeRetail, TheBestWeekdaySellsAThirdMoreThanTheWeakest) {
  const auto [least, most] = std::ranges::minmax(chain().by_weekday);
  EXPECT_GT(most / least, 1.3);
  EXPECT_LT(most / least, 2.0);
}

TEST(LooksLikeRetail, TheBusiestHourIsAboutTwiceTheMean) {
  std::vector<double> open;
  for (const double sales : chain().by_hour)
    if (sales > 0) open.push_back(sales);
  const double mean =
      std::accumulate(open.begin(), open.end(), 0.0) / static_cast<double>(open.size());
  EXPECT_GT(std::ranges::max(open) / mean, 1.5);
  EXPECT_LT(std::ranges::max(open) / mean, 3);
}

TEST(LooksLikeRetail, AFifthOfTheProductsCarriesMostOfTheUnits) {
  std::vector<double> units = chain().units;
  std::ranges::sort(units, std::greater{});
  const double all = std::accumulate(units.begin(), units.end(), 0.0);
  const double top = std::accumulate(units.begin(), units.begin() + 600, 0.0);
  EXPECT_GT(top / all, 0.55);
  EXPECT_LT(top / all, 0.90);
}

TEST(LooksLikeRetail, HouseholdsDifferInTripsAsAGammaLawSays) {
  const auto& sales = chain().sales_of_household;
  const double count = static_cast<double>(sales.size());
  const double mean = std::accumulate(sales.begin(), sales.end(), 0.0) / count;
  double squares = 0;
  for (const double each : sales) squares += (each - mean) * (each - mean);
  // Negative binomial: variance = mean + mean² / shape, with shape 1.18.
  EXPECT_NEAR(squares / count / (mean + mean * mean / 1.18), 1, 0.25);
}

TEST(LooksLikeRetail, MarginsAndPromotionsAreThoseOfAGrocer) {
  const double margin = 1 - chain().cost / chain().net;
  EXPECT_GT(margin, 0.18);
  EXPECT_LT(margin, 0.35);
  const double promoted = chain().promoted / chain().lines;
  EXPECT_GT(promoted, 0.40);
  EXPECT_LT(promoted, 0.65);
}

}  // namespace
}  // namespace retailsim::simulate
