#include "pipeline/table_stream.h"

#include <fmt/core.h>

#include <algorithm>
#include <deque>

#include "base/failure.h"
#include "base/generated.h"
#include "base/parallel.h"
#include "base/text.h"
#include "columnar/table_buffer.h"
#include "pipeline/selection.h"
#include "pipeline/simulate/snapshot_rows.h"
#include "simulate/cell.h"
#include "simulate/weather.h"

namespace retailsim::pipeline {
namespace {

using columnar::Batch;
using simulate::CellRows;
using simulate::World;

template <class... Lake, class... Truth>
TableList<Lake..., Truth...> joined(TableList<Lake...>, TableList<Truth...>);
using AllTables = decltype(joined(LakeTables{}, TruthTables{}));

// Calls visit.template operator()<Row>() for each table: what is streamed has no defects.
template <class Visit>
void for_each_streamed(const Visit& visit) {
  AllTables::for_each([&]<class Row>() {
    if constexpr (!std::is_same_v<Row, TruthDefect>) visit.template operator()<Row>();
  });
}

// A batch ends with the cell that brings a table to so many rows.
constexpr std::size_t batch_rows = std::size_t{1} << 16;
constexpr std::size_t most_cells_at_once = 1024;

struct CellPlace {
  std::size_t store;
  Day monday;
};

class StreamedTable {
 public:
  virtual ~StreamedTable() = default;
  // Null where there is none: the table is one of events.
  virtual std::unique_ptr<Generated<Batch>> snapshot(const World& world) const = 0;
  virtual void add_cell(const World& world, const CellPlace& place, const CellRows& rows,
                        const DaySpan& days) = 0;
  virtual std::size_t rows() const = 0;  // that wait
  virtual Batch take() = 0;
};

template <class Row>
class StreamedRows : public StreamedTable {
 public:
  std::unique_ptr<Generated<Batch>> snapshot(const World& world) const override {
    if constexpr (Row::delivery == Delivery::snapshot) {
      return std::make_unique<Generated<Batch>>([&world](const auto& give) {
        columnar::TableBuffer<Row> buffer(Layer::clean);
        for_each_snapshot_row<Row>(world, [&](const Row& row, std::span<const child_of<Row>>) {
          if (buffer.size() == batch_rows) give(buffer.take());
          buffer.append(row);
        });
        if (buffer.size() > 0) give(buffer.take());
      });
    }
    return nullptr;
  }
  void add_cell(const World& world, const CellPlace& place, const CellRows& rows,
                const DaySpan& days) override {
    if constexpr (Row::delivery == Delivery::event) {
      for (const Row& row : of_cell(world, place, rows))
        if (days.holds(row.business_date)) add(row);
    }
  }
  std::size_t rows() const override { return full_.size() * columnar::most_rows + buffer_.size(); }
  Batch take() override {
    if (full_.empty()) return buffer_.take();
    Batch first = std::move(full_.front());
    full_.pop_front();
    return first;
  }

 private:
  static decltype(auto) of_cell(const World& world, const CellPlace& place, const CellRows& rows) {
    if constexpr (std::is_same_v<Row, Visit>) return (rows.visits);
    if constexpr (std::is_same_v<Row, Transaction>) return (rows.transactions);
    if constexpr (std::is_same_v<Row, TransactionLine>) return (rows.lines);
    if constexpr (std::is_same_v<Row, InventoryDay>) return (rows.inventory);
    if constexpr (std::is_same_v<Row, TruthDemand>) return (rows.demand);
    if constexpr (std::is_same_v<Row, WeatherDay>)
      return simulate::weather_rows(world, place.store, place.monday);
  }
  void add(const Row& row) {
    if (buffer_.is_full()) full_.push_back(buffer_.take());
    buffer_.append(row);
  }

