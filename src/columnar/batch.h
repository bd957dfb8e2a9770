// Rows in columns, in Arrow's memory layout: what Parquet files are written from and
// read into. A batch owns its columns and knows its layout, but no row type.
#pragma once

#include <cassert>
#include <memory>

#include "columnar/layout.h"

namespace retailsim::columnar {

struct ColumnData {
  std::unique_ptr<std::byte[]> values;      // `rows` values; for text rows + 1 ends, the first 0
  std::unique_ptr<std::uint8_t[]> present;  // one bit a row; null when the column is not nullable
  std::string text;                         // the characters of a text column
};

struct Batch {
  std::vector<ColumnLayout> columns;
  std::vector<ColumnData> data;
  std::int64_t rows = 0;
};

// Bytes that one value takes in ColumnData::values.
constexpr std::size_t width_of(Storage storage) {
  switch (storage) {
    case Storage::integer32:
    case Storage::decimal:
    case Storage::day:
    case Storage::text:
      return 4;
    case Storage::integer64:
    case Storage::money:
    case Storage::total:
    case Storage::number:
    case Storage::instant:
      return 8;
    case Storage::boolean:
    case Storage::word:
      return 1;
  }
  return 8;
}

// Row `at` of a batch whose layout is that of Row, in any layer.
template <class Row>
void load_row(const Batch& batch, std::size_t at, Received<Row>& to) {
  assert(batch.columns.size() == column_count<Row>);
  to.missing = 0;
  for_each_column_number<Row>([&]<std::size_t I>() RETAILSIM_INLINE {
    using As = stored<Row, I>;
    const ColumnData& data = batch.data[I];
    const auto* const values = reinterpret_cast<const typename As::type*>(data.values.get());
    const bool present = !data.present || (data.present[at / 8] >> (at % 8) & 1) != 0;
    auto& field = to.row.*column_at<Row, I>.field;
    if (!present) {
      field = {};
      if constexpr (!is_optional<column_value<Row, I>>) to.missing |= std::uint64_t{1} << I;
    } else if constexpr (As::storage == Storage::text) {
      const auto begin = static_cast<std::size_t>(values[at]);
      field = data.text.substr(begin, static_cast<std::size_t>(values[at + 1]) - begin);
    } else {
      field = As::back(values[at]);
    }
  });
}

// All rows of a batch that was written without missing measures.
template <class Row>
std::vector<Row> rows_of(const Batch& batch) {
  std::vector<Row> rows;
  rows.reserve(static_cast<std::size_t>(batch.rows));
  Received<Row> received;
  for (std::size_t at = 0; at < static_cast<std::size_t>(batch.rows); ++at) {
    load_row(batch, at, received);
    assert(received.missing == 0);
    rows.push_back(std::move(received.row));
  }
  return rows;
}

}  // namespace retailsim::columnar
