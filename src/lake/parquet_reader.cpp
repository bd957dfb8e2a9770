#include "lake/parquet_reader.h"

#include <arrow/api.h>
#include <arrow/io/memory.h>
#include <arrow/util/key_value_metadata.h>
#include <fmt/core.h>
#include <parquet/column_reader.h>
#include <parquet/exception.h>
#include <parquet/file_reader.h>
#include <parquet/metadata.h>

#include <cstring>

#include "base/failure.h"
#include "base/text.h"

namespace retailsim::lake {
namespace {

using columnar::Batch;
using columnar::ColumnData;
using columnar::ColumnLayout;
using columnar::Storage;

[[noreturn]] void refuse(const std::string& name, const std::string& why) {
  throw Failure(FailureKind::corrupt_data, fmt::format("{}: {}", name, plain_reason(why)),
                "delete the object; the next run makes it again");
}

// How each kind of column lies in a Parquet file. Another type under the right name must not be
// read as this one.
parquet::Type::type type_of(Storage storage) {
  switch (storage) {
    case Storage::integer32:
    case Storage::decimal:
    case Storage::day:
      return parquet::Type::INT32;
    case Storage::integer64:
    case Storage::money:
    case Storage::total:
    case Storage::number:
    case Storage::instant:
      return parquet::Type::INT64;
    case Storage::boolean:
      return parquet::Type::BOOLEAN;
    case Storage::word:
    case Storage::text:
      break;
  }
  return parquet::Type::BYTE_ARRAY;
}

// Fills one column of a batch, row group after row group.
class ColumnFiller {
 public:
  ColumnFiller(const ColumnLayout& column, ColumnData& data, std::int64_t rows)
      : column_(column), data_(data) {
    const auto room = static_cast<std::size_t>(rows);
    data.values =
        std::make_unique_for_overwrite<std::byte[]>(width_of(column.storage) * (room + 1));
    std::memset(data.values.get(), 0, width_of(column.storage));
    if (column.is_nullable) data.present = std::make_unique<std::uint8_t[]>(room / 8 + 1);
    room_ = width_of(column.storage) * (room + 1);
  }

  // For a column that is not read: zero, empty or null in each row.
  void leave_empty() { std::memset(data_.values.get(), 0, room_); }

  // Returns false when the column holds a word that its enumeration does not know.
  bool fill(parquet::ColumnReader& reader, std::int64_t rows) {
    const std::int64_t until = at_ + rows;
    while (at_ < until && reader.HasNext()) {
      switch (column_.storage) {
        case Storage::integer32:
        case Storage::decimal:
        case Storage::day:
          read_values<parquet::Int32Reader, std::int32_t>(reader, until - at_);
          break;
        case Storage::integer64:
        case Storage::money:
        case Storage::total:
        case Storage::number:
        case Storage::instant:
          read_values<parquet::Int64Reader, std::int64_t>(reader, until - at_);
          break;
        case Storage::boolean:
          read_values<parquet::BoolReader, bool>(reader, until - at_);
          break;
        case Storage::word:
        case Storage::text:
          if (!read_texts(reader, until - at_)) return false;
          break;
      }
    }
    return at_ == until;
  }

 private:
  template <class Reader, class Value>
  void read_values(parquet::ColumnReader& reader, std::int64_t most) {
    auto& typed = static_cast<Reader&>(reader);
    auto* const values = reinterpret_cast<Value*>(data_.values.get()) + at_;
    std::int64_t dense = 0;
    if (!data_.present) {
      at_ += typed.ReadBatch(most, nullptr, nullptr, values, &dense);
      return;
    }
    levels_.resize(static_cast<std::size_t>(most));
    const std::int64_t read = typed.ReadBatch(most, levels_.data(), nullptr, values, &dense);
    spread(values, read, dense);
    at_ += read;
  }

  // Parquet stores present values side by side: moves each to its row, from the last on.
  template <class Value>
  void spread(Value* values, std::int64_t rows, std::int64_t dense) {
    for (std::int64_t row = rows - 1; row >= 0; --row) {
      const bool is_present = levels_[static_cast<std::size_t>(row)] != 0;
      values[row] = is_present ? values[--dense] : Value{};
      mark(at_ + row, is_present);
    }
  }

  void mark(std::int64_t row, bool is_present) {
    data_.present[static_cast<std::size_t>(row / 8)] |=
        static_cast<std::uint8_t>(is_present << (row % 8));
  }

