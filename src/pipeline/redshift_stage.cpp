#include "pipeline/redshift_stage.h"

namespace retailsim::pipeline {

StageRecord redshift_stage(const warehouse::LoadOptions& options, const warehouse::Service& service,
                           const warehouse::Target& target, lake::Lake& lake) {
  StageRecord record{"redshift"};
  const auto result = warehouse::load(options, service, target, lake);
  std::int64_t removed = 0;
  for (const auto& [table, done] : result.tables) {
    TableRecord& of_table = record.tables[table];
    of_table.objects_written = done.loaded;
    of_table.objects_current = done.current;
    // Redshift counted them itself; a load of another number has failed.
    of_table.passage.rows_in = of_table.passage.rows_out = done.rows;
    removed += done.removed;
  }
  record.counts = {{"retries", result.retries},
                   {"units_removed", removed},
                   {"views_made", result.views_made},
                   {"views_refreshed", result.views_refreshed}};
  record.finish();
  return record;
}

}  // namespace retailsim::pipeline