  columnar::TableBuffer<Row> buffer_{Layer::clean};
  std::deque<Batch> full_;
};

// Calls visit.template operator()<Row>() for the table of that name.
template <class Visit>
void visit_table(std::string_view name, const Visit& visit) {
  bool is_known = false;
  for_each_streamed([&]<class Row>() {
    if (Row::table != name) return;
    is_known = true;
    visit.template operator()<Row>();
  });
  if (is_known) return;
  std::vector<std::string> known;
  for (const auto table : streamed_tables()) known.emplace_back(table);
  const auto close = nearest(name, known);
  throw Failure(FailureKind::wrong_usage, fmt::format("there is no table {}", name),
                close ? fmt::format("did you mean {}?", *close)
                      : fmt::format("there are {}", join(known, ", ")));
}

}  // namespace

std::vector<std::string_view> streamed_tables() {
  std::vector<std::string_view> names;
  for_each_streamed([&]<class Row>() { names.push_back(Row::table); });
  return names;
}

std::vector<columnar::ColumnLayout> columns_of(std::string_view table) {
  std::vector<columnar::ColumnLayout> columns;
  visit_table(table, [&]<class Row>() { columns = columnar::layout<Row>(Layer::clean); });
  return columns;
}

struct TableStream::State {
  State(std::shared_ptr<const World> of, const StreamOptions& options)
      : world(std::move(of)),
        days(days_within(world->scenario, options.from, options.to)),
        stores(options.stores),
        threads(options.threads),
        // Enough for the weeks in work and those they look back to.
        weeks(*world, static_cast<std::size_t>(options.threads) + 12) {
    for (const std::size_t store : stores) require_store(*world, world->store_id(store));
    bool has_events = false;
    for (const auto& name : options.tables) {
      visit_table(name, [&]<class Row>() {
        tables.push_back(std::make_unique<StreamedRows<Row>>());
        has_events |= Row::delivery == Delivery::event;
        is_simulated |= Row::delivery == Delivery::event && !std::is_same_v<Row, WeatherDay>;
      });
    }
    const auto week_count = week_of(days.to) - week_of(days.from) + 1;
    if (has_events) cell_count = static_cast<std::size_t>(week_count) * stores.size();
  }

  CellPlace place_of(std::size_t cell) const {
    const auto week = static_cast<int>(cell / stores.size());
    return {stores[cell % stores.size()], monday_of(week_of(days.from) + week)};
  }

  // Simulates the next cells, as many as give a batch.
  void simulate_more() {
    const std::size_t usual = first_of_slots == 0 ? 0 : rows_seen / first_of_slots;
    const auto at_least = static_cast<std::size_t>(threads);
    const auto wanted = std::clamp(usual == 0 ? at_least : batch_rows / usual, at_least,
                                   std::max(at_least, most_cells_at_once));
    const auto count = std::min(wanted, cell_count - first_of_slots - filled);
    first_of_slots += filled;
    filled = count;
    taken = 0;
    if (slots.size() < count) slots.resize(count);
    if (!is_simulated) return;
    parallel_for(count, threads, [&](std::size_t slot, int) {
      const CellPlace place = place_of(first_of_slots + slot);
      simulate::simulate_cell(weeks, week_of(place.monday), place.store, slots[slot]);
    });
    for (std::size_t slot = 0; slot < count; ++slot)
      rows_seen += slots[slot].lines.size() + slots[slot].visits.size();
  }

  std::vector<Batch> take_all() {
    std::vector<Batch> batches;
    batches.reserve(tables.size());
    for (auto& table : tables) batches.push_back(table->take());
    return batches;
  }

  // Those of one table after those of another: they may be larger than memory should hold.
  std::optional<std::vector<Batch>> next_of_snapshots() {
    for (; snapshot_of < tables.size(); ++snapshot_of, snapshot.reset()) {
      if (!snapshot) snapshot = tables[snapshot_of]->snapshot(*world);
      auto batch = snapshot ? snapshot->next() : std::nullopt;
      if (!batch) continue;
      auto batches = take_all();
      batches[snapshot_of] = std::move(*batch);
      return batches;
    }
    return {};
  }

  bool holds_a_batch() const {
    return std::ranges::any_of(tables, [](const auto& each) { return each->rows() >= batch_rows; });
  }

  std::optional<std::vector<Batch>> next() {
    if (auto batches = next_of_snapshots()) return batches;
    while (!holds_a_batch() && first_of_slots + taken < cell_count) {
      stop_if_interrupted();
      if (taken == filled) simulate_more();
      for (auto& table : tables)
        table->add_cell(*world, place_of(first_of_slots + taken), slots[taken], days);
      ++taken;
    }
    if (std::ranges::all_of(tables, [](const auto& each) { return each->rows() == 0; })) return {};
    return take_all();
  }

  std::shared_ptr<const World> world;
  DaySpan days;
  std::vector<std::size_t> stores;
  int threads;
  simulate::Weeks weeks;
  std::vector<std::unique_ptr<StreamedTable>> tables;
  bool is_simulated = false;  // some table needs the rows of cells
  std::size_t cell_count = 0;
  // Cells that were simulated together; those before `taken` are in the tables.
  std::vector<CellRows> slots;
  std::size_t first_of_slots = 0, filled = 0, taken = 0;
  std::size_t rows_seen = 0;
  // The table whose snapshot is being handed out.
  std::size_t snapshot_of = 0;
  std::unique_ptr<Generated<Batch>> snapshot;
};

TableStream::TableStream(std::shared_ptr<const World> world, const StreamOptions& options)
    : state_(std::make_unique<State>(std::move(world), options)) {}
TableStream::~TableStream() = default;

std::optional<std::vector<Batch>> TableStream::next() { return state_->next(); }

}  // namespace retailsim::pipeline
