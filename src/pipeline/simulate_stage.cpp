#include "pipeline/simulate_stage.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/failure.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "pipeline/selection.h"
#include "pipeline/simulate/dispatch.h"
#include "pipeline/simulate/snapshot_rows.h"
#include "simulate/weeks.h"
#include "simulate/world.h"

namespace retailsim::pipeline {
namespace {

using feed::FeedFolder;
using simulate::CellRows;
using simulate::Deliveries;
using simulate::World;

class Simulation {
 public:
  Simulation(const Scenario& scenario, const SimulateOptions& options)
      : scenario_(scenario),
        options_(options),
        days_(days_within(scenario, options.from, options.to)),
        folder_(options.out, identity(scenario, options), options.overwrite) {
    if (!options.truth.empty())
      truth_.emplace(options.truth, identity(scenario, options), options.overwrite);
    events_ = std::make_unique<EventFolders>(scenario, folder_, truth_ ? &*truth_ : nullptr);
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
    // A table that the scenario has no rows for is known to be empty.
    for_each_event_table([&]<class Row>() {
      if (!is_truth<Row> && !events_->of<Row>()) folder_.add_table(Row::table);
    });
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
    EventSet tables;
  };
  struct MissingWeek {
    int week;
    std::vector<MissingDay> days;
  };

  void find_missing_days() {
    std::vector<MissingDay> days(static_cast<std::size_t>((days_.to - days_.from).count() + 1));
    parallel_for(days.size(), options_.threads, [&](std::size_t at, int) {
      const Day day = days_.from + std::chrono::days(at);
      days[at].day = day;
      for_each_event_table([&]<class Row>() {
        const FeedFolder* folder = events_->of<Row>();
        days[at].tables[event_number<Row>()] = folder && !folder->holds(Row::table, day);
      });
    });
    for (const auto& each : days) {
      for_each_event_table([&]<class Row>() {
        if (!is_truth<Row> && events_->of<Row>())
          table_record<Row>().objects_current += !each.tables[event_number<Row>()];
      });
      if (each.tables.none()) continue;
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
        table_record<Row>().objects_current += held;
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
        note<Row>(passage, 1);
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
    Dispatch dispatch(world, *events_, deliveries, monday);
    for (const MissingDay& each : missing.days) dispatch.want(each.day, each.tables);
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
    std::int64_t sent = 0;
    dispatch.commit([&]<class Row>(const transform::Passage& passage) {
      if (is_truth<Row>) return;
      sent += passage.rows_in;
      note<Row>(passage, std::ranges::count_if(missing.days, [](const MissingDay& each) {
                  return each.tables[event_number<Row>()];
                }));
    });
    return sent;
  }

  template <class Row>
  TableRecord& table_record() {
    return record_.tables[std::string{Row::table}];
  }

  template <class Row>
  void note(const transform::Passage& passage, std::int64_t files) {
    const std::scoped_lock hold{lock_};
    table_record<Row>().passage += passage;
    table_record<Row>().objects_written += files;
  }

  const Scenario& scenario_;
  const SimulateOptions& options_;
  DaySpan days_;
  FeedFolder folder_;
  std::optional<FeedFolder> truth_;
  std::unique_ptr<EventFolders> events_;
  std::vector<MissingWeek> weeks_;
  StageRecord record_{"simulate"};
  std::mutex lock_;
};

}  // namespace

StageRecord simulate_stage(const Scenario& scenario, const SimulateOptions& options) {
  return Simulation(scenario, options).run();
}

}  // namespace retailsim::pipeline
