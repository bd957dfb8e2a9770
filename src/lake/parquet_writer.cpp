#include "lake/parquet_writer.h"

#include <arrow/api.h>
#include <arrow/io/memory.h>
#include <arrow/util/key_value_metadata.h>
#include <parquet/column_writer.h>
#include <parquet/file_writer.h>
#include <parquet/properties.h>

#include <algorithm>
#include <bitset>

#include "base/arrow_status.h"

namespace retailsim::lake {
namespace {

using columnar::Batch;
using columnar::ColumnData;
using columnar::ColumnLayout;
using columnar::Storage;

parquet::schema::NodePtr parquet_column(const ColumnLayout& column) {
  using parquet::LogicalType;
  using parquet::Type;
  const auto [type, logical] = [&]() -> std::pair<Type::type, std::shared_ptr<const LogicalType>> {
    switch (column.storage) {
      case Storage::integer32:
        return {Type::INT32, LogicalType::None()};
      case Storage::integer64:
        return {Type::INT64, LogicalType::None()};
      case Storage::boolean:
        return {Type::BOOLEAN, LogicalType::None()};
      case Storage::money:
        return {Type::INT64, LogicalType::Decimal(12, 2)};
      case Storage::total:
        return {Type::INT64, LogicalType::Decimal(18, 2)};
      case Storage::decimal:
        return {Type::INT32, LogicalType::Decimal(9, column.digits)};
      case Storage::number:
        return {Type::INT64, LogicalType::Decimal(18, column.digits)};
      case Storage::day:
        return {Type::INT32, LogicalType::Date()};
      case Storage::instant:
        return {Type::INT64, LogicalType::Timestamp(true, LogicalType::TimeUnit::MICROS)};
      case Storage::word:
      case Storage::text:
        break;
    }
    return {Type::BYTE_ARRAY, LogicalType::String()};
  }();
  const auto repetition =
      column.is_nullable ? parquet::Repetition::OPTIONAL : parquet::Repetition::REQUIRED;
  return parquet::schema::PrimitiveNode::Make(std::string{column.name}, repetition, logical, type);
}

// Whether nearly every value is another one, judged by up to 4,096 of them spread over the
// batch. A dictionary then outgrows its page, and Parquet throws the work away. Repeats are
// counted by marking each value's hash among 2^17 bits, which takes hardly a nanosecond a
// value; 4,096 distinct values collide 63 times there, far below the tenth that decides.
template <class Value>
bool mostly_distinct(const ColumnData& data, std::int64_t rows) {
  constexpr std::int64_t wanted = 4096;
  constexpr int hash_bits = 17;
  const auto* values = reinterpret_cast<const Value*>(data.values.get());
  std::bitset<std::size_t{1} << hash_bits> seen;
  std::size_t sampled = 0;
  std::size_t repeats = 0;
  for (std::int64_t i = 0; i < rows; i += std::max<std::int64_t>(1, rows / wanted)) {
    const auto row = static_cast<std::size_t>(i);
    if (data.present && (data.present[row / 8] >> (row % 8) & 1) == 0) continue;
    const std::size_t hash =
        (static_cast<std::uint64_t>(values[row]) * 0x9E3779B97F4A7C15u) >> (64 - hash_bits);
    repeats += seen[hash];
    seen[hash] = true;
    ++sampled;
  }
  return sampled > 1000 && repeats * 10 < sampled;
}

// For so few rows a dictionary costs more in pages, hashing and compressor calls than it saves:
// with differences alone, extract takes four fifths of the CPU time, and a day's raw objects
// are a tenth larger.
constexpr std::int64_t few_rows = 16'384;
// Below this many rows compression saves nothing that a disk block would show, and its working
// memory costs more than all the rest of the file.
constexpr std::int64_t worth_compressing = 64;

// Differences are fastest and smallest for what ascends or hardly repeats; a dictionary is
// smallest for the rest (bench/README.md has the figures).
bool is_delta_better(const ColumnLayout& column, const ColumnData& data, std::int64_t rows) {
  switch (column.storage) {
    case Storage::word:
    case Storage::text:
    case Storage::boolean:
      return false;
    case Storage::integer32:
    case Storage::decimal:
    case Storage::day:
      return column.is_sorted || rows < few_rows || mostly_distinct<std::int32_t>(data, rows);
    case Storage::integer64:
    case Storage::money:
    case Storage::total:
    case Storage::number:
    case Storage::instant:
      return column.is_sorted || rows < few_rows || mostly_distinct<std::int64_t>(data, rows);
  }
  return false;
}

// Packed differences of what does not ascend, and words in a bit or three each, have nothing left
// to compress: ZSTD takes a percent or two off them, and a tenth of the CPU time of extract.
bool is_packed_tightly(const ColumnLayout& column, bool is_delta) {
  return column.storage == Storage::word || (is_delta && !column.is_sorted);
}

std::shared_ptr<parquet::WriterProperties> properties(const Batch& first) {
  parquet::WriterProperties::Builder builder;
  builder.created_by("retailsim");
  for (std::size_t i = 0; i < first.columns.size(); ++i) {
    const ColumnLayout& column = first.columns[i];
    const std::string name{column.name};
    const bool is_delta = is_delta_better(column, first.data[i], first.rows);
    if (is_delta) {
      builder.disable_dictionary(name);
      builder.encoding(name, parquet::Encoding::DELTA_BINARY_PACKED);
    }
    // Nobody skips row groups by them, and Arrow counts every word to write them.
    if (column.storage == Storage::word) builder.disable_statistics(name);
    if (first.rows >= worth_compressing && !is_packed_tightly(column, is_delta))
      builder.compression(name, arrow::Compression::ZSTD)->compression_level(name, 1);
  }
  return builder.build();
}

std::shared_ptr<arrow::Buffer> view(const void* from, std::int64_t bytes) {
  return std::make_shared<arrow::Buffer>(static_cast<const std::uint8_t*>(from), bytes);
}

}  // namespace

struct ParquetWriter::State {
  std::shared_ptr<arrow::io::BufferOutputStream> sink =
      unwrap(arrow::io::BufferOutputStream::Create(1 << 16));
  std::unique_ptr<parquet::ParquetFileWriter> writer;
  std::vector<std::int16_t> levels;  // 1 where a nullable value is present
  std::shared_ptr<parquet::ArrowWriterProperties> arrow_properties =
      parquet::default_arrow_writer_properties();
  parquet::ArrowWriteContext context{arrow::default_memory_pool(), arrow_properties.get()};

