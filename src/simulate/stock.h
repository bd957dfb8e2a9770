// What is on the shelves of one store in one week, and what of the shoppers' wishes is sold. What
// shoppers want is drawn without regard to stock; selling walks over it in the order of the till.
//
// Goods come in the nights before Monday and Thursday, after closing; a delivery makes the stock
// of every product that of its plan: what is missing is brought, what is too much taken back. So
// a half week says nothing of the one before, and a cell needs no look-back; but where Monday's
// delivery does not come, the half week before is computed again for what it left. Two deliveries
// in a row never fail: after one that was missed, the next comes.
//
// Who will bring something back is served in any case: what is missing is fetched the same day.
// So what comes back was sold, and returns need no stock of earlier weeks. Returned goods are not
// put back on the shelf. No category sees the stock of another; but a basket of which nothing is
// left is a visit without a purchase.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "simulate/baskets.h"
#include "simulate/stock_forecast.h"
#include "simulate/weeks.h"

namespace retailsim::simulate {

// The memory of Stock. Reuse one object for many cells.
struct StockMemory {
  struct Today {
    std::int32_t received, waste, adjustment, minutes;
  };
  struct Empty {
    std::uint32_t product;
    std::uint32_t since_s;  // seconds since Monday 00:00
  };

  std::vector<std::int32_t> on_hand;         // by product
  std::vector<std::int32_t> opening;         // by product: on_hand when the day began
  std::vector<std::int32_t> planned;         // by product: of the next delivery
  StockForecast forecast;                    // of this week …
  StockForecast next_forecast;               // … and of the next
  std::vector<Today> today;                  // by product; all 0 but for `touched` ones
  std::vector<std::uint32_t> touched;        // products, with repetitions
  std::vector<Empty> empty;                  // products of which none is left
  std::vector<TruthDemand> unmet;            // of today, in order of occurrence
  std::vector<std::int32_t> place_in_unmet;  // by product: 1 + index; 0: not there
  std::vector<std::uint32_t> promised;       // slots of sales that are served in any case
  std::vector<TransactionLine> lines;        // of the half week before
};

class Stock {
 public:
  // Everything must outlive it. Rows of stock are appended to `inventory` and `demand`; without
  // them, it is only computed what is left in the end. `flagged` are the cell's.
  Stock(Weeks& weeks, const Cell& cell, const CellPlan& plan, const WeekTables& tables,
        const Baskets& baskets, std::span<const FlaggedSale> flagged, StockMemory& memory,
        std::vector<InventoryDay>* inventory, std::vector<TruthDemand>* demand);

  // Takes what the buyer wants, lines[first …], off the shelf: drops lines that are lost, changes
  // those of which something else or less is taken. Buyers come in the order of the till.
  void sell(const Arrival& buyer, std::size_t first, std::vector<TransactionLine>& lines);

  // Closes the rest of the week.
  void finish();

 private:
  static constexpr int thursday = 3;

  // What a store expects from one weekday to another, as a part of a usual week.
  static double part_of(const CellPlan& plan, int from, int to);
  bool is_missed(int half) const;  // half weeks are counted from week 0 on
  void begin();
  void leave_from_before();
  void close_days_before(int day);
  void close_day();
  void count_goods();
  void deliver();
  void note_minutes();
  void write_inventory();
  void write_demand();
  void sell_less(const Arrival& buyer, std::size_t at, std::size_t first,
                 std::vector<TransactionLine>& lines, std::uint32_t second);
  std::uint32_t look_for_another(std::size_t at, std::size_t first,
                                 const std::vector<TransactionLine>& lines, Draws& draws) const;
  void take(std::uint32_t product, std::int32_t units, std::uint32_t second);
  StockMemory::Today& touch(std::uint32_t product);
  TruthDemand& unmet(std::uint32_t product);
  std::uint32_t store_id() const {
    return static_cast<std::uint32_t>(cell_.store.row.store_id.value);
  }
  Day date() const { return cell_.monday + std::chrono::days(day_); }
  bool is_on_shelf(std::uint32_t product) const {
    return tables_.pulls[tables_.place_of(cell_.store.zone, product)] != 0;
  }

  Weeks& weeks_;
  const Cell& cell_;
  const World& world_;
  const StockPlan& goods_;
  const CellPlan& plan_;
  const WeekTables& tables_;
  const Baskets& baskets_;
  StockMemory& memory_;
  std::vector<InventoryDay>* const inventory_;
  std::vector<TruthDemand>* const demand_;
  int day_ = 0;                                   // of the week, that is being sold
  int half_ = 0;                                  // of `day_`, counted from week 0 on
  bool is_late_ = false;                          // the delivery of this half week was missed
  bool is_every_product_touched_ = false;         // today
  std::array<float, hours_per_week + 1> opened_;  // hours that the store was open before each
};

}  // namespace retailsim::simulate
