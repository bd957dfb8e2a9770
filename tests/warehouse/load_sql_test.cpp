#include "warehouse/load_sql.h"

#include <gtest/gtest.h>

#include "base/failure.h"

namespace retailsim::warehouse {
namespace {

LoadUnit unit_of(std::string_view table, Layer layer, const std::optional<Month>& month) {
  return {{&table_called(table), layer}, month, {{"a", 1}}, 12, std::string(64, 'f')};
}

constexpr Month february{2024 * 12 + 1};

TEST(LoadSql, AMonthOfAnEventTableIsReplacedByItsDays) {
  const auto statements = load_statements(unit_of("visit", Layer::clean, february),
                                          "s3://shop/lake", "arn:aws:iam::123456789012:role/r");
  ASSERT_EQ(statements.size(), 3u);
  EXPECT_EQ(statements[0],
            "DELETE FROM clean.visit WHERE business_date BETWEEN '2024-02-01' AND '2024-02-29'");
  EXPECT_EQ(statements[1],
            "COPY clean.visit\n"
            "FROM 's3://shop/lake/_redshift/clean/visit/2024-02-ffffffffffffffff.manifest'\n"
            "IAM_ROLE 'arn:aws:iam::123456789012:role/r'\n"
            "FORMAT AS PARQUET\n"
            "MANIFEST");
  EXPECT_EQ(statements[2],
            "INSERT INTO retailsim.loaded (table_name, part, fingerprint, row_count, loaded_at)\n"
            "SELECT 'clean.visit', '2024-02', '" +
                std::string(64, 'f') +
                "', CAST(CASE WHEN COUNT(*) = 12 THEN '12' ELSE '12 rows in the lake, but ' || "
                "CAST(COUNT(*) AS varchar(20)) || ' in clean.visit 2024-02' END AS bigint), "
                "GETDATE()\n"
                "FROM clean.visit WHERE business_date BETWEEN '2024-02-01' AND '2024-02-29'");
}

TEST(LoadSql, AMonthOfAKpiTableIsReplacedByItsMonth) {
  const auto unit = unit_of("store_month", Layer::gold, february);
  EXPECT_EQ(load_statements(unit, "s3://shop", "default")[0],
            "DELETE FROM gold.store_month WHERE month = '2024-02'");
}

TEST(LoadSql, AWholeTableIsReplacedByADeleteThatCanBeUndone) {
  const auto statements =
      load_statements(unit_of("store", Layer::clean, std::nullopt), "s3://shop", "default");
  EXPECT_EQ(statements[0], "DELETE FROM clean.store");
  EXPECT_NE(statements[1].find("\nIAM_ROLE default\n"), std::string::npos);
}

TEST(LoadSql, EveryTableWithMonthsHasAColumnThatTellsThem) {
  for (const auto& facts : all_tables()) {
    for (const Layer layer : {Layer::clean, Layer::gold}) {
      const bool has_months = facts.delivery == Delivery::event || facts.name.ends_with("_month");
      if (!facts.is_in(layer) || !has_months) continue;
      EXPECT_EQ(removal_statements({&facts, layer}, february).size(), 2u) << facts.name;
    }
  }
}

TEST(LoadSql, ATableIsNotedWhenItsCommentsStandToo) {
  const LoadTable visit{&table_called("visit"), Layer::clean};
  const auto made = create_table(visit, "digest", false);
  EXPECT_EQ(made.front(), "CREATE SCHEMA IF NOT EXISTS clean");
  EXPECT_TRUE(made[1].starts_with("CREATE TABLE IF NOT EXISTS clean.visit (\n"));
  EXPECT_TRUE(made[2].starts_with("COMMENT ON TABLE clean.visit IS '"));
  EXPECT_EQ(made.size(), 4 + visit.facts->columns.size());
  EXPECT_EQ(made.back(), note_statement("clean.visit", "table", "digest"));
  const auto replaced = create_table(visit, "digest", true);
  EXPECT_EQ(replaced[0], "DROP TABLE IF EXISTS clean.visit CASCADE");
  EXPECT_NE(
      replaced[1].find("WHERE part = 'view' OR (table_name = 'clean.visit' AND part <> 'table')"),
      std::string::npos);
  EXPECT_EQ(Statements(replaced.begin() + 2, replaced.end()), made);
}

TEST(LoadSql, StatementsOfATextEndAtTheEndOfALine) {
  EXPECT_EQ(statements_of("-- about; this\n\nSELECT 1;\nSELECT ';'\n  AS b;\n"),
            (Statements{"SELECT 1", "SELECT ';'\n  AS b"}));
}

TEST(LoadSql, ARoleIsAnArnOrTheDefaultOne) {
  EXPECT_EQ(checked_iam_role("default"), "default");
  const std::string arn = "arn:aws-cn:iam::123456789012:role/path/retail";
  EXPECT_EQ(checked_iam_role(arn), arn);
  for (const auto* wrong :
       {"retail", "", "arn:aws:iam::123456789012:user/me", "arn:aws:iam::1:role/r' CREDENTIALS 'x"})
    EXPECT_THROW(checked_iam_role(wrong), Failure) << wrong;
}

}  // namespace
}  // namespace retailsim::warehouse
