#include "simulate/stock.h"

#include <algorithm>

#include "simulate/ids.h"

namespace retailsim::simulate {
namespace {

// On which day of the week goods are counted: Tuesday, so that shoppers notice.
constexpr int day_of_count = 1;
// Units that a count finds missing: one to this many. Assumed.
constexpr std::uint32_t most_missing = 3;

}  // namespace

Stock::Stock(Weeks& weeks, const Cell& cell, const CellPlan& plan, const WeekTables& tables,
             const Baskets& baskets, std::span<const FlaggedSale> flagged, StockMemory& memory,
             std::vector<InventoryDay>* inventory, std::vector<TruthDemand>* demand)
    : weeks_(weeks),
      cell_(cell),
      world_(cell.world),
      goods_(*cell.world.stock),
      plan_(plan),
      tables_(tables),
      baskets_(baskets),
      memory_(memory),
      inventory_(inventory),
      demand_(demand) {
  opened_[0] = 0;
  for (std::size_t hour = 0; hour < hours_per_week; ++hour)
    opened_[hour + 1] = opened_[hour] + (plan.entries[hour] > 0 ? 1.0f : 0.0f);
  if (inventory_ != nullptr) {
    const Day from = world_.scenario.from;
    if (from > cell.monday) day_ = static_cast<int>((from - cell.monday).count());
  } else {
    day_ = thursday;
  }
  half_ = 2 * tables.week + (day_ >= thursday ? 1 : 0);
  begin();
  memory_.promised.clear();
  for (const FlaggedSale& sale : flagged) memory_.promised.push_back(sale.sale.slot);
  std::ranges::sort(memory_.promised);
}

double Stock::part_of(const CellPlan& plan, int from, int to) {
  double part = 0;
  for (int day = from; day < to; ++day) {
    const auto at = static_cast<std::size_t>(day);
    for (std::size_t hour = 24 * at; hour < 24 * at + 24; ++hour)
      part += plan.entries[hour] * plan.basket[at];
  }
  return part;
}

bool Stock::is_missed(int half) const {
  const Day from = world_.scenario.from;
  const int first = 2 * world_.first_week() +
                    (from - monday_of(world_.first_week()) >= std::chrono::days(thursday) ? 1 : 0);
  const auto is_drawn = [&](int which) {
    Draws draws{
        world_.seed, Stream::missed_delivery, {store_id(), static_cast<std::uint32_t>(which)}};
    return draws.word() < goods_.is_missed;
  };
  // What a store opens with is never missed.
  return half > first && is_drawn(half) && !(half > 0 && is_drawn(half - 1)) &&
         cell_.store.is_open_in((half - 1) / 2);
}

// --- deliveries ------------------------------------------------------------------

void Stock::begin() {
  const std::size_t count = world_.products.size();
  memory_.today.resize(count);
  memory_.place_in_unmet.resize(count);
  memory_.empty.clear();
  memory_.touched.clear();
  memory_.unmet.clear();
  is_late_ = inventory_ != nullptr && day_ == 0 && is_missed(half_);
  if (is_late_) leave_from_before();
  forecast_week(world_, tables_, store_id(), memory_.forecast);
  if (!is_late_) {
    const bool is_second = day_ >= thursday;
    plan_stock(world_.scenario, memory_.forecast,
               part_of(plan_, is_second ? thursday : 0, is_second ? 7 : thursday), memory_.on_hand);
  }
  memory_.opening = memory_.on_hand;
  // The goods with which the chain begins.
  if (inventory_ != nullptr && date() == world_.scenario.from) {
    memory_.opening.assign(count, 0);
    for (std::uint32_t product = 0; product < count; ++product)
      memory_.today[product].received = memory_.on_hand[product];
    is_every_product_touched_ = true;
  }
  for (std::uint32_t product = 0; product < count; ++product)
    if (memory_.on_hand[product] == 0 && is_on_shelf(product))
      memory_.empty.push_back({product, static_cast<std::uint32_t>(day_) * day_s});
}

// Leaves on hand what the half week before the cell's Monday left.
void Stock::leave_from_before() {
  const Cell before{world_, cell_.store, cell_.monday - std::chrono::days(7)};
  const auto tables = weeks_.of(tables_.week - 1);
  const CellPlan plan = plan_of(before);
  std::vector<Arrival> buyers;
  draw_arrivals(before, plan, buyers);
  std::vector<FlaggedSale> flagged;
  if (world_.scenario.return_share > 0) flagged = flagged_sales(before, buyers);
  std::erase_if(buyers, [](const Arrival& buyer) {
    return buyer.lines == 0 || buyer.at_till_s() < thursday * day_s;
  });
  std::ranges::sort(buyers, {}, [](const Arrival& buyer) {
    return std::pair{buyer.at_till_s(), buyer.slot};
  });
  const Baskets baskets{before, *tables};
  Stock stock{weeks_, before, plan, *tables, baskets, flagged, memory_, nullptr, nullptr};
  auto& lines = memory_.lines;
  for (const Arrival& buyer : buyers) {
    lines.clear();
    baskets.fill(buyer, lines);
    stock.sell(buyer, 0, lines);
  }
  memory_.empty.clear();
  for (const std::uint32_t product : memory_.touched) memory_.today[product] = {};
  memory_.touched.clear();
}

void Stock::deliver() {
  const bool is_thursday = day_ == thursday - 1;
  const int next_half = half_ + 1;
  const Day opens = date() + std::chrono::days(1);
  if (opens > world_.scenario.to) return;
  is_late_ = is_missed(next_half);
  if (is_late_) return;
  std::shared_ptr<const WeekTables> next_tables;
  const WeekTables* tables = &tables_;
  if (is_thursday) {
    plan_stock(world_.scenario, memory_.forecast, part_of(plan_, thursday, 7), memory_.planned);
  } else {
    next_tables = weeks_.of(tables_.week + 1);
    tables = next_tables.get();
    const Cell next{world_, cell_.store, cell_.monday + std::chrono::days(7)};
    forecast_week(world_, *tables, store_id(), memory_.next_forecast);
    plan_stock(world_.scenario, memory_.next_forecast, part_of(plan_of(next), 0, thursday),
               memory_.planned);
  }
  memory_.empty.clear();
  const float days = is_thursday ? thursday : 7 - thursday;
  for (std::size_t index = 0; index < world_.categories.size(); ++index) {
    const CategoryState& category = world_.categories[index];
    const float spoiled = std::min(1.0f, goods_.spoiled_a_day[index] * days);
    for (std::uint32_t i = 0; i < category.product_count; ++i) {
      const std::uint32_t product = category.first_product + i;
      std::int32_t& units = memory_.on_hand[product];
      StockMemory::Today& today = memory_.today[product];
      if (spoiled > 0 && units > 0) {
        today.waste =
            static_cast<std::int32_t>(static_cast<float>(units) * spoiled +
                                      memory_.forecast.spoiling_unit(product, is_thursday));
        units -= today.waste;
      }
      const std::int32_t brought = memory_.planned[product] - units;
      if (brought > 0)
        today.received += brought;
      else
        today.adjustment += brought;
      units = memory_.planned[product];
      if (units == 0 && tables->pulls[tables->place_of(cell_.store.zone, product)] != 0)
        memory_.empty.push_back({product, static_cast<std::uint32_t>(day_ + 1) * day_s});
    }
  }
  is_every_product_touched_ = true;
}

// A store counts one category after the other, so that after some weeks all were counted.
void Stock::count_goods() {
  const auto turns = static_cast<std::uint32_t>(world_.scenario.stock_count_weeks);
  const auto week = static_cast<std::uint32_t>(tables_.week);
  for (std::size_t index = 0; index < world_.categories.size(); ++index) {
    if ((static_cast<std::uint32_t>(index) + week + store_id()) % turns != 0) continue;
    const CategoryState& category = world_.categories[index];
    constexpr std::uint32_t words_of_draws = 4096;
    const auto draws_from = [&](std::uint32_t i) {
      return Draws{world_.seed, Stream::shrink,
                   Subject{store_id(), week, static_cast<std::uint32_t>(index)},
                   i / words_of_draws};
    };
    Draws draws = draws_from(0);
    for (std::uint32_t i = 0; i < category.product_count; ++i) {
      const std::uint32_t product = category.first_product + i;
      if (i % words_of_draws == 0) draws = draws_from(i);
      const std::uint64_t word = draws.word();
      if (word >= goods_.is_short) continue;
      const auto missing =
          std::min(memory_.on_hand[product],
                   static_cast<std::int32_t>(1 + word * most_missing / goods_.is_short));
      if (missing == 0) continue;
      touch(product).adjustment -= missing;
      take(product, missing, static_cast<std::uint32_t>(day_ + 1) * day_s);
    }
  }
}

// --- days ------------------------------------------------------------------------

void Stock::close_days_before(int day) {
  while (day_ < day) {
    if (inventory_ != nullptr) close_day();
    ++day_;
    if (day_ == thursday) ++half_;
  }
}

void Stock::finish() {
  const auto days = (world_.scenario.to - cell_.monday).count() + 1;
  close_days_before(static_cast<int>(std::min<std::int64_t>(days, 7)));
}

void Stock::close_day() {
  note_minutes();
  write_demand();
  const std::size_t opens = 24 * static_cast<std::size_t>(day_);
  if (day_ == day_of_count && opened_[opens + 24] > opened_[opens]) count_goods();
  if (day_ == thursday - 1 || day_ == 6) deliver();
  write_inventory();
}

void Stock::note_minutes() {
  const auto end_s = static_cast<std::uint32_t>(day_ + 1) * day_s;
  const auto open_hours = [&](std::uint32_t second) {
    const std::size_t hour = second / 3600;
    if (hour >= hours_per_week) return opened_[hours_per_week];
    return opened_[hour] +
           (opened_[hour + 1] - opened_[hour]) * static_cast<float>(second % 3600) / 3600;
  };
  const float at_end = open_hours(end_s);
  for (StockMemory::Empty& each : memory_.empty) {
    touch(each.product).minutes +=
        static_cast<std::int32_t>((at_end - open_hours(each.since_s)) * 60);
    each.since_s = end_s;
  }
}

void Stock::write_inventory() {
  const auto write = [&](std::uint32_t product) {
    StockMemory::Today& today = memory_.today[product];
    if ((today.received | today.waste | today.adjustment | today.minutes) == 0) return;
    inventory_->push_back({.store_id = cell_.store.row.store_id,
                           .product_id = world_.product_id(product),
                           .business_date = date(),
                           .on_hand_close = memory_.on_hand[product],
                           .received = today.received,
                           .waste = today.waste,
                           .adjustment = today.adjustment,
                           .minutes_out_of_stock = today.minutes});
    today = {};
  };
  if (is_every_product_touched_) {
    for (std::uint32_t product = 0; product < memory_.today.size(); ++product) write(product);
  } else {
    std::ranges::sort(memory_.touched);
    for (const std::uint32_t product : memory_.touched) write(product);
  }
  memory_.touched.clear();
  is_every_product_touched_ = false;
  memory_.opening = memory_.on_hand;
}

void Stock::write_demand() {
  if (memory_.unmet.empty()) return;
  std::ranges::sort(memory_.unmet, {}, &TruthDemand::product_id);
  for (TruthDemand& each : memory_.unmet) {
    const auto product = static_cast<std::size_t>(each.product_id.value - 1);
    // Nothing else has left the shelf yet.
    each.sold =
        memory_.opening[product] + memory_.today[product].received - memory_.on_hand[product];
    each.wanted = each.sold - each.taken_instead + each.substituted + each.lost;
    if (each.lost + each.substituted == 0)
      each.cause = DemandCause::taken_instead;
    else
      each.cause = is_late_ ? DemandCause::missed_delivery : DemandCause::out_of_stock;
    memory_.place_in_unmet[product] = 0;
    demand_->push_back(each);
  }
  memory_.unmet.clear();
}

}  // namespace retailsim::simulate
