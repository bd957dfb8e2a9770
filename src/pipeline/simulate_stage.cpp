#include "pipeline/simulate_stage.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/failure.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "pipeline/week_of_deliveries.h"
#include "simulate/cell.h"
#include "simulate/deliveries.h"
#include "simulate/prices.h"
#include "simulate/promotions.h"
#include "simulate/snapshots.h"
#include "simulate/truth_events.h"
#include "simulate/truth_parameters.h"
#include "simulate/weather.h"
#include "simulate/weeks.h"
#include "simulate/world.h"

namespace retailsim::pipeline {
namespace {

using feed::FeedFolder;
using simulate::CellRows;
using simulate::Deliveries;
using simulate::World;

// Calls visit(row, children) for every row of a snapshot table.
template <class Row, class Visit>
void for_each_snapshot_row(const World& world, const Visit& visit) {
  if constexpr (std::is_same_v<Row, Store>) {
    for (const auto& site : world.stores) visit(site.row, {});
  } else if constexpr (std::is_same_v<Row, Promotion>) {
    const auto rows = simulate::promotion_rows(world);
    std::uint32_t begin = 0;
    for (std::size_t i = 0; i < rows.promotions.size(); ++i) {
      visit(rows.promotions[i],
            std::span{rows.products}.subspan(begin, rows.product_ends[i] - begin));
      begin = rows.product_ends[i];
    }
  } else if constexpr (std::is_same_v<Row, TruthParameter>) {
    simulate::for_each_parameter(world, [&](const TruthParameter& row) { visit(row, {}); });
  } else if constexpr (std::is_same_v<Row, TruthEvent>) {
    simulate::for_each_event(world, [&](const TruthEvent& row) { visit(row, {}); });
  } else {
    const auto rows = [&] {
      if constexpr (std::is_same_v<Row, Product>) return simulate::product_rows(world);
      if constexpr (std::is_same_v<Row, Price>) return simulate::price_rows(world);
      if constexpr (std::is_same_v<Row, Customer>) return simulate::customer_rows(world);
    }();
    for (const auto& row : rows) visit(row, {});
  }
}

// The events of one week on their way to the feed, store after store.
class Dispatch {
 public:
  Dispatch(const World& world, FeedFolder& feed, FeedFolder* truth_folder,
           const Deliveries& deliveries, Day monday)
      : world_(world),
        deliveries_(deliveries),
        monday_(monday),
        visits(feed, monday),
        receipts(feed, monday),
        inventory(feed, monday),
        weather(feed, monday) {
    if (truth_folder == nullptr) return;
    if (deliveries.has_defects()) truth.emplace(*truth_folder, monday);
    demand.emplace(*truth_folder, monday);
  }

  // Sends what a store's cell of some week has for this one. The cells of a store come in the
  // order of their weeks.
  void send(std::size_t store, const CellRows& rows) {
    for (const Visit& visit : rows.visits) {
      const Day feed_date = feed_date_of(store, visit);
      if (!is_of_interest(visits, feed_date)) continue;
      deliveries_.strike(visit, damage_);
      send_one(visits, visit, {}, feed_date);
    }
    for (std::size_t i = 0; i < rows.transactions.size(); ++i) {
      const Transaction& receipt = rows.transactions[i];
      const Day feed_date = feed_date_of(store, receipt);
      if (!is_of_interest(receipts, feed_date)) continue;
      deliveries_.strike(receipt, rows.lines_of(i), damage_);
      send_one(receipts, receipt, rows.lines_of(i), feed_date);
    }
    for (const auto& row : rows.inventory) inventory.append(row, {}, row.business_date);
    if (!demand) return;
    for (const auto& row : rows.demand) demand->append(row, {}, row.business_date);
  }

  void end_of_store(std::size_t store) {
    visits.end_of_store();
    receipts.end_of_store();
    for (const WeatherDay& row : simulate::weather_rows(world_, store, monday_))
      weather.append(row, {}, row.business_date);
    if (!truth) return;
    for (int i = 0; i < 7; ++i) {
      const Day day = monday_ + std::chrono::days(i);
      for (const auto& gap : deliveries_.sensor_gaps(store, day)) truth->append(gap, {}, day);
      if (const auto drift = deliveries_.drift(store, day)) truth->append(*drift, {}, day);
    }
  }

 private:
  template <class Row>
  Day feed_date_of(std::size_t store, const Row& row) const {
    if (!deliveries_.has_defects()) return row.business_date;
    return row.business_date +
           std::chrono::days(deliveries_.delay(store, row.business_date, row.local_hour));
  }

  template <class Row>
  bool is_of_interest(const WeekOfDeliveries<Row>& table, Day feed_date) const {
    return table.is_wanted(feed_date) || (truth && truth->is_wanted(feed_date));
  }

