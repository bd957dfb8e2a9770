// Small Parquet files of sales lines, written as literals.
#pragma once

#include <arrow/api.h>
#include <arrow/io/memory.h>
#include <arrow/json/from_string.h>
#include <parquet/arrow/writer.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/arrow_status.h"

namespace retailsim::pipeline {

using ArrowType = std::shared_ptr<arrow::DataType>;

// One column: its values are a JSON list.
struct FileColumn {
  std::string name;
  ArrowType type;
  std::string values;
};

class LinesFile {
 public:
  explicit LinesFile(std::vector<FileColumn> columns) : columns_(std::move(columns)) {}

  // The same file with this column instead of the one of its name, or with one more.
  LinesFile with(FileColumn column) const {
    LinesFile other = without(column.name);
    other.columns_.push_back(std::move(column));
    return other;
  }
  LinesFile without(const std::string& name) const {
    LinesFile other = *this;
    std::erase_if(other.columns_, [&](const FileColumn& each) { return each.name == name; });
    return other;
  }

  // The bytes of the file, with this many rows in a row group.
  std::string bytes(std::int64_t rows_in_group = 1000) const {
    arrow::FieldVector fields;
    arrow::ArrayVector arrays;
    for (const auto& column : columns_) {
      fields.push_back(arrow::field(column.name, column.type));
      arrays.push_back(unwrap(arrow::json::ArrayFromJSONString(column.type, column.values)));
    }
    const auto table = arrow::Table::Make(arrow::schema(fields), arrays);
    const auto out = unwrap(arrow::io::BufferOutputStream::Create());
    // As pandas and Polars write: Arrow's own types are kept beside Parquet's.
    const auto kept = parquet::ArrowWriterProperties::Builder().store_schema()->build();
    check(parquet::arrow::WriteTable(*table, arrow::default_memory_pool(), out, rows_in_group,
                                     parquet::default_writer_properties(), kept));
    return unwrap(out->Finish())->ToString();
  }

 private:
  std::vector<FileColumn> columns_;
};

// Two baskets: 71 has two lines and 72 one.
inline LinesFile three_lines() {
  return LinesFile{{
      {"basket_id", arrow::int64(), "[71, 71, 72]"},
      {"household_id", arrow::int64(), "[8, 8, 9]"},
      {"store_id", arrow::int32(), "[3, 3, 3]"},
      {"product_id", arrow::int64(), "[20, 10, 10]"},
      {"timestamp", arrow::timestamp(arrow::TimeUnit::MICRO),
       R"(["2024-01-31 18:05:00", "2024-01-31 18:05:00", "2024-01-31 09:00:00"])"},
      {"quantity", arrow::int64(), "[1, 3, 2]"},
      {"net_amount", arrow::float64(), "[2.45, 9.00, 6.40]"},
      {"discount_amount", arrow::float64(), "[0.00, 1.00, 0.00]"},
      {"category", arrow::utf8(), R"(["CHEESE", "BREAD", "BREAD"])"},
  }};
}

}  // namespace retailsim::pipeline
