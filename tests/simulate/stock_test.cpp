#include "simulate/stock.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

using Place = std::tuple<StoreId, ProductId, Day>;

// A chain of which every cell is computed.
struct Shelves {
  explicit Shelves(const std::function<void(Scenario&)>& change = [](Scenario&) {})
      : world(tiny_world([&](Scenario& scenario) {
          scenario.stock_is_tracked = 1;
          scenario.stock_missed_share = 0.1;
          scenario.stock_shrink = 0.2;
          change(scenario);
        })) {
    Weeks weeks(*world);
    for (std::size_t store = 0; store < world->stores.size(); ++store) {
      for (int week = world->first_week(); week <= world->last_week(); ++week) {
        cells.emplace_back();
        simulate_cell(weeks, week, store, cells.back());
      }
    }
  }

  // Units on receipts, by store, product and day.
  std::map<Place, std::int64_t> sold() const {
    std::map<Place, std::int64_t> units;
    for (const CellRows& rows : cells)
      for (const TransactionLine& line : rows.lines)
        if (line.kind == Kind::sale)
          units[{line.store_id, line.product_id, line.business_date}] += line.quantity;
    return units;
  }

  std::int64_t sum(std::int32_t TruthDemand::*field) const {
    std::int64_t units = 0;
    for (const CellRows& rows : cells)
      for (const TruthDemand& row : rows.demand) units += row.*field;
    return units;
  }

  std::int64_t sum(std::int32_t InventoryDay::*field) const {
    std::int64_t units = 0;
    for (const CellRows& rows : cells)
      for (const InventoryDay& row : rows.inventory) units += row.*field;
    return units;
  }

  std::shared_ptr<const World> world;
  std::vector<CellRows> cells;
};

const Shelves& usual() {
  static const Shelves shelves;
  return shelves;
}

const Shelves& untracked() {
  static const Shelves shelves([](Scenario& scenario) { scenario.stock_is_tracked = 0; });
  return shelves;
}

const Shelves& endless() {
  static const Shelves shelves([](Scenario& scenario) {
    scenario.stock_presence = 1e6;
    scenario.stock_shrink = 0;
    scenario.stock_missed_share = 0;  // what is new would come late
  });
  return shelves;
}

TEST(Stock, WhereItIsNotTrackedThereAreNoRowsOfIt) {
  for (const CellRows& rows : untracked().cells) {
    EXPECT_TRUE(rows.inventory.empty());
    EXPECT_TRUE(rows.demand.empty());
  }
}

TEST(Stock, WithEndlessStockEverythingWantedIsSold) {
  ASSERT_EQ(endless().cells.size(), untracked().cells.size());
  for (std::size_t i = 0; i < endless().cells.size(); ++i) {
    EXPECT_TRUE(same_rows(endless().cells[i], untracked().cells[i]));
    EXPECT_TRUE(endless().cells[i].demand.empty());
  }
  EXPECT_EQ(endless().sum(&InventoryDay::minutes_out_of_stock), 0);
}

TEST(Stock, TheLessIsDeliveredTheMoreIsLost) {
  std::int64_t lost_before = 0;
  for (const double factor : {4.0, 1.0, 0.5, 0.2}) {
    const Shelves shelves([&](Scenario& scenario) {
      scenario.stock_coverage *= factor;
      scenario.stock_safety *= factor;
    });
    const std::int64_t lost = shelves.sum(&TruthDemand::lost);
    EXPECT_GT(lost, lost_before) << factor;
    lost_before = lost;
  }
}

TEST(Stock, FewSalesAreLostOnUsualDays) {
  std::int64_t wanted = 0;
  for (const auto& [place, units] : untracked().sold()) wanted += units;
  const double lost = static_cast<double>(usual().sum(&TruthDemand::lost));
  EXPECT_GT(lost / static_cast<double>(wanted), 0.005);
  EXPECT_LT(lost / static_cast<double>(wanted), 0.10);
}