  template <class Row>
  void send_one(WeekOfDeliveries<Row>& table, const Row& row,
                std::span<const child_of<Row>> children, Day feed_date) {
    if (damage_.is_none() && !damage_.is_lost) {
      table.append(row, children, feed_date);
    } else {
      table.append(row, children, feed_date, damage_);
    }
    if (!truth || damage_.is_lost) return;
    if (feed_date > row.business_date) {
      truth->append({std::string{Row::table}, key_text(row), std::nullopt, DefectKind::late,
                     Mechanism::mcar, feed_date, to_text(row.business_date), to_text(feed_date)},
                    {}, feed_date);
    }
    for (auto& defect : damage_.truth) {
      defect.feed_date = feed_date;
      truth->append(defect, {}, feed_date);
    }
  }

  const World& world_;
  const Deliveries& deliveries_;
  Day monday_;
  simulate::Damage damage_;

 public:
  WeekOfDeliveries<Visit> visits;
  WeekOfDeliveries<Transaction> receipts;
  WeekOfDeliveries<InventoryDay> inventory;
  WeekOfDeliveries<WeatherDay> weather;
  std::optional<WeekOfDeliveries<TruthDefect>> truth;
  std::optional<WeekOfDeliveries<TruthDemand>> demand;
};

class Simulation {
 public:
  Simulation(const Scenario& scenario, const SimulateOptions& options)
      : scenario_(scenario),
        options_(options),
        from_(options.from.value_or(scenario.from)),
        to_(options.to.value_or(scenario.to)),
        has_defects_(scenario.defect_factor > 0),
        has_stock_(scenario.stock_is_tracked != 0),
        folder_(options.out, identity(scenario, options), options.overwrite) {
    if (from_ < scenario.from || to_ > scenario.to || from_ > to_) {
      throw Failure(
          FailureKind::wrong_usage,
          fmt::format("{} to {} is not within the scenario, which covers {} to {}", to_text(from_),
                      to_text(to_), to_text(scenario.from), to_text(scenario.to)));
    }
    if (!options.truth.empty())
      truth_.emplace(options.truth, identity(scenario, options), options.overwrite);
  }

  StageRecord run() {
    find_missing_days();
    const bool snapshots_missing = find_missing_snapshots();
    if (snapshots_missing || !weeks_.empty()) {
      const auto world = simulate::build_world(scenario_);
      if (snapshots_missing) {
        write_snapshots<FeedTables>(*world, folder_);
        if (truth_) write_snapshots<TruthTables>(*world, *truth_);
      }
      write_weeks(*world);
    }
    if (!has_stock_) folder_.add_table(InventoryDay::table);
    folder_.finish();
    if (truth_) truth_->finish();
    record_.finish();
    return std::move(record_);
  }

 private:
  // A part is a feed of its own: its events are those of some stores only.
  static feed::Manifest identity(const Scenario& scenario, const SimulateOptions& options) {
    feed::Manifest manifest;
    manifest.source = scenario.name;
    manifest.digest = digest(scenario);
    if (options.parts > 1)
      manifest.digest += fmt::format(" part {}/{}", options.part, options.parts);
    manifest.seed = static_cast<std::uint64_t>(scenario.seed);
    return manifest;
  }

  struct MissingDay {
    Day day;
    bool visits, receipts, inventory, weather, truth, demand;
    bool is_any() const { return visits || receipts || inventory || weather || truth || demand; }
  };
  struct MissingWeek {
    int week;
    std::vector<MissingDay> days;
  };

  void find_missing_days() {
    std::vector<MissingDay> days(static_cast<std::size_t>((to_ - from_).count() + 1));
    parallel_for(days.size(), options_.threads, [&](std::size_t at, int) {
      const Day day = from_ + std::chrono::days(at);
      days[at] = {day,
                  !folder_.holds(Visit::table, day),
                  !folder_.holds(Transaction::table, day),
                  has_stock_ && !folder_.holds(InventoryDay::table, day),
                  !folder_.holds(WeatherDay::table, day),
                  truth_ && has_defects_ && !truth_->holds(TruthDefect::table, day),
                  truth_ && has_stock_ && !truth_->holds(TruthDemand::table, day)};
    });
    for (const auto& each : days) {
      record_.tables[std::string{Visit::table}].objects_current += !each.visits;
      record_.tables[std::string{Transaction::table}].objects_current += !each.receipts;
      record_.tables[std::string{WeatherDay::table}].objects_current += !each.weather;
      if (has_stock_)
        record_.tables[std::string{InventoryDay::table}].objects_current += !each.inventory;
      if (!each.is_any()) continue;
      if (weeks_.empty() || weeks_.back().week != week_of(each.day))
        weeks_.push_back({week_of(each.day), {}});
      weeks_.back().days.push_back(each);
    }
  }

  bool find_missing_snapshots() {
    bool missing = false;
    FeedTables::for_each([&]<class Row>() {
      if constexpr (Row::delivery == Delivery::snapshot) {
        const bool held = folder_.holds(Row::table, std::nullopt);
        record_.tables[std::string{Row::table}].objects_current += held;
        missing |= !held;
      }
    });
    TruthTables::for_each([&]<class Row>() {
      if constexpr (Row::delivery == Delivery::snapshot)
        missing |= truth_ && !truth_->holds(Row::table, std::nullopt);
    });
    return missing;
  }

