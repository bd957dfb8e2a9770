#include "pipeline/transform_stage.h"

#include <mutex>

#include "base/parallel.h"
#include "base/progress.h"
#include "lake/publish.h"
#include "pipeline/gold_build.h"

namespace retailsim::pipeline {
namespace {

void add(StageRecord& whole, const StageRecord& part) {
  for (const auto& [table, each] : part.tables) {
    TableRecord& sums = whole.tables[table];
    sums.passage += each.passage;
    sums.objects_written += each.objects_written;
    sums.objects_current += each.objects_current;
  }
}

// Finishes a publish that was stopped half-way, from the clean objects it was made of.
void complete_publish(const TransformOptions& options, lake::Lake& lake, StageRecord& record) {
  const CleanSnapshots snapshots = clean_snapshots(lake, record);
  record.require_balance();
  std::vector<Month> months;
  for (const Month month : clean_months(lake)) {
    // Others come after: their rows are only in raw.
    if (has_clean_events(lake, month)) months.push_back(month);
  }
  GoldBuild gold(lake, snapshots, months);
  gold.cover(data_span(lake));
  parallel_for(months.size(), options.threads, [&](std::size_t at, int) { gold.complete(at); });
  gold.publish(options.run_id, record);
}

}  // namespace

StageRecord transform_stage(const TransformOptions& options, lake::Lake& lake) {
  StageRecord record{"transform"};
  // Readers wait for it, so it comes before the work on new data.
  if (lake::is_publish_unfinished(lake)) complete_publish(options, lake, record);
  const CleanSnapshots snapshots = clean_snapshots(lake, record);
  const std::vector<Month> months = clean_months(lake);
  GoldBuild gold(lake, snapshots, months);
  Progress progress("transform", 2 * std::ssize(months), options.quiet);
  std::mutex lock;
  parallel_for(months.size(), options.threads, [&](std::size_t at, int) {
    StageRecord of_month{"transform"};
    CleanMonth month(lake, months[at]);
    month.refresh(snapshots, of_month);
    if (of_month.did_work()) gold.sum_up(at, month);
    std::int64_t rows = 0;
    for (const auto& [table, each] : of_month.tables) rows += each.passage.rows_in;
    progress.advance(rows);
    const std::scoped_lock hold{lock};
    add(record, of_month);
  });
  // Before anything is published: nothing may have been lost on the way.
  record.require_balance();
  gold.cover(data_span(lake));
  parallel_for(months.size(), options.threads, [&](std::size_t at, int) {
    gold.complete(at);
    progress.advance(0);
  });
  gold.publish(options.run_id, record);
  record.finish();
  lake.save_index();
  return record;
}

}  // namespace retailsim::pipeline
