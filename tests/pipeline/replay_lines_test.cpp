#include "pipeline/replay/lines.h"

#include <gtest/gtest.h>

#include "base/failure.h"
#include "pipeline/replay_file.h"

namespace retailsim::pipeline {
namespace {

SalesLines read(const LinesFile& file) { return read_sales_lines(file.bytes(), "lines.parquet"); }

// What the command says about a file that cannot be replayed.
Failure failure_of(const std::string& bytes) {
  try {
    read_sales_lines(bytes, "lines.parquet");
  } catch (const Failure& failure) {
    return failure;
  }
  ADD_FAILURE() << "the file was accepted";
  return {FailureKind::interrupted, ""};
}
Failure failure_of(const LinesFile& file) { return failure_of(file.bytes()); }

TEST(ReplayLines, AreReadRowGroupAfterRowGroupInTheOrderOfTheFile) {
  for (const std::int64_t rows_in_group : {1, 2, 1000}) {
    const auto lines = read_sales_lines(three_lines().bytes(rows_in_group), "lines.parquet");
    EXPECT_EQ(lines.size(), 3);
    EXPECT_EQ(lines.quantity, (std::vector{1, 3, 2}));
    EXPECT_EQ(lines.net, (std::vector{Cents{245}, Cents{900}, Cents{640}}));
    EXPECT_EQ(lines.discount, (std::vector{Cents{0}, Cents{100}, Cents{0}}));
    EXPECT_EQ(lines.baskets.id_of(lines.basket[2]), 72);
    EXPECT_EQ(lines.product_texts[lines.product[0]].category, "CHEESE");
    EXPECT_EQ(lines.product_texts[lines.product[0]].brand, std::nullopt);
  }
}

TEST(ReplayLines, EveryUsualTypeOfAColumnMeansTheSame) {
  const auto plain = read(three_lines());
  for (const FileColumn& column : std::vector<FileColumn>{
           {"basket_id", arrow::uint64(), "[71, 71, 72]"},
           {"basket_id", arrow::int16(), "[71, 71, 72]"},
           {"basket_id", arrow::decimal128(38, 0), R"(["71", "71", "72"])"},
           {"timestamp", arrow::timestamp(arrow::TimeUnit::MILLI),
            R"(["2024-01-31 18:05:00", "2024-01-31 18:05:00", "2024-01-31 09:00:00"])"},
           {"timestamp", arrow::timestamp(arrow::TimeUnit::NANO),
            R"(["2024-01-31 18:05:00.000000999", "2024-01-31 18:05:00", "2024-01-31 09:00:00"])"},
           {"quantity", arrow::uint8(), "[1, 3, 2]"},
           {"quantity", arrow::float64(), "[1.0, 3.0, 2.0]"},
           {"quantity", arrow::decimal128(10, 3), R"(["1.000", "3.000", "2.000"])"},
           {"net_amount", arrow::float32(), "[2.45, 9.00, 6.40]"},
           {"net_amount", arrow::decimal32(9, 2), R"(["2.45", "9.00", "6.40"])"},
           {"net_amount", arrow::decimal64(12, 2), R"(["2.45", "9.00", "6.40"])"},
           {"net_amount", arrow::decimal128(38, 4), R"(["2.4450", "9.0000", "6.4049"])"},
           {"category", arrow::large_utf8(), R"(["CHEESE", "BREAD", "BREAD"])"},
           {"category", arrow::utf8_view(), R"(["CHEESE", "BREAD", "BREAD"])"},
           {"category", arrow::binary(), R"(["CHEESE", "BREAD", "BREAD"])"},
           {"category", arrow::dictionary(arrow::int32(), arrow::utf8()),
            R"(["CHEESE", "BREAD", "BREAD"])"},
       }) {
    SCOPED_TRACE(column.name + " " + column.type->ToString());
    const auto lines = read(three_lines().with(column));
    EXPECT_EQ(lines.baskets.id_of(lines.basket[2]), 72);
    EXPECT_EQ(lines.sold_at, plain.sold_at);
    EXPECT_EQ(lines.quantity, plain.quantity);
    EXPECT_EQ(lines.net, plain.net);
    EXPECT_EQ(lines.product_texts[0].category, "CHEESE");
    EXPECT_EQ(lines.product_texts[1].category, "BREAD");
  }
}

TEST(ReplayLines, IdsThatAreTextsOrTooLargeAreNumberedInSortedOrder) {
  for (const FileColumn& column : std::vector<FileColumn>{
           {"basket_id", arrow::utf8(), R"(["T-9", "T-9", "T-10"])"},
           {"basket_id", arrow::int64(), "[9007199254740992, 9007199254740992, 5]"},
           {"basket_id", arrow::int64(), "[5, 5, 0]"},
           {"basket_id", arrow::uint64(),
            "[10000000000000000000, 10000000000000000000, "
            "9999999999999999999]"},
           {"basket_id", arrow::decimal128(38, 0),
            R"(["10000000000000000000", "10000000000000000000", "9999999999999999999"])"},
           {"basket_id", arrow::dictionary(arrow::int8(), arrow::utf8()), R"(["b", "b", "a"])"},
       }) {
    SCOPED_TRACE(column.type->ToString() + " " + column.values);
    const auto lines = read(three_lines().with(column));
    EXPECT_TRUE(lines.baskets.are_numbered());
    EXPECT_EQ(lines.baskets.id_of(lines.basket[0]), 2);
    EXPECT_EQ(lines.baskets.id_of(lines.basket[2]), 1);
  }
}

TEST(ReplayLines, TheFirstTextOfAProductHoldsAndTheOthersAreCounted) {
  const auto lines = read(three_lines()
                              .with({"category", arrow::utf8(), R"(["CHEESE", null, "BREAD"])"})
                              .with({"product_id", arrow::int64(), "[10, 10, 10]"})
                              .with({"brand", arrow::utf8(), R"([null, "Private", "Private"])"}));
  ASSERT_EQ(lines.product_texts.size(), 1);
  EXPECT_EQ(lines.product_texts[0].category, "CHEESE");
  EXPECT_EQ(lines.product_texts[0].brand, "Private");
  EXPECT_EQ(lines.products_described_twice, 1);
}

TEST(ReplayLines, OtherColumnsAreNotReadEvenWhenTheyAreNested) {
  const auto nested = arrow::struct_({arrow::field("a", arrow::int64())});
  const auto lines =
      read(LinesFile{{{"extra", nested, R"([{"a": 1}, {"a": 2}, {"a": 3}])"},
                      {"basket_id", arrow::int64(), "[71, 71, 72]"}}}
               .with({"household_id", arrow::int64(), "[8, 8, 9]"})
               .with({"store_id", arrow::int64(), "[3, 3, 3]"})
               .with({"product_id", arrow::int64(), "[1, 2, 3]"})
               .with({"timestamp", arrow::timestamp(arrow::TimeUnit::SECOND), "[0, 0, 0]"})
               .with({"quantity", arrow::int64(), "[1, 1, 1]"})
               .with({"net_amount", arrow::float64(), "[1, 2, 3]"})
               .with({"discount_amount", arrow::float64(), "[0, 0, 0]"})
               .with({"category", arrow::utf8(), R"(["A", "B", "C"])"}));
  EXPECT_EQ(lines.net, (std::vector{Cents{100}, Cents{200}, Cents{300}}));
}

TEST(ReplayLines, AMissingColumnIsAnsweredWithTheNearestOne) {
  const auto failure = failure_of(
      three_lines().without("net_amount").with({"net_amont", arrow::float64(), "[1, 2, 3]"}));
  EXPECT_EQ(failure.kind(), FailureKind::wrong_usage);
  EXPECT_STREQ(failure.what(),
               "lines.parquet has no column net_amount; it has basket_id, household_id, store_id, "
               "product_id, timestamp, quantity, discount_amount, category, net_amont");
  EXPECT_EQ(failure.hint(), "is it the column net_amont? Then rename it to net_amount");
  EXPECT_EQ(failure_of(three_lines().without("timestamp")).hint(),
            "give the file a column timestamp");
}

TEST(ReplayLines, AColumnOfAWrongTypeIsRefusedByName) {
  const auto whole_money =
      failure_of(three_lines().with({"net_amount", arrow::int64(), "[2, 9, 6]"}));
  EXPECT_EQ(whole_money.kind(), FailureKind::wrong_usage);
  EXPECT_STREQ(whole_money.what(),
               "lines.parquet: column net_amount is of type int64, where an amount of money "
               "(DECIMAL(12,2) or DOUBLE) belongs");
  for (const FileColumn& column : std::vector<FileColumn>{
           {"basket_id", arrow::float64(), "[1, 1, 2]"},
           {"basket_id", arrow::list(arrow::int64()), "[[1], [1], [2]]"},
           {"store_id", arrow::decimal128(10, 2), R"(["1.00", "1.00", "1.00"])"},
           {"timestamp", arrow::utf8(), R"(["2024-01-31", "2024-01-31", "2024-01-31"])"},
           {"timestamp", arrow::date32(), "[0, 0, 0]"},
           {"timestamp", arrow::timestamp(arrow::TimeUnit::MICRO, "UTC"), "[0, 0, 0]"},
           {"quantity", arrow::utf8(), R"(["1", "3", "2"])"},
           {"discount_amount", arrow::boolean(), "[true, true, true]"},
           {"category", arrow::int64(), "[1, 2, 3]"},
           {"brand", arrow::int64(), "[1, 2, 3]"},
       }) {
    SCOPED_TRACE(column.name + " " + column.type->ToString());
    const auto failure = failure_of(three_lines().with(column));
    EXPECT_EQ(failure.kind(), FailureKind::wrong_usage);
    EXPECT_NE(std::string{failure.what()}.find("column " + column.name), std::string::npos);
    EXPECT_FALSE(failure.hint().empty());
  }
}

struct OddValue {
  FileColumn column;
  std::string says;
};

TEST(ReplayLines, ARowThatCannotBeASaleIsNamed) {
  const auto micros = arrow::timestamp(arrow::TimeUnit::MICRO);
  for (const OddValue& odd : std::vector<OddValue>{
           {{"basket_id", arrow::int64(), "[71, null, null]"}, "row 2: basket_id is null"},
           {{"store_id", arrow::utf8(), R"(["a", "a", null])"}, "row 3: store_id is null"},
           {{"store_id", arrow::utf8(), R"(["a", "", "a"])"}, "row 2: store_id is empty"},
           {{"store_id", arrow::dictionary(arrow::int8(), arrow::utf8()), R"(["a", null, "a"])"},
            "row 2: store_id is null"},
           {{"timestamp", micros, R"([null, null, "2024-01-31 09:00:00"])"},
            "row 1: timestamp is null"},
           {{"timestamp", micros, "[0, -62135596800000001, 0]"},
            "row 2: timestamp is not within the years 1 to 9999"},
           {{"timestamp", arrow::timestamp(arrow::TimeUnit::SECOND), "[0, 0, 253402300800]"},
            "row 3: timestamp is not within the years 1 to 9999"},
           {{"quantity", arrow::float64(), "[1, 0.5, 2]"},
            "row 2: quantity is 0.5, but units are whole numbers of at most 9 digits"},
           {{"quantity", arrow::decimal128(9, 3), R"(["1.000", "3.000", "0.250"])"},
            "row 3: quantity is 0.250, but units are whole numbers of at most 9 digits"},
           {{"net_amount", arrow::float64(), "[1.00, 2.00, NaN]"},
            "row 3: net_amount is nan, but amounts have at most 10 digits before the point"},
           {{"net_amount", arrow::decimal128(20, 2), R"(["1.00", "-12345678901.00", "1.00"])"},
            "row 2: net_amount is -12345678901.00, but amounts have at most 10 digits before the "
            "point"},
           {{"discount_amount", arrow::float64(), "[null, 0, 0]"},
            "row 1: discount_amount is null"},
           {{"category", arrow::utf8(), R"(["CHEESE", null, null])"},
            "row 2: category is null, as in every line of product 10"},
       }) {
    SCOPED_TRACE(odd.says);
    for (const std::int64_t rows_in_group : {1, 1000}) {
      const auto failure = failure_of(three_lines().with(odd.column).bytes(rows_in_group));
      EXPECT_EQ(failure.kind(), FailureKind::wrong_usage);
      EXPECT_EQ(failure.what(), "lines.parquet: " + odd.says);
      EXPECT_FALSE(failure.hint().empty());
    }
  }
}

TEST(ReplayLines, ATextThatIsNoUtf8IsNamed) {
  for (const std::string column : {"store_id", "category"}) {
    std::string bytes =
        three_lines().with({column, arrow::binary(), R"(["one", "two###", "two###"])"}).bytes();
    for (std::size_t at = 0; (at = bytes.find("###", at)) != bytes.npos;) bytes[at] = '\xff';
    const auto failure = failure_of(bytes);
    EXPECT_EQ(failure.what(), "lines.parquet: row 2: " + column + " is no UTF-8 text");
  }
}

TEST(ReplayLines, WhatIsNoParquetFileIsRefused) {
  for (const std::string& bytes : {std::string{}, std::string{"basket_id,household_id\n1,2\n"}}) {
    const auto failure = failure_of(bytes);
    EXPECT_EQ(failure.kind(), FailureKind::wrong_usage);
    EXPECT_NE(std::string{failure.what()}.find("lines.parquet is no Parquet file"),
              std::string::npos);
    EXPECT_FALSE(failure.hint().empty());
  }
}

TEST(ReplayLines, AFileWithoutLinesIsRefused) {
  LinesFile empty = three_lines();
  for (const char* const column : {"basket_id", "household_id", "store_id", "product_id"})
    empty = empty.with({column, arrow::int64(), "[]"});
  for (const char* const column : {"quantity", "net_amount", "discount_amount"})
    empty = empty.with({column, arrow::float64(), "[]"});
  empty = empty.with({"timestamp", arrow::timestamp(arrow::TimeUnit::MICRO), "[]"})
              .with({"category", arrow::utf8(), "[]"});
  EXPECT_STREQ(failure_of(empty).what(), "lines.parquet holds no lines");
}

TEST(ReplayLines, ADamagedFileIsNotTakenForAGoodOne) {
  std::string bytes = three_lines().bytes();
  bytes.replace(4, 60, 60, '\x7f');  // the first page
  EXPECT_EQ(failure_of(bytes).kind(), FailureKind::corrupt_data);
}

}  // namespace
}  // namespace retailsim::pipeline
