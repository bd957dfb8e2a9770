#include "model/table_facts.h"

#include <gtest/gtest.h>

#include "base/failure.h"
#include "model/data_dictionary.h"
#include "model/scenario_knobs.h"

namespace retailsim {
namespace {

const ColumnFacts& column(std::string_view table, std::string_view name) {
  for (const auto& each : table_called(table).columns)
    if (each.name == name) return each;
  throw std::logic_error("no such column");
}

TEST(TableFacts, EveryTableOfEveryListIsDescribedOnce) {
  std::size_t served = 0, raw = 0, gold = 0;
  for (const auto& table : all_tables()) {
    served += table.is_served;
    raw += table.is_in(Layer::raw);
    gold += table.is_in(Layer::gold);
    EXPECT_EQ(&table_called(table.name), &table) << table.name;
  }
  EXPECT_EQ(served, FeedTables::size);
  EXPECT_EQ(raw, LakeTables::size);
  EXPECT_EQ(gold, GoldTables::size);
}

TEST(TableFacts, ATableIsFoundByNameAndAWrongNameIsAnsweredWithTheNearest) {
  try {
    table_called("transactoin");
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_STREQ(failure.what(), "there is no table \"transactoin\"");
    EXPECT_EQ(failure.hint(), "did you mean transaction?");
  }
}

TEST(TableFacts, TypesAreTheExactOnesOfTheLake) {
  EXPECT_EQ(column("transaction_line", "gross").type_text(), "decimal(12,2)");
  EXPECT_EQ(column("store_day", "net_sales").type_text(), "decimal(18,2)");
  EXPECT_EQ(column("product", "tax_rate").type_text(), "decimal(9,4)");
  EXPECT_EQ(column("visit", "entered_at").type_text(), "timestamp");
  EXPECT_EQ(column("visit", "visit_id").kind, ValueKind::id);
  EXPECT_EQ(column("store_day", "visitors").type_text(), "bigint");
  EXPECT_EQ(column("visit", "mission").words.size(), 4u);
}

TEST(TableFacts, ABoundIsToldInTheUnitOfItsColumn) {
  EXPECT_EQ(column("store", "latitude").legal_text(), "-90.000000 to 90.000000");
  EXPECT_EQ(column("product", "tax_rate").legal_text(), "0.0000 to 1.0000");
  EXPECT_EQ(column("transaction_line", "net").legal_text(), "0.00 or more");
  EXPECT_EQ(column("transaction", "kind").legal_text(), "one of SALE, RETURN");
  EXPECT_EQ(column("store", "latitude").number_text(-1), "-0.000001");
  EXPECT_EQ(column("store", "city").legal_text(), "");
}

TEST(TableFacts, AMeasureMayBeMissingOnlyAsReceived) {
  EXPECT_TRUE(column("transaction_line", "quantity").is_nullable(Layer::raw));
  EXPECT_FALSE(column("transaction_line", "quantity").is_nullable(Layer::clean));
  EXPECT_TRUE(column("transaction_line", "unit_cost").is_nullable(Layer::clean));
  EXPECT_FALSE(column("transaction_line", "product_id").is_nullable(Layer::raw));
}

TEST(TableFacts, NestedTablesKnowTheirParent) {
  EXPECT_EQ(table_called("transaction").children, "transaction_line");
  EXPECT_EQ(table_called("transaction").children_in, "lines");
  EXPECT_EQ(table_called("transaction_line").parent, "transaction");
  EXPECT_EQ(table_called("visit").parent, "");
}

TEST(DataDictionary, EveryColumnHasALineWithItsMeaning) {
  const std::string text = data_dictionary(all_tables());
  for (const auto& table : all_tables()) {
    const auto section = text.find("\n## " + std::string{table.name} + "\n");
    ASSERT_NE(section, text.npos) << table.name;
    for (const auto& each : table.columns) {
      const auto line = text.find("\n| " + std::string{each.name} + ' ', section);
      ASSERT_NE(line, text.npos) << table.name << '.' << each.name;
    }
  }
}

TEST(ScenarioGuide, EveryKeyHasALineWithItsDefault) {
  const std::string text = scenario_guide();
  for (const auto& knob : knobs<Scenario>()) {
    const auto key = knob.key.substr(knob.key.find('.') + 1);
    const auto line = text.find("\n| `" + std::string{key} + "` | `");
    EXPECT_NE(line, text.npos) << knob.key;
  }
  EXPECT_NE(text.find("| `count` | `10` | whole number, 1 to 16383 | stores |"), text.npos);
  EXPECT_NE(text.find("\n## [[holiday]]\n"), text.npos);
  EXPECT_NE(text.find("| `factor` | required | number, 0 to 10 |"), text.npos);
}

}  // namespace
}  // namespace retailsim
