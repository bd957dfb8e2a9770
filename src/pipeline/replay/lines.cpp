#include "pipeline/replay/lines.h"

#include <arrow/api.h>
#include <arrow/io/memory.h>
#include <fmt/core.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/schema.h>
#include <parquet/exception.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <numeric>

#include "base/failure.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "pipeline/replay/columns.h"

namespace retailsim::pipeline {
namespace {

constexpr std::int64_t rows_at_once = 65'536;

struct WantedColumn {
  const char* name;
  Content content;
  bool is_required = true;
};
constexpr std::array wanted_columns{
    WantedColumn{"basket_id", Content::id},
    WantedColumn{"household_id", Content::id},
    WantedColumn{"store_id", Content::id},
    WantedColumn{"product_id", Content::id},
    WantedColumn{"timestamp", Content::time},
    WantedColumn{"quantity", Content::quantity},
    WantedColumn{"net_amount", Content::money},
    WantedColumn{"discount_amount", Content::money},
    WantedColumn{"category", Content::text},
    WantedColumn{"product_type", Content::text, false},
    WantedColumn{"department", Content::text, false},
    WantedColumn{"brand", Content::text, false},
};

[[noreturn]] void refuse_damaged(const std::string& file, const std::string& how) {
  throw Failure(FailureKind::corrupt_data, fmt::format("{} is damaged: {}", file, how),
                "write the file again");
}

template <class T>
T undamaged(arrow::Result<T> result, const std::string& file) {
  if (!result.ok()) refuse_damaged(file, result.status().message());
  return std::move(result).ValueUnsafe();
}

// The reader believes the codes of a dictionary.
void require_words(const arrow::RecordBatch& batch, const std::string& file) {
  for (const auto& column : batch.columns()) {
    if (column->type_id() != arrow::Type::DICTIONARY) continue;
    const auto status = column->ValidateFull();
    if (!status.ok()) refuse_damaged(file, status.message());
  }
}

std::unique_ptr<parquet::arrow::FileReader> open(std::string_view bytes, const std::string& file) {
  parquet::ArrowReaderProperties properties(/*use_threads=*/false);
  properties.set_batch_size(rows_at_once);
  parquet::arrow::FileReaderBuilder builder;
  const auto opened = builder.Open(
      std::make_shared<arrow::io::BufferReader>(std::make_shared<arrow::Buffer>(bytes)));
  if (!opened.ok()) {
    throw Failure(FailureKind::wrong_usage,
                  fmt::format("{} is no Parquet file: {}", file, opened.message()),
                  "turn your lines into Parquet, in DuckDB: COPY (FROM 'lines.csv') TO "
                  "'lines.parquet'");
  }
  return undamaged(builder.properties(properties)->Build(), file);
}

[[noreturn]] void refuse_missing(const char* name, const std::string& file,
                                 const std::vector<std::string>& known) {
  const auto meant = nearest(name, known);
  throw Failure(FailureKind::wrong_usage,
                fmt::format("{} has no column {}; it has {}", file, name, join(known, ", ")),
                meant ? fmt::format("is it the column {}? Then rename it to {}", *meant, name)
                      : fmt::format("give the file a column {}", name));
}

[[noreturn]] void refuse_type(const WantedColumn& column, const std::string& file,
                              const arrow::DataType& type) {
  throw Failure(FailureKind::wrong_usage,
                fmt::format("{}: column {} is of type {}, where {} belongs", file, column.name,
                            type.ToString(), description_of(column.content)),
                fmt::format("cast {} when you write the file", column.name));
}

// Where the wanted columns lie among the file's leaf columns.
std::vector<int> find_columns(const parquet::arrow::FileReader& reader, const std::string& file) {
  const auto& fields = reader.manifest().schema_fields;
  std::vector<std::string> known;
  known.reserve(fields.size());
  for (const auto& each : fields) known.push_back(each.field->name());
  std::vector<int> found;
  for (const auto& column : wanted_columns) {
    const auto at = std::ranges::find(known, column.name);
    if (at == known.end()) {
      if (column.is_required) refuse_missing(column.name, file, known);
      continue;
    }
    const auto& field = fields[static_cast<std::size_t>(at - known.begin())];
    if (!field.is_leaf() || !can_hold(*field.field->type(), column.content))
      refuse_type(column, file, *field.field->type());
    found.push_back(field.column_index);
  }
  return found;
}

// Takes the file batch after batch.
class LinesCollector {
 public:
  LinesCollector(const std::string& file, std::size_t rows) {
    lines_.file = file;
    for (auto* const codes : {&lines_.basket, &lines_.household, &lines_.store, &lines_.product})
      codes->reserve(rows);
    lines_.sold_at.reserve(rows);
    lines_.quantity.reserve(rows);
    lines_.net.reserve(rows);
    lines_.discount.reserve(rows);
  }