  // Straight from our buffers: no Arrow array, no conversion, no copy.
  template <class Writer, class Value>
  void write_values(parquet::ColumnWriter& to, const ColumnData& data, std::int64_t rows) {
    auto& writer_of_type = static_cast<Writer&>(to);
    const auto* values = reinterpret_cast<const Value*>(data.values.get());
    if (data.present) {
      set_levels(data, rows);
      writer_of_type.WriteBatchSpaced(rows, levels.data(), nullptr, data.present.get(), 0, values);
    } else {
      writer_of_type.WriteBatch(rows, nullptr, nullptr, values);
    }
  }

  void set_levels(const ColumnData& data, std::int64_t rows) {
    levels.resize(static_cast<std::size_t>(rows));
    for (std::size_t i = 0; i < levels.size(); ++i) {
      levels[i] = static_cast<std::int16_t>((data.present[i / 8] >> (i % 8)) & 1);
    }
  }

  void write_array(parquet::ColumnWriter& to, const ColumnLayout& column, const ColumnData& data,
                   const arrow::Array& array) {
    if (data.present) set_levels(data, array.length());
    check(to.WriteArrow(data.present ? levels.data() : nullptr, nullptr, array.length(), array,
                        &context, column.is_nullable));
  }

  static std::shared_ptr<arrow::Buffer> present_bits(const ColumnData& data, std::int64_t rows) {
    return data.present ? view(data.present.get(), (rows + 7) / 8) : nullptr;
  }

  // Words go as codes plus a dictionary: no word is hashed per row.
  void write_words(parquet::ColumnWriter& to, const ColumnLayout& column, const ColumnData& data,
                   std::int64_t rows) {
    arrow::StringBuilder words;
    for (const auto word : column.words) check(words.Append(word));
    const auto codes = std::make_shared<arrow::Int8Array>(rows, view(data.values.get(), rows),
                                                          present_bits(data, rows));
    write_array(to, column, data,
                arrow::DictionaryArray(arrow::dictionary(arrow::int8(), arrow::utf8()), codes,
                                       unwrap(words.Finish())));
  }

  void write_text(parquet::ColumnWriter& to, const ColumnLayout& column, const ColumnData& data,
                  std::int64_t rows) {
    write_array(
        to, column, data,
        arrow::StringArray(rows, view(data.values.get(), 4 * (rows + 1)),
                           view(data.text.data(), static_cast<std::int64_t>(data.text.size())),
                           present_bits(data, rows)));
  }

  void write_column(parquet::ColumnWriter& to, const ColumnLayout& column, const ColumnData& data,
                    std::int64_t rows) {
    switch (column.storage) {
      case Storage::integer32:
      case Storage::decimal:
      case Storage::day:
        return write_values<parquet::Int32Writer, std::int32_t>(to, data, rows);
      case Storage::integer64:
      case Storage::money:
      case Storage::total:
      case Storage::number:
      case Storage::instant:
        return write_values<parquet::Int64Writer, std::int64_t>(to, data, rows);
      case Storage::boolean:
        static_assert(sizeof(bool) == 1);
        return write_values<parquet::BoolWriter, bool>(to, data, rows);
      case Storage::word:
        return write_words(to, column, data, rows);
      case Storage::text:
        return write_text(to, column, data, rows);
    }
  }
};

ParquetWriter::ParquetWriter() : state_(std::make_unique<State>()) {}
ParquetWriter::~ParquetWriter() = default;

void ParquetWriter::write(const Batch& batch) {
  if (!state_->writer) {
    parquet::schema::NodeVector nodes;
    for (const auto& column : batch.columns) nodes.push_back(parquet_column(column));
    const auto root =
        parquet::schema::GroupNode::Make("schema", parquet::Repetition::REQUIRED, nodes);
    state_->writer = parquet::ParquetFileWriter::Open(
        state_->sink, std::static_pointer_cast<parquet::schema::GroupNode>(root),
        properties(batch));
  }
  if (batch.rows == 0) return;
  auto* const group = state_->writer->AppendRowGroup();
  for (std::size_t i = 0; i < batch.columns.size(); ++i) {
    auto* const column = group->NextColumn();
    state_->write_column(*column, batch.columns[i], batch.data[i], batch.rows);
    column->Close();
  }
  group->Close();
}

std::string ParquetWriter::finish(const KeyValues& facts) {
  std::vector<std::string> names;
  std::vector<std::string> values;
  for (const auto& [name, value] : facts) {
    names.push_back(name);
    values.push_back(value);
  }
  state_->writer->AddKeyValueMetadata(arrow::key_value_metadata(names, values));
  state_->writer->Close();
  return unwrap(state_->sink->Finish())->ToString();
}

}  // namespace retailsim::lake
