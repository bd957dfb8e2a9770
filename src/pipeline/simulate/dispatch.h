// The events of one week on their way to the feed, store after store, each on the day on which
// it is sent.
#pragma once

#include "pipeline/simulate/event_tables.h"
#include "pipeline/simulate/week_of_deliveries.h"
#include "simulate/cell.h"
#include "simulate/deliveries.h"
#include "simulate/weather.h"

namespace retailsim::pipeline {

class Dispatch {
 public:
  Dispatch(const simulate::World& world, const EventFolders& folders,
           const simulate::Deliveries& deliveries, Day monday)
      : world_(world), deliveries_(deliveries), monday_(monday) {
    for_each_event_table([&]<class Row>() {
      if (auto* folder = folders.of<Row>())
        table<Row>() = std::make_unique<WeekOfDeliveries<Row>>(*folder, monday);
    });
  }

  // Only days that are wanted are written.
  void want(Day day, const EventSet& tables) {
    for_each_event_table([&]<class Row>() {
      if (tables[event_number<Row>()]) table<Row>()->want(day);
    });
  }

  // Sends what a store's cell of some week has for this one. The cells of a store come in the
  // order of their weeks.
  void send(std::size_t store, const simulate::CellRows& rows) {
    for (const Visit& visit : rows.visits) send_damaged(store, visit, {});
    for (std::size_t i = 0; i < rows.transactions.size(); ++i)
      send_damaged(store, rows.transactions[i], rows.lines_of(i));
    send_days<InventoryDay>(rows.inventory);
    send_days<TruthDemand>(rows.demand);
  }

  void end_of_store(std::size_t store) {
    send_days<WeatherDay>(simulate::weather_rows(world_, store, monday_));
    for_each_event_table([&]<class Row>() {
      if (table<Row>()) table<Row>()->end_of_store();
    });
    if (!truth()) return;
    for (int i = 0; i < 7; ++i) {
      const Day day = monday_ + std::chrono::days(i);
      for (const auto& gap : deliveries_.sensor_gaps(store, day)) truth()->append(gap, {}, day);
      if (const auto drift = deliveries_.drift(store, day)) truth()->append(*drift, {}, day);
    }
  }

  // Calls visit.template operator()<Row>(what was sent) for each table that is written.
  template <class Visit>
  void commit(const Visit& visit) {
    for_each_event_table([&]<class Row>() {
      if (table<Row>()) visit.template operator()<Row>(table<Row>()->commit());
    });
  }

 private:
  template <class Row>
  std::unique_ptr<WeekOfDeliveries<Row>>& table() {
    return std::get<event_number<Row>()>(tables_);
  }
  std::unique_ptr<WeekOfDeliveries<TruthDefect>>& truth() { return table<TruthDefect>(); }

  // Rows that always come on their day, as they are.
  template <class Row, class Rows>
  void send_days(const Rows& rows) {
    if (!table<Row>()) return;
    for (const Row& row : rows) table<Row>()->append(row, {}, row.business_date);
  }

  template <class Row>
  Day feed_date_of(std::size_t store, const Row& row) const {
    if (!deliveries_.has_defects()) return row.business_date;
    return row.business_date +
           std::chrono::days(deliveries_.delay(store, row.business_date, row.local_hour));
  }

  template <class Row>
  void send_damaged(std::size_t store, const Row& row, std::span<const child_of<Row>> children) {
    const Day feed_date = feed_date_of(store, row);
    if (!table<Row>()->is_wanted(feed_date) && !(truth() && truth()->is_wanted(feed_date))) return;
    if constexpr (has_children<Row>) {
      deliveries_.strike(row, children, damage_);
    } else {
      deliveries_.strike(row, damage_);
    }
    if (damage_.is_none() && !damage_.is_lost) {
      table<Row>()->append(row, children, feed_date);
    } else {
      table<Row>()->append(row, children, feed_date, damage_);
    }
    if (!truth() || damage_.is_lost) return;
    if (feed_date > row.business_date) {
      truth()->append({std::string{Row::table}, key_text(row), std::nullopt, DefectKind::late,
                       Mechanism::mcar, feed_date, to_text(row.business_date), to_text(feed_date)},
                      {}, feed_date);
    }
    for (auto& defect : damage_.truth) {
      defect.feed_date = feed_date;
      truth()->append(defect, {}, feed_date);
    }
  }

  template <class... Rows>
  static auto weeks_of(std::tuple<Rows...>)
      -> std::tuple<std::unique_ptr<WeekOfDeliveries<Rows>>...>;

  const simulate::World& world_;
  const simulate::Deliveries& deliveries_;
  Day monday_;
  simulate::Damage damage_;
  decltype(weeks_of(EventRows{})) tables_;
};

}  // namespace retailsim::pipeline
