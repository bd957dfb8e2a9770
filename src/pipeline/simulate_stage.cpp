#include "pipeline/simulate_stage.h"

#include <fmt/core.h>

#include <array>
#include <atomic>

#include "base/failure.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "feed/feed_folder.h"
#include "json/encode.h"
#include "simulate/cell.h"
#include "simulate/prices.h"
#include "simulate/promotions.h"
#include "simulate/snapshots.h"
#include "simulate/weeks.h"
#include "simulate/world.h"

namespace retailsim::pipeline {
namespace {

using feed::FeedFolder;
using feed::NewDelivery;
using simulate::CellRows;
using simulate::World;

// Written out before it grows beyond this.
constexpr std::size_t text_block = std::size_t{4} << 20;

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
  } else {
    const auto rows = [&] {
      if constexpr (std::is_same_v<Row, Product>) return simulate::product_rows(world);
      if constexpr (std::is_same_v<Row, Price>) return simulate::price_rows(world);
      if constexpr (std::is_same_v<Row, Customer>) return simulate::customer_rows(world);
    }();
    for (const auto& row : rows) visit(row, {});
  }
}

// The deliveries of one event table for the days of one week, as far as they are missing.
// Rows must be appended in the order of the file.
class WeekOfDeliveries {
 public:
  WeekOfDeliveries(FeedFolder& folder, std::string_view table) : folder_(folder), table_(table) {}

  void want(Day day) { day_at(day).emplace(folder_.path_of(table_, day)); }

  template <class Row>
  void append(const Row& row, std::span<const child_of<Row>> children = {}) {
    auto& day = day_at(row.business_date);
    if (!day) return;
    day->text.append(row, children);
    ++day->rows;
    if constexpr (requires { row.net; }) cents_ += row.net.value;
    if (day->text.text().size() > text_block) day->flush();
  }

  // What was delivered on all days.
  transform::Passage commit(Day monday) {
    transform::Passage passage;
    for (std::size_t i = 0; i < days_.size(); ++i) {
      auto& day = days_[i];
      if (!day) continue;
      day->flush();
      const auto facts = day->delivery.commit();
      folder_.add(table_, monday + std::chrono::days(i), facts);
      passage.rows_in += facts.rows;
    }
    passage.rows_out = passage.rows_in;
    passage.cents_in = passage.cents_out = cents_;
    return passage;
  }

 private:
  struct OneDay {
    explicit OneDay(const std::filesystem::path& path) : delivery(path) {}
    void flush() {
      delivery.append(text.text(), rows);
      text.clear();
      rows = 0;
    }
    NewDelivery delivery;
    json::LineBuffer text;
    std::int64_t rows = 0;
  };
  static std::size_t index(Day day) { return static_cast<std::size_t>(weekday_of(day)); }
  std::optional<OneDay>& day_at(Day day) { return days_[index(day)]; }

  FeedFolder& folder_;
  std::string_view table_;
  std::array<std::optional<OneDay>, 7> days_;
  std::int64_t cents_ = 0;
};

class Simulation {
 public:
  Simulation(const Scenario& scenario, const SimulateOptions& options)
      : scenario_(scenario),
        options_(options),
        from_(options.from.value_or(scenario.from)),
        to_(options.to.value_or(scenario.to)),
        folder_(options.out, identity(scenario, options), options.overwrite) {
    if (from_ < scenario.from || to_ > scenario.to || from_ > to_) {
      throw Failure(
          FailureKind::wrong_usage,
          fmt::format("{} to {} is not within the scenario, which covers {} to {}", to_text(from_),
                      to_text(to_), to_text(scenario.from), to_text(scenario.to)));
    }
  }

