// Batches -> the bytes of one Parquet file: DECIMAL on integers, UTC microseconds, words
// as dictionaries, sorted columns as differences, ZSTD, statistics. Equal batches give equal
// bytes: nothing in the file depends on a clock, a machine or a thread.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "columnar/table_buffer.h"

namespace retailsim::lake {

// Names and values kept in the file's footer.
using KeyValues = std::map<std::string, std::string>;

class ParquetWriter {
 public:
  ParquetWriter();
  ~ParquetWriter();
  // One batch is one row group. The first batch (it may be empty) fixes the columns and,
  // by its values, their encodings. At least one batch must be written.
  void write(const columnar::Batch& batch);
  // The whole file. Call it once, last.
  std::string finish(const KeyValues& facts);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// A table that is written row by row, a row group at a time.
template <class Row>
class TableWriter {
 public:
  explicit TableWriter(Layer layer, std::size_t expected_rows = 1024)
      : buffer_(layer, expected_rows) {}
  void append(const Row& row, std::uint64_t missing = 0) {
    if (buffer_.is_full()) flush();
    buffer_.append(row, missing);
    ++rows_;
  }
  void append(const Received<Row>& received) { append(received.row, received.missing); }
  std::int64_t rows() const { return rows_; }
  std::string finish(const KeyValues& facts) {
    if (buffer_.size() > 0 || rows_ == 0) flush();
    return writer_.finish(facts);
  }

 private:
  void flush() {
    writer_.write(buffer_.batch());
    buffer_.clear();
  }

  columnar::TableBuffer<Row> buffer_;
  ParquetWriter writer_;
  std::int64_t rows_ = 0;
};

}  // namespace retailsim::lake