  template <class Tables>
  void write_snapshots(const World& world, FeedFolder& folder) {
    Tables::for_each([&]<class Row>() {
      if constexpr (Row::delivery == Delivery::snapshot) {
        if (folder.holds(Row::table, std::nullopt)) return;
        feed::RowDelivery delivery(folder.path_of(Row::table, std::nullopt));
        for_each_snapshot_row<Row>(world,
                                   [&](const Row& row, std::span<const child_of<Row>> children) {
                                     delivery.append(row, children);
                                   });
        const auto facts = delivery.commit();
        folder.add(Row::table, std::nullopt, facts);
        if (&folder != &folder_) return;  // truth is no part of the feed
        transform::Passage passage;
        passage.rows_in = passage.rows_out = facts.rows;
        note(Row::table, passage, 1);
      }
    });
  }

  void write_weeks(const World& world) {
    const std::size_t stores = world.stores.size();
    const auto parts = static_cast<std::size_t>(options_.parts);
    const std::size_t first = stores * static_cast<std::size_t>(options_.part - 1) / parts;
    const std::size_t end = stores * static_cast<std::size_t>(options_.part) / parts;
    // Enough for the weeks that are written at a time and those they look back to.
    simulate::Weeks weeks(world, static_cast<std::size_t>(options_.threads) + 12);
    std::vector<std::int64_t> cells(static_cast<std::size_t>(options_.threads));
    const Deliveries deliveries(world);
    Progress progress("simulate", std::ssize(weeks_), options_.quiet);
    // A week is written by one thread, store after store: its files are in order whatever the
    // others do.
    parallel_for(weeks_.size(), options_.threads, [&](std::size_t at, int worker) {
      auto& computed = cells[static_cast<std::size_t>(worker)];
      progress.advance(write_week(weeks, deliveries, weeks_[at], first, end, computed));
    });
    for (std::size_t worker = 0; worker < cells.size(); ++worker) {
      record_.counts["cells"] += cells[worker];
      record_.counts[fmt::format("cells_of_worker_{}", worker + 1)] = cells[worker];
    }
  }

  std::int64_t write_week(simulate::Weeks& weeks, const Deliveries& deliveries,
                          const MissingWeek& missing, std::size_t first, std::size_t end,
                          std::int64_t& cells) {
    const World& world = weeks.world();
    const Day monday = monday_of(missing.week);
    const Day sunday = monday + std::chrono::days(6);
    Dispatch dispatch(world, folder_, truth_ ? &*truth_ : nullptr, deliveries, monday);
    for (const MissingDay& each : missing.days) {
      if (each.visits) dispatch.visits.want(each.day);
      if (each.receipts) dispatch.receipts.want(each.day);
      if (each.inventory) dispatch.inventory.want(each.day);
      if (each.weather) dispatch.weather.want(each.day);
      if (each.truth && dispatch.truth) dispatch.truth->want(each.day);
      if (each.demand && dispatch.demand) dispatch.demand->want(each.day);
    }
    CellRows rows;
    for (std::size_t store = first; store < end; ++store) {
      // Earlier weeks are computed again only where something of them is sent this week.
      for (int week = missing.week - simulate::weeks_looked_back; week <= missing.week; ++week) {
        const bool is_due =
            week == missing.week || (week >= world.first_week() &&
                                     deliveries.sends_late(store, monday_of(week), monday, sunday));
        if (!is_due) continue;
        stop_if_interrupted();
        simulate::simulate_cell(weeks, week, store, rows);
        dispatch.send(store, rows);
        ++cells;
      }
      dispatch.end_of_store(store);
    }
    const auto visit_rows = dispatch.visits.commit();
    const auto receipt_rows = dispatch.receipts.commit();
    const auto inventory_rows = dispatch.inventory.commit();
    const auto weather_rows = dispatch.weather.commit();
    if (dispatch.truth) dispatch.truth->commit();
    if (dispatch.demand) dispatch.demand->commit();
    note(Visit::table, visit_rows, std::ranges::count_if(missing.days, &MissingDay::visits));
    note(Transaction::table, receipt_rows,
         std::ranges::count_if(missing.days, &MissingDay::receipts));
    note(WeatherDay::table, weather_rows,
         std::ranges::count_if(missing.days, &MissingDay::weather));
    if (has_stock_)
      note(InventoryDay::table, inventory_rows,
           std::ranges::count_if(missing.days, &MissingDay::inventory));
    return visit_rows.rows_in + receipt_rows.rows_in + inventory_rows.rows_in;
  }

  void note(std::string_view table, const transform::Passage& passage, std::int64_t files) {
    const std::scoped_lock hold{lock_};
    TableRecord& record = record_.tables[std::string{table}];
    record.passage += passage;
    record.objects_written += files;
  }

  const Scenario& scenario_;
  const SimulateOptions& options_;
  Day from_, to_;
  bool has_defects_, has_stock_;
  FeedFolder folder_;
  std::optional<FeedFolder> truth_;
  std::vector<MissingWeek> weeks_;
  StageRecord record_{"simulate"};
  std::mutex lock_;
};

}  // namespace

StageRecord simulate_stage(const Scenario& scenario, const SimulateOptions& options) {
  return Simulation(scenario, options).run();
}

}  // namespace retailsim::pipeline