  StageRecord run() {
    find_missing_days();
    const bool snapshots_missing = find_missing_snapshots();
    if (snapshots_missing || !weeks_.empty()) {
      const auto world = simulate::build_world(scenario_);
      if (snapshots_missing) write_snapshots(*world);
      write_weeks(*world);
    }
    folder_.finish();
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

  struct MissingWeek {
    int week;
    std::vector<std::pair<Day, bool>> visits;  // day, and whether its delivery is missing
    std::vector<std::pair<Day, bool>> transactions;
  };

  void find_missing_days() {
    struct Found {
      bool visit, transaction;
    };
    std::vector<Found> found(static_cast<std::size_t>((to_ - from_).count() + 1));
    parallel_for(found.size(), options_.threads, [&](std::size_t at, int) {
      const Day day = from_ + std::chrono::days(at);
      found[at] = {folder_.holds(Visit::table, day), folder_.holds(Transaction::table, day)};
    });
    for (std::size_t at = 0; at < found.size(); ++at) {
      const Day day = from_ + std::chrono::days(at);
      record_.tables[std::string{Visit::table}].objects_current += found[at].visit;
      record_.tables[std::string{Transaction::table}].objects_current += found[at].transaction;
      if (found[at].visit && found[at].transaction) continue;
      if (weeks_.empty() || weeks_.back().week != week_of(day))
        weeks_.push_back({week_of(day), {}, {}});
      weeks_.back().visits.emplace_back(day, !found[at].visit);
      weeks_.back().transactions.emplace_back(day, !found[at].transaction);
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
    return missing;
  }

  void write_snapshots(const World& world) {
    FeedTables::for_each([&]<class Row>() {
      if constexpr (Row::delivery == Delivery::snapshot) {
        if (folder_.holds(Row::table, std::nullopt)) return;
        NewDelivery delivery(folder_.path_of(Row::table, std::nullopt));
        json::LineBuffer text;
        std::int64_t rows = 0;
        const auto flush = [&] {
          delivery.append(text.text(), rows);
          text.clear();
          rows = 0;
        };
        for_each_snapshot_row<Row>(world,
                                   [&](const Row& row, std::span<const child_of<Row>> children) {
                                     text.append(row, children);
                                     ++rows;
                                     if (text.text().size() > text_block) flush();
                                   });
        flush();
        const auto facts = delivery.commit();
        folder_.add(Row::table, std::nullopt, facts);
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
    Progress progress("simulate", std::ssize(weeks_), options_.quiet);
    // A week is written by one thread, store after store: its files are in order whatever the
    // others do.
    parallel_for(weeks_.size(), options_.threads, [&](std::size_t at, int worker) {
      cells[static_cast<std::size_t>(worker)] += static_cast<std::int64_t>(end - first);
      progress.advance(write_week(weeks, weeks_[at], first, end));
    });
    for (std::size_t worker = 0; worker < cells.size(); ++worker) {
      record_.counts["cells"] += cells[worker];
      record_.counts[fmt::format("cells_of_worker_{}", worker + 1)] = cells[worker];
    }
  }

  std::int64_t write_week(simulate::Weeks& weeks, const MissingWeek& missing, std::size_t first,
                          std::size_t end) {
    WeekOfDeliveries visits(folder_, Visit::table);
    WeekOfDeliveries transactions(folder_, Transaction::table);
    for (const auto& [day, is_missing] : missing.visits)
      if (is_missing) visits.want(day);
    for (const auto& [day, is_missing] : missing.transactions)
      if (is_missing) transactions.want(day);
    CellRows rows;
    for (std::size_t store = first; store < end; ++store) {
      stop_if_interrupted();
      simulate::simulate_cell(weeks, missing.week, store, rows);
      for (const auto& visit : rows.visits) visits.append(visit);
      for (std::size_t i = 0; i < rows.transactions.size(); ++i)
        transactions.append(rows.transactions[i], rows.lines_of(i));
    }
    const Day monday = monday_of(missing.week);
    const auto visit_rows = visits.commit(monday);
    const auto transaction_rows = transactions.commit(monday);
    const auto days = [](const auto& wanted) {
      return std::ranges::count_if(wanted, [](const auto& each) { return each.second; });
    };
    note(Visit::table, visit_rows, days(missing.visits));
    note(Transaction::table, transaction_rows, days(missing.transactions));
    return visit_rows.rows_in + transaction_rows.rows_in;
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
  FeedFolder folder_;
  std::vector<MissingWeek> weeks_;
  StageRecord record_{"simulate"};
  std::mutex lock_;
};

}  // namespace

StageRecord simulate_stage(const Scenario& scenario, const SimulateOptions& options) {
  return Simulation(scenario, options).run();
}

}  // namespace retailsim::pipeline
