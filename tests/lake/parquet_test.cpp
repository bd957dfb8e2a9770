#include <gtest/gtest.h>

#include "base/failure.h"
#include "lake/parquet_reader.h"
#include "support/sample.h"

namespace retailsim::lake {
namespace {

template <class Row>
std::string file_of(const std::vector<Row>& rows, Layer layer, const KeyValues& facts = {}) {
  TableWriter<Row> writer(layer);
  for (const auto& row : rows) writer.append(row);
  return writer.finish(facts);
}

template <class Row>
std::vector<Row> read_back(const std::string& bytes, Layer layer) {
  return columnar::rows_of<Row>(read_table<Row>(source_of(bytes), "test", layer));
}

std::vector<TransactionLine> some_lines() {
  std::vector<TransactionLine> lines;
  for (std::int64_t i = 0; i < 3'000; ++i)
    for (const auto& line : sample::receipt(i).lines) lines.push_back(line);
  return lines;
}

TEST(Parquet, WhatWasWrittenIsWhatIsRead) {
  const auto lines = some_lines();
  EXPECT_EQ(read_back<TransactionLine>(file_of(lines, Layer::clean), Layer::clean), lines);
  std::vector<Transaction> headers;
  for (std::int64_t i = 0; i < 3'000; ++i) headers.push_back(sample::receipt(i).header);
  EXPECT_EQ(read_back<Transaction>(file_of(headers, Layer::raw), Layer::raw), headers);
}

TEST(Parquet, TextWordsFlagsAndTheirAbsenceSurvive) {
  std::vector<Product> products;
  for (int i = 0; i < 10'000; ++i) {
    Product product{};
    product.product_id = {i};
    product.name = "Café № " + std::to_string(i % 50);
    product.category = "C" + std::to_string(i % 9);
    if (i % 2 == 0) product.is_private_label = i % 4 == 0;
    if (i % 3 != 0) product.brand = "B" + std::to_string(i % 5);
    if (i % 7 == 0) product.delisted_on = Day{std::chrono::days(19'000 + i)};
    products.push_back(product);
  }
  EXPECT_EQ(read_back<Product>(file_of(products, Layer::clean), Layer::clean), products);
  std::vector<Visit> visits(5'000);
  for (std::size_t i = 0; i < visits.size(); ++i) {
    visits[i].visit_id = {static_cast<std::int64_t>(i)};
    if (i % 2 == 0) visits[i].mission = static_cast<Mission>(i % 3);
  }
  EXPECT_EQ(read_back<Visit>(file_of(visits, Layer::clean), Layer::clean), visits);
}

TEST(Parquet, AColumnThatIsNotWantedIsReadAsNothing) {
  const auto lines = some_lines();
  constexpr auto wanted = columns_named<TransactionLine>("product_id", "net", "promo_id");
  const auto found = columnar::rows_of<TransactionLine>(read_table<TransactionLine>(
      source_of(file_of(lines, Layer::clean)), "test", Layer::clean, wanted));
  ASSERT_EQ(found.size(), lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    TransactionLine expected{};
    expected.product_id = lines[i].product_id;
    expected.net = lines[i].net;
    expected.promo_id = lines[i].promo_id;
    ASSERT_EQ(found[i], expected) << i;
  }
}

TEST(Parquet, TextsAndWordsThatAreNotWantedAreEmpty) {
  std::vector<Product> products(3);
  for (auto& product : products) {
    product.name = "Butter";
    product.brand = "B";
    product.category = "DAIRY";
  }
  const auto found = columnar::rows_of<Product>(
      read_table<Product>(source_of(file_of(products, Layer::clean)), "test", Layer::clean,
                          columns_named<Product>("category")));
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[2].name, "");
  EXPECT_EQ(found[2].brand, std::nullopt);
  EXPECT_EQ(found[2].category, "DAIRY");
}

template <class Value>
struct OneColumn {
  Value amount{};
  static constexpr std::string_view table = "one_column";
  static constexpr auto columns() {
    return std::tuple{column("amount", &OneColumn::amount, plain(), "An amount.")};
  }
};

TEST(Parquet, AColumnOfTheSameNameAndAnotherTypeIsRefused) {
  const auto text = file_of(std::vector<OneColumn<std::string>>{{"ten"}}, Layer::clean);
  const auto number = file_of(std::vector<OneColumn<std::int64_t>>{{10}}, Layer::clean);
  EXPECT_EQ(read_back<OneColumn<std::int64_t>>(number, Layer::clean).at(0).amount, 10);
  EXPECT_THROW(read_back<OneColumn<std::int64_t>>(text, Layer::clean), Failure);
  EXPECT_THROW(read_back<OneColumn<std::int32_t>>(number, Layer::clean), Failure);
  EXPECT_THROW(read_back<OneColumn<bool>>(number, Layer::clean), Failure);
  EXPECT_THROW(read_back<OneColumn<std::string>>(number, Layer::clean), Failure);
}

TEST(Parquet, AnEmptyTableIsAFileWithColumnsAndNoRows) {
  const auto bytes = file_of(std::vector<StoreDay>{}, Layer::gold, {{"inputs", "abc"}});
  EXPECT_TRUE(read_back<StoreDay>(bytes, Layer::gold).empty());
  const auto facts = read_facts(source_of(bytes), "test");
  EXPECT_EQ(facts.at("inputs"), "abc");
  EXPECT_EQ(facts.at("rows"), "0");
}

TEST(Parquet, EqualRowsGiveEqualBytes) {
  const auto lines = some_lines();
  EXPECT_EQ(file_of(lines, Layer::clean), file_of(lines, Layer::clean));
}

TEST(Parquet, AFileThatIsNoneIsNamedInTheError) {
  try {
    read_facts(source_of("this is no Parquet file"), "lake/raw/x.parquet");
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::corrupt_data);
    EXPECT_NE(std::string{failure.what()}.find("lake/raw/x.parquet"), std::string::npos);
  }
}

TEST(Parquet, AFileOfAnotherTableIsRefused) {
  const auto bytes = file_of(std::vector<StoreDay>{}, Layer::gold);
  EXPECT_THROW(read_table<Visit>(source_of(bytes), "test", Layer::clean), Failure);
  // Raw lets measures be missing, clean does not: the files differ.
  const auto raw = file_of(std::vector<Transaction>{}, Layer::raw);
  EXPECT_THROW(read_table<Transaction>(source_of(raw), "test", Layer::clean), Failure);
}

}  // namespace
}  // namespace retailsim::lake
