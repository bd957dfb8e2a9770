#include "pipeline/validate_stage.h"

#include <fmt/core.h>

#include "base/failure.h"
#include "base/text.h"

namespace retailsim::pipeline {
namespace {

bool is_asked_for(const std::string& path, const GateOptions& options) {
  const auto feed_date = lake::feed_date_of(path);
  if (!feed_date) return true;
  return (!options.from || *feed_date >= *options.from) &&
         (!options.to || *feed_date <= *options.to);
}

}  // namespace

StageRecord validate_stage(const GateOptions& options, lake::Lake& lake) {
  StageRecord record{"validate"};
  std::string above;
  LakeTables::for_each([&]<class Row>() {
    transform::Passage& passage = record.tables[std::string{Row::table}].passage;
    for (const auto& [path, facts] : lake.objects(Layer::raw, Row::table)) {
      if (!is_asked_for(path, options)) continue;
      passage.rows_out += facts.rows;
      passage.quarantined += facts.quarantined;
    }
    passage.rows_in = passage.rows_out + passage.quarantined;
    if (passage.rows_in == 0) return;
    const double share =
        static_cast<double>(passage.quarantined) / static_cast<double>(passage.rows_in);
    if (share <= options.max_rejected) return;
    above += fmt::format("\n  {}: {} of {} rows ({:.2f} %)", Row::table,
                         with_thousands(passage.quarantined), with_thousands(passage.rows_in),
                         100 * share);
  });
  record.finish();
  lake.save_index();
  if (!above.empty()) {
    throw Failure(FailureKind::data_refused,
                  fmt::format("more than {:.2f} % of the rows were refused:{}",
                              100 * options.max_rejected, above),
                  fmt::format("the reasons stand in {}; or allow more with --max-rejected",
                              lake.store().display("quarantine")));
  }
  return record;
}

}  // namespace retailsim::pipeline
