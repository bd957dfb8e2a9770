// Batches as Arrow record batches, in the types in which Parquet's readers see the lake: DECIMAL
// of 128 bits, microseconds in UTC, words as dictionaries. Other columns are handed on uncopied.
#pragma once

#include <memory>

#include "columnar/batch.h"

namespace arrow {
class RecordBatch;
class Schema;
}  // namespace arrow

namespace retailsim::python {

std::shared_ptr<arrow::Schema> arrow_schema(const std::vector<columnar::ColumnLayout>& columns);
// The record batch owns what was in `batch`.
std::shared_ptr<arrow::RecordBatch> to_arrow(columnar::Batch batch);

}  // namespace retailsim::python