TEST(Stock, EveryUnitIsAccountedForDayByDay) {
  const auto sold = usual().sold();
  std::map<Place, InventoryDay> booked;
  for (const CellRows& rows : usual().cells) {
    for (const InventoryDay& row : rows.inventory) {
      const bool is_new =
          booked.emplace(Place{row.store_id, row.product_id, row.business_date}, row).second;
      EXPECT_TRUE(is_new);
      EXPECT_GE(row.on_hand_close, 0);
      EXPECT_GE(row.received, 0);
      EXPECT_GE(row.waste, 0);
      EXPECT_LE(row.adjustment, 0);
      EXPECT_GE(row.minutes_out_of_stock, 0);
      EXPECT_LE(row.minutes_out_of_stock, 24 * 60);
    }
  }
  const World& world = *usual().world;
  std::size_t rows_met = 0;
  for (std::size_t store = 0; store < world.stores.size(); ++store) {
    for (std::size_t product = 0; product < world.products.size(); ++product) {
      std::int64_t on_hand = 0;
      for (Day day = world.scenario.from; day <= world.scenario.to; day += std::chrono::days(1)) {
        const Place place{world.store_id(store), world.product_id(product), day};
        const auto sale = sold.find(place);
        if (sale != sold.end()) on_hand -= sale->second;
        const auto row = booked.find(place);
        if (row != booked.end()) {
          ++rows_met;
          on_hand += row->second.received - row->second.waste + row->second.adjustment;
          ASSERT_EQ(on_hand, row->second.on_hand_close)
              << store + 1 << '/' << product + 1 << '/' << to_text(day);
        }
        ASSERT_GE(on_hand, 0) << store + 1 << '/' << product + 1 << '/' << to_text(day);
      }
    }
  }
  EXPECT_EQ(rows_met, booked.size());
  EXPECT_GT(usual().sum(&InventoryDay::waste), 0);
  EXPECT_GT(usual().sum(&InventoryDay::minutes_out_of_stock), 0);
}

TEST(Stock, TheTruthSaysWhatWouldHaveBeenSold) {
  const auto sold = usual().sold();
  const auto wanted = untracked().sold();
  const auto at = [](const std::map<Place, std::int64_t>& units, const Place& place) {
    const auto found = units.find(place);
    return found == units.end() ? 0 : found->second;
  };
  std::map<Place, std::int64_t> missed;  // wanted - sold, as told
  std::map<DemandCause, int> causes;
  for (const CellRows& rows : usual().cells) {
    for (const TruthDemand& row : rows.demand) {
      const Place place{row.store_id, row.product_id, row.business_date};
      EXPECT_EQ(row.wanted, at(wanted, place));
      EXPECT_EQ(row.sold, at(sold, place));
      EXPECT_EQ(row.wanted, row.sold - row.taken_instead + row.substituted + row.lost);
      EXPECT_TRUE(missed.emplace(place, row.wanted - row.sold).second);
      ++causes[row.cause];
    }
  }
  for (const auto& [place, units] : wanted)
    EXPECT_EQ(units - at(sold, place), missed.contains(place) ? missed[place] : 0);
  EXPECT_EQ(usual().sum(&TruthDemand::substituted), usual().sum(&TruthDemand::taken_instead));
  for (const auto cause :
       {DemandCause::out_of_stock, DemandCause::missed_delivery, DemandCause::taken_instead})
    EXPECT_GT(causes[cause], 0) << label(cause);
}

TEST(Stock, WhoFindsNothingLeavesWithoutAReceipt) {
  const Shelves bare([](Scenario& scenario) {
    scenario.stock_coverage = 0.1;
    scenario.stock_safety = 0;
    scenario.stock_presence = 0;
  });
  std::size_t left = 0;
  for (std::size_t i = 0; i < bare.cells.size(); ++i) {
    const CellRows& rows = bare.cells[i];
    const CellRows& wanted = untracked().cells[i];
    ASSERT_EQ(rows.visits.size(), wanted.visits.size());
    std::size_t sales = 0;
    for (std::size_t at = 0; at < rows.visits.size(); ++at) {
      EXPECT_EQ(rows.visits[at].visit_id, wanted.visits[at].visit_id);
      EXPECT_EQ(rows.visits[at].mission, wanted.visits[at].mission);
      sales += rows.visits[at].transaction_id.has_value();
      if (rows.visits[at].transaction_id == wanted.visits[at].transaction_id) continue;
      EXPECT_FALSE(rows.visits[at].transaction_id);
      EXPECT_FALSE(rows.visits[at].customer_id);
      ++left;
    }
    EXPECT_EQ(sales, std::ranges::count(rows.transactions, Kind::sale, &Transaction::kind));
    for (std::size_t at = 0; at < rows.transactions.size(); ++at)
      EXPECT_FALSE(rows.lines_of(at).empty());
  }
  EXPECT_GT(left, 0u);
}

TEST(Stock, NoReceiptHasAProductTwice) {
  for (const CellRows& rows : usual().cells) {
    for (std::size_t at = 0; at < rows.transactions.size(); ++at) {
      if (rows.transactions[at].kind == Kind::refund) continue;
      std::set<ProductId> products;
      for (const TransactionLine& line : rows.lines_of(at)) {
        EXPECT_TRUE(products.insert(line.product_id).second);
        EXPECT_GE(line.quantity, 1);
        EXPECT_EQ(line.gross, line.net + line.discount);
        EXPECT_EQ(line.gross, line.quantity * line.list_price);
      }
    }
  }
}

