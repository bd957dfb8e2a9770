// Rows in, columns out. Each column is one buffer, written at the same row number, so
// appending a row costs one store per column. The buffers have Arrow's layout and are
// handed on without a copy; they grow up to `most_rows`, the size of a row group.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

#include "columnar/batch.h"

namespace retailsim::columnar {

inline constexpr std::size_t most_rows = std::size_t{1} << 20;

template <class Row>
class TableBuffer {
 public:
  explicit TableBuffer(Layer layer, std::size_t expected_rows = 1024)
      : capacity_(std::clamp<std::size_t>(expected_rows, 16, most_rows)) {
    batch_.columns = layout<Row>(layer);
    batch_.data.resize(batch_.columns.size());
    for_each_column_number<Row>([&]<std::size_t I>() { allocate<I>(0); });
  }

  // Full: write the batch as a row group and clear() before the next append.
  bool is_full() const { return rows_ == most_rows; }
  std::size_t size() const { return rows_; }

  void append(const Row& row, std::uint64_t missing = 0) {
    assert(!is_full());
    if (rows_ == capacity_) [[unlikely]]
      grow();
    const std::size_t at = rows_;
    for_each_column_number<Row>([&]<std::size_t I>() RETAILSIM_INLINE {
      put<I>(row.*column_at<Row, I>.field, at, (missing >> I & 1) == 0);
    });
    rows_ = at + 1;
  }
  void append(const Received<Row>& received) { append(received.row, received.missing); }

  // What was appended so far, valid until the next append or clear.
  const Batch& batch() {
    batch_.rows = static_cast<std::int64_t>(rows_);
    return batch_;
  }

  // The same, for good; the buffer starts afresh in new memory of the same size.
  Batch take() {
    Batch taken = std::move(batch_);
    taken.rows = static_cast<std::int64_t>(rows_);
    batch_ = {taken.columns, std::vector<ColumnData>(taken.columns.size()), 0};
    for_each_column_number<Row>([&]<std::size_t I>() { allocate<I>(0); });
    rows_ = 0;
    return taken;
  }

  // Starts afresh in the same memory: fresh pages cost more than the values in them.
  void clear() {
    for (auto& column : batch_.data) {
      column.text.clear();
      if (column.present) std::fill_n(column.present.get(), bitmap_bytes(), std::uint8_t{0});
    }
    rows_ = 0;
  }

 private:
  template <std::size_t I, class Value>
  RETAILSIM_INLINE void put(const Value& value, std::size_t row, bool is_known) {
    using As = stored<Row, I>;
    auto* const values = reinterpret_cast<typename As::type*>(values_[I]);
    if constexpr (is_optional<Value>) {
      is_known = value.has_value();
      if constexpr (As::storage == Storage::text) {
        if (value) batch_.data[I].text += *value;
      } else {
        values[row] = As::of(value.value_or(typename Value::value_type{}));
      }
    } else if constexpr (As::storage == Storage::text) {
      batch_.data[I].text += value;
    } else {
      values[row] = As::of(value);
    }
    if constexpr (As::storage == Storage::text)
      values[row + 1] = static_cast<std::int32_t>(batch_.data[I].text.size());
    if constexpr (is_nullable<Row, I>(Layer::raw)) {
      if (present_[I] != nullptr)
        present_[I][row / 8] |= static_cast<std::uint8_t>(is_known << (row % 8));
    }
  }

  std::size_t bitmap_bytes() const { return capacity_ / 8 + 1; }

  // Room for capacity_ rows, with the first `kept` of what was there.
  template <std::size_t I>
  void allocate(std::size_t kept) {
    using Value = typename stored<Row, I>::type;
    ColumnData& data = batch_.data[I];
    auto values = std::make_unique_for_overwrite<std::byte[]>(sizeof(Value) * (capacity_ + 1));
    if (kept > 0) {
      std::memcpy(values.get(), data.values.get(), sizeof(Value) * (kept + 1));
    } else {
      std::memset(values.get(), 0, sizeof(Value));
    }
    data.values = std::move(values);
    values_[I] = data.values.get();
    if (batch_.columns[I].is_nullable) {
      auto present = std::make_unique<std::uint8_t[]>(bitmap_bytes());
      if (kept > 0) std::memcpy(present.get(), data.present.get(), kept / 8 + 1);
      data.present = std::move(present);
      present_[I] = data.present.get();
    }
  }

  void grow() {
    const std::size_t kept = capacity_;
    capacity_ = std::min(most_rows, 2 * capacity_);
    for_each_column_number<Row>([&]<std::size_t I>() { allocate<I>(kept); });
  }

  std::size_t capacity_;
  std::size_t rows_ = 0;
  // Into batch_, so that append() loads little.
  std::array<std::byte*, column_count<Row>> values_{};
  std::array<std::uint8_t*, column_count<Row>> present_{};
  Batch batch_;
};

}  // namespace retailsim::columnar