  bool read_texts(parquet::ColumnReader& reader, std::int64_t most) {
    constexpr std::int64_t block = 4096;
    texts_.resize(block);
    levels_.resize(block);
    std::int64_t dense = 0;
    const std::int64_t read = static_cast<parquet::ByteArrayReader&>(reader).ReadBatch(
        std::min(most, block), data_.present ? levels_.data() : nullptr, nullptr, texts_.data(),
        &dense);
    const parquet::ByteArray* next = texts_.data();
    for (std::int64_t row = 0; row < read; ++row, ++at_) {
      const bool is_present = !data_.present || levels_[static_cast<std::size_t>(row)] != 0;
      if (data_.present) mark(at_, is_present);
      const std::string_view text =
          is_present ? std::string_view{reinterpret_cast<const char*>(next->ptr), next->len}
                     : std::string_view{};
      next += is_present;
      if (column_.storage == Storage::text) {
        data_.text += text;
        reinterpret_cast<std::int32_t*>(data_.values.get())[at_ + 1] =
            static_cast<std::int32_t>(data_.text.size());
      } else {
        std::size_t code = 0;
        while (is_present && code < column_.words.size() && column_.words[code] != text) ++code;
        if (code == column_.words.size()) return false;
        reinterpret_cast<std::int8_t*>(data_.values.get())[at_] = static_cast<std::int8_t>(code);
      }
    }
    return true;
  }

  const ColumnLayout& column_;
  ColumnData& data_;
  std::size_t room_ = 0;  // bytes of the values
  std::int64_t at_ = 0;
  std::vector<std::int16_t> levels_;
  std::vector<parquet::ByteArray> texts_;
};

std::unique_ptr<parquet::ParquetFileReader> open(const Source& source, const std::string& name) {
  try {
    return parquet::ParquetFileReader::Open(source);
  } catch (const parquet::ParquetStatusException& error) {
    if (error.status().IsIOError()) {
      throw Failure(FailureKind::unreachable,
                    fmt::format("cannot read {}: {}", name, error.status().message()));
    }
    refuse(name, error.what());
  } catch (const parquet::ParquetException& error) {
    refuse(name, error.what());
  }
}

}  // namespace

Source source_of(std::string bytes) {
  return std::make_shared<arrow::io::BufferReader>(arrow::Buffer::FromString(std::move(bytes)));
}

KeyValues read_facts(const Source& source, const std::string& name) {
  const auto reader = open(source, name);
  KeyValues facts;
  if (const auto kept = reader->metadata()->key_value_metadata()) {
    for (std::int64_t i = 0; i < kept->size(); ++i) facts[kept->key(i)] = kept->value(i);
  }
  facts["rows"] = fmt::format("{}", reader->metadata()->num_rows());
  return facts;
}

Batch read_batch(const Source& source, const std::string& name,
                 const std::vector<ColumnLayout>& columns, ColumnSet wanted) {
  const auto is_wanted = [&](std::size_t column) { return (wanted >> column & 1) != 0; };
  const auto reader = open(source, name);
  const auto& schema = *reader->metadata()->schema();
  if (schema.num_columns() != static_cast<int>(columns.size()))
    refuse(name, fmt::format("{} columns where {} belong", schema.num_columns(), columns.size()));
  Batch batch{columns, std::vector<ColumnData>(columns.size()), reader->metadata()->num_rows()};
  std::vector<ColumnFiller> fillers;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto* const column = schema.Column(static_cast<int>(i));
    if (column->name() != columns[i].name ||
        column->schema_node()->is_optional() != columns[i].is_nullable)
      refuse(name, fmt::format("column {} is {}, not {}", i, column->name(), columns[i].name));
    if (column->physical_type() != type_of(columns[i].storage))
      refuse(name, fmt::format("column {} is of another type", columns[i].name));
    fillers.emplace_back(batch.columns[i], batch.data[i], batch.rows);
    if (!is_wanted(i)) fillers.back().leave_empty();
  }
  try {
    for (int group = 0; group < reader->metadata()->num_row_groups(); ++group) {
      const auto rows = reader->RowGroup(group);
      for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!is_wanted(i)) continue;
        const auto from = rows->Column(static_cast<int>(i));
        if (!fillers[i].fill(*from, rows->metadata()->num_rows()))
          refuse(name, fmt::format("column {} can't be read", columns[i].name));
      }
    }
  } catch (const parquet::ParquetException& error) {
    refuse(name, error.what());
  }
  return batch;
}

}  // namespace retailsim::lake
