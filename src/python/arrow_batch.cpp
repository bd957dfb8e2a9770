#include "python/arrow_batch.h"

#include <arrow/api.h>

#include <cstring>

#include "base/arrow_status.h"

namespace retailsim::python {
namespace {

using columnar::Batch;
using columnar::ColumnData;
using columnar::ColumnLayout;
using columnar::Storage;

std::shared_ptr<arrow::DataType> type_of(const ColumnLayout& column) {
  switch (column.storage) {
    case Storage::integer32:
      return arrow::int32();
    case Storage::integer64:
      return arrow::int64();
    case Storage::boolean:
      return arrow::boolean();
    case Storage::money:
      return arrow::decimal128(12, 2);
    case Storage::total:
      return arrow::decimal128(18, 2);
    case Storage::decimal:
      return arrow::decimal128(9, column.digits);
    case Storage::number:
      return arrow::decimal128(18, column.digits);
    case Storage::day:
      return arrow::date32();
    case Storage::instant:
      return arrow::timestamp(arrow::TimeUnit::MICRO, "UTC");
    case Storage::word:
      return arrow::dictionary(arrow::int8(), arrow::utf8());
    case Storage::text:
      break;
  }
  return arrow::utf8();
}

// Memory of a batch, which lives as long as any of its buffers.
class SharedMemory : public arrow::Buffer {
 public:
  SharedMemory(std::shared_ptr<const Batch> owner, const void* from, std::int64_t bytes)
      : arrow::Buffer(static_cast<const std::uint8_t*>(from), bytes), owner_(std::move(owner)) {}

 private:
  std::shared_ptr<const Batch> owner_;
};

// Widened to 128 bits, as all of Arrow's users know decimals.
template <class Value>
std::shared_ptr<arrow::Buffer> widened(const ColumnData& data, std::int64_t rows) {
  auto buffer = unwrap(arrow::AllocateBuffer(rows * 16));
  const auto* const from = reinterpret_cast<const Value*>(data.values.get());
  auto* const to = reinterpret_cast<std::int64_t*>(buffer->mutable_data());
  for (std::int64_t row = 0; row < rows; ++row) {
    to[2 * row] = from[row];
    to[2 * row + 1] = from[row] < 0 ? -1 : 0;
  }
  return buffer;
}

// One bit a row.
std::shared_ptr<arrow::Buffer> packed(const ColumnData& data, std::int64_t rows) {
  auto buffer = unwrap(arrow::AllocateBuffer((rows + 7) / 8));
  auto* const to = buffer->mutable_data();
  std::memset(to, 0, static_cast<std::size_t>(buffer->size()));
  for (std::int64_t row = 0; row < rows; ++row)
    to[row / 8] |= static_cast<std::uint8_t>(
        (data.values[static_cast<std::size_t>(row)] != std::byte{0}) << (row % 8));
  return buffer;
}

class Converter {
 public:
  explicit Converter(Batch batch) : batch_(std::make_shared<const Batch>(std::move(batch))) {}

  std::shared_ptr<arrow::RecordBatch> run() const {
    arrow::ArrayVector arrays;
    for (std::size_t i = 0; i < batch_->columns.size(); ++i)
      arrays.push_back(array_of(batch_->columns[i], batch_->data[i]));
    return arrow::RecordBatch::Make(arrow_schema(batch_->columns), batch_->rows, std::move(arrays));
  }

 private:
  std::shared_ptr<arrow::Buffer> share(const void* from, std::size_t bytes) const {
    return std::make_shared<SharedMemory>(batch_, from, static_cast<std::int64_t>(bytes));
  }

  std::shared_ptr<arrow::Array> array_of(const ColumnLayout& column, const ColumnData& data) const {
    const auto rows = static_cast<std::size_t>(batch_->rows);
    const auto type = type_of(column);
    const auto present = data.present ? share(data.present.get(), (rows + 7) / 8) : nullptr;
    std::vector<std::shared_ptr<arrow::Buffer>> buffers = {present};
    std::shared_ptr<arrow::ArrayData> dictionary;
    switch (column.storage) {
      case Storage::money:
      case Storage::total:
      case Storage::number:
        buffers.push_back(widened<std::int64_t>(data, batch_->rows));
        break;
      case Storage::decimal:
        buffers.push_back(widened<std::int32_t>(data, batch_->rows));
        break;
      case Storage::boolean:
        buffers.push_back(packed(data, batch_->rows));
        break;
      case Storage::text:
        buffers.push_back(share(data.values.get(), 4 * (rows + 1)));
        buffers.push_back(share(data.text.data(), data.text.size()));
        break;
      case Storage::word: {
        arrow::StringBuilder words;
        for (const auto word : column.words) check(words.Append(word));
        dictionary = unwrap(words.Finish())->data();
        [[fallthrough]];
      }
      default:
        buffers.push_back(share(data.values.get(), columnar::width_of(column.storage) * rows));
    }
    auto made = arrow::ArrayData::Make(type, batch_->rows, std::move(buffers));
    made->dictionary = std::move(dictionary);
    return arrow::MakeArray(made);
  }

  std::shared_ptr<const Batch> batch_;
};

}  // namespace

std::shared_ptr<arrow::Schema> arrow_schema(const std::vector<ColumnLayout>& columns) {
  arrow::FieldVector fields;
  for (const auto& column : columns)
    fields.push_back(arrow::field(std::string{column.name}, type_of(column), column.is_nullable));
  return arrow::schema(std::move(fields));
}

std::shared_ptr<arrow::RecordBatch> to_arrow(Batch batch) {
  return Converter(std::move(batch)).run();
}

}  // namespace retailsim::python
