#include "columnar/table_buffer.h"

#include <gtest/gtest.h>

#include "support/sample.h"

namespace retailsim::columnar {
namespace {

TEST(TableBuffer, RowsComeBackFromColumnsAsTheyWentIn) {
  TableBuffer<TransactionLine> buffer(Layer::clean, 16);  // grows several times
  std::vector<TransactionLine> rows;
  for (std::int64_t i = 0; i < 200; ++i) {
    for (const auto& line : sample::receipt(i).lines) {
      buffer.append(line);
      rows.push_back(line);
    }
  }
  EXPECT_EQ(rows_of<TransactionLine>(buffer.batch()), rows);
}

TEST(TableBuffer, TextAndItsAbsenceSurviveGrowing) {
  TableBuffer<Product> buffer(Layer::clean, 16);
  std::vector<Product> rows;
  for (int i = 0; i < 100; ++i) {
    Product product{};
    product.product_id = {i};
    product.name = std::string(static_cast<std::size_t>(i % 7), 'x');
    product.category = i % 2 == 0 ? "BREAD" : "MILK";
    if (i % 3 == 0) product.brand = "Brand " + std::to_string(i);
    if (i % 5 == 0) product.is_private_label = i % 2 == 0;
    product.tax_rate = Rate{550};
    buffer.append(product);
    rows.push_back(product);
  }
  EXPECT_EQ(rows_of<Product>(buffer.batch()), rows);
}

TEST(TableBuffer, AMissingMeasureStaysMissingInRaw) {
  TableBuffer<TransactionLine> buffer(Layer::raw);
  const auto line = sample::receipt(1).lines[0];
  constexpr auto quantity = column_number<TransactionLine>("quantity");
  buffer.append(line);
  buffer.append(line, std::uint64_t{1} << quantity);
  Received<TransactionLine> back;
  load_row(buffer.batch(), 0, back);
  EXPECT_TRUE(back.has<quantity>());
  load_row(buffer.batch(), 1, back);
  EXPECT_FALSE(back.has<quantity>());
  EXPECT_EQ(back.row.net, line.net);
}

TEST(TableBuffer, AClearedBufferForgetsWhatWasPresent) {
  TableBuffer<TransactionLine> buffer(Layer::raw);
  auto line = sample::receipt(1).lines[0];
  buffer.append(line);
  buffer.clear();
  line.unit_cost.reset();
  buffer.append(line);
  EXPECT_EQ(rows_of<TransactionLine>(buffer.batch()), std::vector{line});
}

TEST(Layout, OnlyRawMayLackMeasures) {
  const auto nullable = [](Layer layer) {
    std::vector<std::string_view> names;
    for (const auto& column : layout<TransactionLine>(layer))
      if (column.is_nullable) names.push_back(column.name);
    return names;
  };
  EXPECT_EQ(nullable(Layer::clean),
            (std::vector<std::string_view>{"promo_id", "unit_cost", "tax"}));
  EXPECT_EQ(nullable(Layer::raw),
            (std::vector<std::string_view>{"quantity", "list_price", "gross", "discount", "net",
                                           "promo_id", "unit_cost", "tax"}));
}

}  // namespace
}  // namespace retailsim::columnar