TEST(Stock, WhatIsBroughtBackWasSold) {
  std::map<std::pair<TransactionId, std::int32_t>, const TransactionLine*> sold;
  for (const CellRows& rows : usual().cells)
    for (const TransactionLine& line : rows.lines)
      if (line.kind == Kind::sale) sold[{line.transaction_id, line.line_number}] = &line;
  std::size_t brought_back = 0;
  for (const CellRows& rows : usual().cells) {
    for (std::size_t at = 0; at < rows.transactions.size(); ++at) {
      const Transaction& receipt = rows.transactions[at];
      if (receipt.kind != Kind::refund) continue;
      for (const TransactionLine& line : rows.lines_of(at)) {
        const auto sale = sold.find({*receipt.original_transaction_id, line.line_number});
        ASSERT_NE(sale, sold.end());
        EXPECT_EQ(sale->second->product_id, line.product_id);
        EXPECT_LE(line.quantity, sale->second->quantity);
        ++brought_back;
      }
    }
  }
  EXPECT_GT(brought_back, 0u);
}

TEST(Stock, ACellAloneIsThatOfTheWholeChain) {
  const World& world = *usual().world;
  std::size_t number = usual().cells.size();
  CellRows rows;
  for (std::size_t store = world.stores.size(); store-- > 0;) {
    for (int week = world.last_week(); week >= world.first_week(); --week) {
      EXPECT_TRUE(same_stock(cell_of(world, store, week), usual().cells[--number]));
      // With used memory, and twice.
      Weeks weeks(world);
      simulate_cell(weeks, week, store, rows);
      EXPECT_TRUE(same_stock(rows, usual().cells[number]));
      simulate_cell(weeks, week, store, rows);
      EXPECT_TRUE(same_stock(rows, usual().cells[number]));
    }
  }
}

TEST(Stock, AMissedDeliveryLeavesWhatTheHalfWeekBeforeLeft) {
  const Shelves punctual([](Scenario& scenario) { scenario.stock_missed_share = 0; });
  const Shelves late([](Scenario& scenario) { scenario.stock_missed_share = 0.4; });
  EXPECT_GT(late.sum(&TruthDemand::lost), punctual.sum(&TruthDemand::lost));
  // Wednesdays and Sundays on which a store received nothing to speak of.
  std::map<std::pair<StoreId, Day>, std::int64_t> received;
  for (const CellRows& rows : late.cells)
    for (const InventoryDay& row : rows.inventory)
      received[{row.store_id, row.business_date}] += row.received;
  int missed_on[7] = {};
  const World& world = *late.world;
  for (const StoreSite& store : world.stores) {
    bool was_missed = false;
    for (Day day = world.scenario.from; day < world.scenario.to; day += std::chrono::days(1)) {
      const int weekday = static_cast<int>((day - monday_of(week_of(day))).count());
      if (weekday != 2 && weekday != 6) continue;
      const bool is_missed = received[{store.row.store_id, day}] < 20;
      EXPECT_FALSE(is_missed && was_missed) << to_text(day);
      missed_on[weekday] += is_missed;
      was_missed = is_missed;
    }
  }
  EXPECT_GT(missed_on[2], 0);
  EXPECT_GT(missed_on[6], 0);
}

// A promotion that is withdrawn changes the stock of its category only.
TEST(Stock, AWithdrawnPromotionMovesNoOtherCategory) {
  const World& world = *usual().world;
  std::map<PromoId, int> lines_of_promotion;
  for (const CellRows& rows : usual().cells)
    for (const TransactionLine& line : rows.lines)
      if (line.promo_id) ++lines_of_promotion[*line.promo_id];
  const PromoId withdrawn = std::ranges::max_element(lines_of_promotion, {}, [](const auto& each) {
                              return each.second;
                            })->first;
  std::set<std::uint32_t> moved;
  const auto category = [&](ProductId product) {
    return world.products[static_cast<std::size_t>(product.value - 1)].category;
  };
  for (const CellRows& rows : usual().cells)
    for (const TransactionLine& line : rows.lines)
      if (line.promo_id == withdrawn) moved.insert(category(line.product_id));
  ASSERT_EQ(moved.size(), 1u);
  const Shelves twin([&](Scenario& scenario) {
    scenario.promotion_changes = {{.promo_id = withdrawn.value, .depth_pct = 0}};
  });
  std::size_t other_rows = 0;
  bool is_moved = false;
  for (std::size_t i = 0; i < twin.cells.size(); ++i) {
    const auto others = [&]<class Row>(std::vector<Row> rows) {
      const std::size_t all = rows.size();
      std::erase_if(rows, [&](const Row& row) { return moved.contains(category(row.product_id)); });
      is_moved |= all > rows.size();
      return rows;
    };
    EXPECT_EQ(others(twin.cells[i].inventory), others(usual().cells[i].inventory));
    EXPECT_EQ(others(twin.cells[i].demand), others(usual().cells[i].demand));
    other_rows += others(twin.cells[i].inventory).size();
    is_moved |= twin.cells[i].inventory != usual().cells[i].inventory;
  }
  EXPECT_TRUE(is_moved);
  EXPECT_GT(other_rows, 100u);
}

}  // namespace
}  // namespace retailsim::simulate
