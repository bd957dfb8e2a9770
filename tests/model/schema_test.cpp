#include "model/schema.h"

#include <gtest/gtest.h>

#include <set>

#include "model/digest.h"

namespace retailsim {
namespace {

template <class Visit>
void for_each_table(Visit&& visit) {
  LakeTables::for_each(visit);
  GoldTables::for_each(visit);
}

TEST(Tables, EveryColumnHasAPlainNameAndASentence) {
  for_each_table([]<class Row>() {
    for_each_column<Row>([](const auto& column) {
      EXPECT_EQ(column.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), column.name.npos)
          << column.name;
      EXPECT_TRUE(column.meaning.ends_with('.')) << Row::table << '.' << column.name;
    });
    EXPECT_TRUE(Row::meaning.ends_with('.')) << Row::table;
  });
}

TEST(Tables, EveryTableHasAKeyAndAnUnusedPlural) {
  std::set<std::string_view> plurals;
  for_each_table([&]<class Row>() {
    bool has_key = false;
    for_each_column<Row>([&](const auto& column) { has_key |= column.rule.is_key; });
    EXPECT_TRUE(has_key) << Row::table;
    EXPECT_TRUE(plurals.insert(Row::plural).second) << Row::plural;
  });
}

TEST(Tables, ReferencesNameTheKeyOfATable) {
  std::set<std::string> keys;
  LakeTables::for_each([&]<class Row>() {
    for_each_column<Row>([&](const auto& column) {
      if (column.rule.is_key) keys.insert(fmt::format("{}.{}", Row::table, column.name));
    });
  });
  for_each_table([&]<class Row>() {
    for_each_column<Row>([&](const auto& column) {
      if (column.rule.references.empty()) return;
      EXPECT_TRUE(keys.contains(std::string{column.rule.references})) << column.rule.references;
    });
  });
}

TEST(Tables, EventsSayTheirPlaceAndDay) {
  LakeTables::for_each([]<class Row>() {
    if constexpr (Row::delivery == Delivery::event) {
      constexpr const char* place = std::is_same_v<Row, WeatherDay> ? "region" : "store_id";
      EXPECT_LT(column_number<Row>(place), column_count<Row>);
      EXPECT_LT(column_number<Row>("business_date"), column_count<Row>);
    }
  });
}

TEST(Digest, DiffersBetweenTablesAndNamesEveryRule) {
  EXPECT_NE(declaration_digest<Visit>(), declaration_digest<Store>());
  EXPECT_NE(declaration<Visit>().find("local_hour integer 0..23"), std::string::npos)
      << declaration<Visit>();
  // A change to the lines changes how receipts are read.
  EXPECT_NE(declaration<Transaction>().find(declaration<TransactionLine>()), std::string::npos);
}

}  // namespace
}  // namespace retailsim
