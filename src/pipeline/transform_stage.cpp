#include "pipeline/transform_stage.h"

#include <mutex>

#include "base/parallel.h"
#include "base/progress.h"
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

}  // namespace

StageRecord transform_stage(const TransformOptions& options, lake::Lake& lake) {
  StageRecord record{"transform"};
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
