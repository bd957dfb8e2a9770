// The bytes of one of our Parquet files -> a batch, and the facts in its footer.
#pragma once

#include <memory>
#include <string>

#include "columnar/batch.h"
#include "lake/parquet_writer.h"

namespace arrow::io {
class RandomAccessFile;
}

namespace retailsim::lake {

using Source = std::shared_ptr<arrow::io::RandomAccessFile>;

// Bytes in memory as a source; they are kept alive by it.
Source source_of(std::string bytes);

// What ParquetWriter::finish was given, and the number of rows as `rows`. Reads the footer
// alone. `name` appears in errors. Throws Failure(corrupt_data) when it is no Parquet file.
KeyValues read_facts(const Source& source, const std::string& name);

// Which columns to read: bit I is column I.
using ColumnSet = std::uint64_t;
inline constexpr ColumnSet all_columns = ~ColumnSet{0};

// The set of the columns with these names; unknown names do not compile.
template <class Row, class... Names>
consteval ColumnSet columns_named(Names... names) {
  return (... | (ColumnSet{1} << column_number<Row>(names)));
}

// Every row. Columns that are not wanted are zero, empty or null. Throws
// Failure(corrupt_data) when the file's columns are not `columns`.
columnar::Batch read_batch(const Source& source, const std::string& name,
                           const std::vector<columnar::ColumnLayout>& columns,
                           ColumnSet wanted = all_columns);

template <class Row>
columnar::Batch read_table(const Source& source, const std::string& name, Layer layer,
                           ColumnSet wanted = all_columns) {
  return read_batch(source, name, columnar::layout<Row>(layer), wanted);
}

}  // namespace retailsim::lake
