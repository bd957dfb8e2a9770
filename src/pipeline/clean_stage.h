// raw -> clean: snapshots first, since events refer to them, then the events of each month.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "lake/lake.h"
#include "pipeline/run_record.h"
#include "transform/catalogue.h"

namespace retailsim::pipeline {

// The clean snapshots, as far as others need them.
struct CleanSnapshots {
  transform::Catalogue catalogue;
  std::vector<Store> stores;
  std::vector<std::string> referred;  // inputs of the clean tables that events refer to
  std::string store_inputs;
};

// Makes the clean objects of every snapshot table current, and reads what others need.
CleanSnapshots clean_snapshots(lake::Lake& lake, StageRecord& record);

// The rows of a clean object, in the wanted columns; none when there is no such object.
template <class Row>
std::vector<Row> read_clean(lake::Lake& lake, const std::optional<Month>& month,
                            lake::ColumnSet wanted = lake::all_columns) {
  const std::string path = lake::clean_path(Row::table, month);
  if (!lake.facts(path)) return {};
  return columnar::rows_of<Row>(lake.read<Row>(path, Layer::clean, wanted));
}

// The events of one month. Not for sharing between threads; several months may be worked
// on at a time.
class CleanMonth {
 public:
  CleanMonth(lake::Lake& lake, Month month) : lake_(lake), month_(month) {}

  // Makes the clean objects of the month current.
  void refresh(const CleanSnapshots& snapshots, StageRecord& record);

  // The rows: those just made, else read from the lake.
  const std::vector<Transaction>& transactions();
  const std::vector<TransactionLine>& lines();
  const std::vector<Visit>& visits();
  const std::vector<InventoryDay>& inventory();

 private:
  // Of a table whose rows are judged without others of the month: the rows, if they were made.
  template <class Row>
  std::optional<std::vector<Row>> refresh_alone(const CleanSnapshots& snapshots,
                                                StageRecord& record);

  lake::Lake& lake_;
  Month month_;
  std::optional<std::vector<Transaction>> transactions_;
  std::optional<std::vector<TransactionLine>> lines_;
  std::optional<std::vector<Visit>> visits_;
  std::optional<std::vector<InventoryDay>> inventory_;
};

// The months that have events in raw. Objects of other months are removed from clean.
std::vector<Month> clean_months(lake::Lake& lake);

// Whether any event of the month is in clean.
bool has_clean_events(lake::Lake& lake, Month month);

// First and last day of the clean events; none when there are no events.
struct DataSpan {
  std::optional<Day> from, through;
  bool has_visits = false;
};
DataSpan data_span(lake::Lake& lake);

}  // namespace retailsim::pipeline