  void take(const arrow::RecordBatch& batch) {
    const auto array = [&](const char* column) -> const arrow::Array& {
      return *batch.GetColumnByName(column);
    };
    const auto place = [&](const char* column) { return ArrayPlace{lines_.file, column, rows_}; };
    const auto take_ids = [&](const char* column, ReplayIds& ids,
                              std::vector<ReplayIds::Code>& codes) {
      append_ids(array(column), place(column), ids, codes);
    };
    take_ids("basket_id", lines_.baskets, lines_.basket);
    take_ids("household_id", lines_.households, lines_.household);
    take_ids("store_id", lines_.stores, lines_.store);
    take_ids("product_id", lines_.products, lines_.product);
    append_times(array("timestamp"), place("timestamp"), lines_.sold_at);
    append_quantities(array("quantity"), place("quantity"), lines_.quantity);
    append_money(array("net_amount"), place("net_amount"), lines_.net);
    append_money(array("discount_amount"), place("discount_amount"), lines_.discount);
    lines_.product_texts.resize(lines_.products.size());
    are_described_twice_.resize(lines_.products.size());
    take_texts(batch, "category", &ProductText::category);
    take_texts(batch, "product_type", &ProductText::product_type);
    take_texts(batch, "department", &ProductText::department);
    take_texts(batch, "brand", &ProductText::brand);
    rows_ += batch.num_rows();
  }

  SalesLines finish() {
    for (auto* const ids : {&lines_.baskets, &lines_.households, &lines_.stores, &lines_.products})
      ids->settle();
    lines_.products_described_twice = std::ranges::count(are_described_twice_, true);
    require_categories();
    return std::move(lines_);
  }

 private:
  void take_texts(const arrow::RecordBatch& batch, const char* column,
                  std::optional<std::string> ProductText::*member) {
    const auto texts = batch.GetColumnByName(column);
    if (!texts) return;
    const auto* const products = lines_.product.data() + rows_;
    for_each_text(*texts, [&](std::int64_t row, std::string_view text) {
      std::optional<std::string>& known = lines_.product_texts[products[row]].*member;
      if (!known) {
        require_utf8(text, {lines_.file, column, rows_}, row);
        known = text;
      } else if (*known != text) {
        are_described_twice_[products[row]] = true;
      }
    });
  }

  void require_categories() const {
    for (std::size_t row = 0; row < lines_.size(); ++row) {
      if (lines_.product_texts[lines_.product[row]].category) continue;
      throw bad_row(lines_.file, static_cast<std::int64_t>(row) + 1,
                    fmt::format("category is null, as in every line of product {}",
                                lines_.products.text_of(lines_.product[row])),
                    "give such products a category of their own, such as UNKNOWN");
    }
  }

  SalesLines lines_;
  std::int64_t rows_ = 0;
  std::vector<bool> are_described_twice_;  // by product code
};

SalesLines read_lines(std::string_view bytes, const std::string& file) {
  const auto reader = open(bytes, file);
  const auto columns = find_columns(*reader, file);
  const auto rows = reader->parquet_reader()->metadata()->num_rows();
  if (rows < 0) refuse_damaged(file, "its number of rows is negative");
  if (rows > std::numeric_limits<ReplayIds::Code>::max()) {
    throw Failure(FailureKind::wrong_usage,
                  fmt::format("{} holds {} lines, more than can be replayed at once", file,
                              with_thousands(rows)),
                  "split it by store or by year");
  }
  std::vector<int> row_groups(static_cast<std::size_t>(reader->num_row_groups()));
  std::iota(row_groups.begin(), row_groups.end(), 0);
  const auto batches = undamaged(reader->GetRecordBatchReader(row_groups, columns), file);
  LinesCollector collector(file, static_cast<std::size_t>(rows));
  while (const auto batch = undamaged(batches->Next(), file)) {
    stop_if_interrupted();
    require_words(*batch, file);
    collector.take(*batch);
  }
  SalesLines lines = collector.finish();
  if (lines.size() == 0) throw Failure(FailureKind::wrong_usage, file + " holds no lines");
  return lines;
}

}  // namespace

SalesLines read_sales_lines(std::string_view bytes, const std::string& file) {
  try {
    return read_lines(bytes, file);
  } catch (const parquet::ParquetException& error) {
    refuse_damaged(file, error.what());
  }
}

}  // namespace retailsim::pipeline
