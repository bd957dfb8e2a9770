#include "pipeline/transform_stage.h"

#include <fmt/core.h>

#include <algorithm>
#include <mutex>
#include <set>

#include "base/parallel.h"
#include "base/progress.h"
#include "lake/publish.h"
#include "pipeline/clean_stage.h"
#include "pipeline/raw_inputs.h"
#include "transform/gold/store_kpis.h"

namespace retailsim::pipeline {
namespace {

using lake::Lake;
using lake::ObjectFacts;

// Raise by hand when the same clean rows give other gold objects than before.
constexpr int gold_format = 1;

using Built = lake::BuiltObject;

template <class Row>
Built build(const std::vector<Row>& rows, Month month, const std::string& inputs) {
  lake::TableWriter<Row> writer(Layer::gold, rows.size());
  for (const auto& row : rows) writer.append(row);
  const ObjectFacts facts{inputs, writer.rows(), {}, {}, 0};
  return {lake::gold_path(Row::table, month), writer.finish(to_key_values(facts)), facts};
}

class Transformation {
 public:
  Transformation(const TransformOptions& options, Lake& lake) : options_(options), lake_(lake) {}

  StageRecord run() {
    snapshots_ = clean_snapshots(lake_, record_);
    months_ = clean_months(lake_);
    days_.resize(months_.size());
    Progress progress("transform", 2 * std::ssize(months_), options_.quiet);
    parallel_for(months_.size(), options_.threads,
                 [&](std::size_t at, int) { progress.advance(clean(at)); });
    // Before anything is published: nothing may have been lost on the way.
    record_.require_balance();
    span_ = data_span(lake_);
    parallel_for(months_.size(), options_.threads, [&](std::size_t at, int) {
      sum_up(at);
      progress.advance(0);
    });
    publish();
    record_.finish();
    lake_.save_index();
    return std::move(record_);
  }

  // Finishes a publish that was stopped half-way, from the clean objects it was made of.
  StageRecord complete() {
    snapshots_ = clean_snapshots(lake_, record_);
    record_.require_balance();
    for (const Month month : clean_months(lake_)) {
      const bool is_clean = lake_.facts(lake::clean_path(Transaction::table, month)) ||
                            lake_.facts(lake::clean_path(Visit::table, month));
      if (is_clean) months_.push_back(month);  // others come after: their rows are only in raw
    }
    days_.resize(months_.size());
    span_ = data_span(lake_);
    parallel_for(months_.size(), options_.threads, [&](std::size_t at, int) { sum_up(at); });
    publish();
    return std::move(record_);
  }

 private:
  // Makes a month's clean objects current. Where its rows are at hand for that, they are
  // summed up at once, so that they need not be read again.
  std::int64_t clean(std::size_t at) {
    StageRecord record{"transform"};
    CleanMonth month(lake_, months_[at]);
    month.refresh(snapshots_, record);
    if (record.did_work()) days_[at] = days_of(at, month);
    const std::scoped_lock hold{lock_};
    std::int64_t rows = 0;
    for (const auto& [table, each] : record.tables) {
      TableRecord& whole = record_.tables[table];
      whole.passage += each.passage;
      whole.objects_written += each.objects_written;
      whole.objects_current += each.objects_current;
      rows += each.passage.rows_in;
    }
    return rows;
  }

  std::vector<StoreDay> days_of(std::size_t at, CleanMonth& month) const {
    transform::StoreDayPass pass(months_[at], snapshots_.stores);
    for (const auto& row : month.transactions()) pass.add(row);
    for (const auto& row : month.lines()) pass.add(row);
    for (const auto& row : month.visits()) pass.add(row);
    return pass.rows();
  }

  // What the gold objects of a month are made from: its clean objects, and where the data
  // begins and ends within it.
  template <class Row>
  std::string gold_inputs(Month month) {
    std::vector<std::string> read{snapshots_.store_inputs};
    const auto note = [&](std::string_view table) {
      const auto facts = lake_.facts(lake::clean_path(table, month));
      read.push_back(facts ? facts->inputs : "none");
    };
    note(Transaction::table);
    note(TransactionLine::table);
    note(Visit::table);
    read.push_back(to_text(std::max(*span_.from, first_day_of(month))));
    read.push_back(to_text(std::min(*span_.through, last_day_of(month))));
    read.push_back(span_.has_visits ? "visits" : "no visits");
    return inputs_of("gold", gold_format, declaration_digest<Row>(), read);
  }

  template <class Row>
  bool is_current(Month month) {
    const auto facts = lake_.facts(lake::gold_path(Row::table, month));
    return facts && facts->inputs == gold_inputs<Row>(month);
  }

  void sum_up(std::size_t at) {
    const Month month = months_[at];
    if (!span_.from) return;
    const bool current = is_current<StoreDay>(month) && is_current<StoreMonth>(month);
    if (current) {
      days_[at].reset();
    } else if (!days_[at]) {
      CleanMonth clean(lake_, month);
      days_[at] = days_of(at, clean);
    }
    std::vector<Built> built;
    if (!current) {
      const auto days = transform::published_days(std::move(*days_[at]), *span_.from,
                                                  *span_.through, span_.has_visits);
      built.push_back(build(days, month, gold_inputs<StoreDay>(month)));
      built.push_back(build(transform::store_months(days), month, gold_inputs<StoreMonth>(month)));
    }
    const std::scoped_lock hold{lock_};
    GoldTables::for_each([&]<class Row>() {
      wanted_.insert(lake::gold_path(Row::table, month));
      TableRecord& table = record_.tables[std::string{Row::table}];
      ++(current ? table.objects_current : table.objects_written);
    });
    for (auto& each : built) built_.push_back(std::move(each));
  }

  void publish() {
    lake::publish(lake_, built_, wanted_, {options_.run_id, span_.from, span_.through, {}});
  }

  const TransformOptions& options_;
  Lake& lake_;
  CleanSnapshots snapshots_;
  std::vector<Month> months_;
  std::vector<std::optional<std::vector<StoreDay>>> days_;  // of each month, where summed up
  DataSpan span_;
  std::vector<Built> built_;
  std::set<std::string> wanted_;
  StageRecord record_{"transform"};
  std::mutex lock_;
};

}  // namespace

StageRecord transform_stage(const TransformOptions& options, Lake& lake) {
  if (!lake::is_publish_unfinished(lake)) return Transformation(options, lake).run();
  // Readers wait for it, so it comes before the work on new data.
  const StageRecord before = Transformation(options, lake).complete();
  StageRecord record = Transformation(options, lake).run();
  for (const auto& [table, each] : before.tables) {
    record.tables[table].passage += each.passage;
    record.tables[table].objects_written += each.objects_written;
  }
  return record;
}

}  // namespace retailsim::pipeline
