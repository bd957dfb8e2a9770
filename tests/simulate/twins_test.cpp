// Two scenarios that differ in one knob: what moves, and what must not.
#include <gtest/gtest.h>

#include <map>

#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

constexpr std::size_t changed_store = 1;  // store_id 2

std::shared_ptr<const World> with_traffic(double factor, std::optional<Day> from = {},
                                          std::optional<Day> to = {}) {
  return tiny_world([&](Scenario& scenario) {
    scenario.traffic_changes = {{.store_id = 2, .factor = factor, .from = from, .to = to}};
  });
}

struct Totals {
  double visits = 0;
  double net = 0;
};

Totals totals_of(const World& world, std::size_t store) {
  Totals totals;
  for (int week = world.first_week(); week <= world.last_week(); ++week) {
    const CellRows rows = cell_of(world, store, week);
    totals.visits += static_cast<double>(rows.visits.size());
    for (const Transaction& sale : rows.transactions)
      if (sale.kind == Kind::sale) totals.net += static_cast<double>(sale.net.value);
  }
  return totals;
}

TEST(Twins, HalfAsManyVisitorsAgainBuyAboutHalfAsMuchAgain) {
  const Totals before = totals_of(*tiny_world(), changed_store);
  const Totals after = totals_of(*with_traffic(1.5), changed_store);
  EXPECT_GT(after.visits / before.visits, 1.4);
  EXPECT_LT(after.visits / before.visits, 1.6);
  EXPECT_GT(after.net / before.net, 1.4);
  EXPECT_LT(after.net / before.net, 1.6);
}

TEST(Twins, MoreTrafficAddsVisitsAndLeavesTheOthersAsTheyWere) {
  const auto before = tiny_world();
  const auto after = with_traffic(1.5);
  const CellRows usual = cell_of(*before, changed_store, before->first_week());
  const CellRows busy = cell_of(*after, changed_store, before->first_week());
  std::map<VisitId, Visit> visits;
  for (const Visit& visit : busy.visits) visits.emplace(visit.visit_id, visit);
  for (const Visit& visit : usual.visits) {
    ASSERT_TRUE(visits.contains(visit.visit_id));
    EXPECT_EQ(visits.at(visit.visit_id), visit);
  }
  std::map<TransactionId, std::size_t> sales;
  for (std::size_t i = 0; i < busy.transactions.size(); ++i)
    sales[busy.transactions[i].transaction_id] = i;
  for (std::size_t i = 0; i < usual.transactions.size(); ++i) {
    const std::size_t same = sales.at(usual.transactions[i].transaction_id);
    EXPECT_EQ(busy.transactions[same], usual.transactions[i]);
    EXPECT_TRUE(std::ranges::equal(busy.lines_of(same), usual.lines_of(i)));
  }
}

TEST(Twins, LessTrafficTakesVisitsAwayAndLeavesTheOthersAsTheyWere) {
  const auto before = tiny_world();
  const auto after = with_traffic(0.5);
  const CellRows usual = cell_of(*before, changed_store, before->first_week());
  const CellRows quiet = cell_of(*after, changed_store, before->first_week());
  std::map<VisitId, Visit> visits;
  for (const Visit& visit : usual.visits) visits.emplace(visit.visit_id, visit);
  for (const Visit& visit : quiet.visits) {
    ASSERT_TRUE(visits.contains(visit.visit_id));
    EXPECT_EQ(visits.at(visit.visit_id), visit);
  }
  const double kept =
      static_cast<double>(quiet.visits.size()) / static_cast<double>(usual.visits.size());
  EXPECT_NEAR(kept, 0.5, 0.1);
}

TEST(Twins, OtherStoresDoNotNotice) {
  const auto before = tiny_world();
  const auto after = with_traffic(1.5);
  for (const std::size_t store : {0u, 2u})
    for (int week = before->first_week(); week <= before->last_week(); ++week)
      EXPECT_TRUE(same_rows(cell_of(*before, store, week), cell_of(*after, store, week)));
}

// What is not sold is not brought back later; all else is.
bool only_lacks_returns(const CellRows& rows, const CellRows& than) {
  return same_rows(without_returns(rows), without_returns(than)) &&
         std::ranges::all_of(rows.transactions, [&](const Transaction& row) {
           return std::ranges::find(than.transactions, row) != than.transactions.end();
         });
}

TEST(Twins, AWeekWithoutTrafficHasNoVisitAndNoSaleAndTheRestIsAsItWas) {
  const auto before = tiny_world();
  const int week = before->first_week() + 4;
  const auto after = with_traffic(0, monday_of(week), monday_of(week + 1) - std::chrono::days(1));
  const CellRows closed = cell_of(*after, changed_store, week);
  EXPECT_TRUE(closed.visits.empty());
  EXPECT_TRUE(closed.transactions.empty());
  EXPECT_TRUE(closed.lines.empty());
  EXPECT_TRUE(same_rows(cell_of(*before, changed_store, week - 1),
                        cell_of(*after, changed_store, week - 1)));
  const CellRows usual = cell_of(*before, changed_store, week + 1);
  const CellRows next = cell_of(*after, changed_store, week + 1);
  EXPECT_TRUE(only_lacks_returns(next, usual));
  EXPECT_LT(next.transactions.size(), usual.transactions.size());
}

TEST(Twins, AChangeWithinAWeekLeavesItsOtherDaysAlone) {
  const auto before = tiny_world();
  const int week = before->first_week() + 4;
  const Day wednesday = monday_of(week) + std::chrono::days(2);
  const CellRows usual = cell_of(*before, changed_store, week);
  for (const double factor : {0.0, 0.5, 3.0}) {
    const auto after = with_traffic(factor, wednesday, wednesday);
    const CellRows changed = cell_of(*after, changed_store, week);
    const auto outside = [&](const CellRows& rows) {
      std::vector<Visit> visits;
      for (const Visit& visit : rows.visits)
        if (visit.business_date != wednesday && visit.mission) visits.push_back(visit);
      return visits;
    };
    EXPECT_EQ(outside(usual), outside(changed)) << factor;
    EXPECT_NE(usual.visits, changed.visits) << factor;
  }
}

}  // namespace
}  // namespace retailsim::simulate
