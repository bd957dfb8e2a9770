#include "lake/sql_schema.h"

#include <gtest/gtest.h>

namespace retailsim::lake {
namespace {

std::string of(std::string_view table, Layer layer) {
  const TableFacts facts[] = {table_called(table)};
  const Layer layers[] = {layer};
  return sql_schema(facts, layers);
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

TEST(SqlSchema, AColumnHasItsTypeAndTheRuleThatItsLayerKeeps) {
  const std::string clean = of("transaction_line", Layer::clean);
  EXPECT_TRUE(has(clean, "    quantity integer NOT NULL CHECK (quantity >= 1),\n"));
  EXPECT_TRUE(has(clean, "    gross decimal(12,2) NOT NULL CHECK (gross >= 0.00),\n"));
  EXPECT_TRUE(has(clean, "    PRIMARY KEY (transaction_id, line_number)\n"));
}

TEST(SqlSchema, RawRowsMayRepeatAndLackMeasures) {
  const std::string raw = of("transaction_line", Layer::raw);
  EXPECT_TRUE(has(raw, "    quantity integer,\n"));
  EXPECT_FALSE(has(raw, "PRIMARY KEY"));
  EXPECT_FALSE(has(raw, "CHECK"));
}

TEST(SqlSchema, ALayerWithoutTheTableHasNoSchemaEither) {
  EXPECT_FALSE(has(of("store_day", Layer::clean), "CREATE"));
  EXPECT_TRUE(has(of("store_day", Layer::gold), "CREATE SCHEMA IF NOT EXISTS gold;"));
}

TEST(SqlSchema, WordsOfTheLanguageAreQuotedAsNames) {
  EXPECT_EQ(sql_name("store_id"), "store_id");
  EXPECT_EQ(sql_name("new"), "\"new\"");
  EXPECT_EQ(sql_text("the store's clock"), "'the store''s clock'");
}

TEST(SqlSchema, RedshiftSortsSnapshotsByKeyAndEventsByDay) {
  const Layer layers[] = {Layer::clean};
  const TableFacts store[] = {table_called("store")}, visit[] = {table_called("visit")};
  EXPECT_TRUE(has(redshift_schema(store, layers), "DISTSTYLE ALL\nCOMPOUND SORTKEY (store_id);"));
  const std::string text = redshift_schema(visit, layers);
  EXPECT_TRUE(has(text, "DISTSTYLE KEY DISTKEY (visit_id)\n"));
  EXPECT_TRUE(has(text, "COMPOUND SORTKEY (business_date, store_id);"));
  EXPECT_TRUE(has(text, "    business_date date NOT NULL ENCODE raw,\n"));
  EXPECT_TRUE(has(text, "    mission varchar(8) ENCODE bytedict,\n"));
}

}  // namespace
}  // namespace retailsim::lake
