#include "serve/served_table.h"

#include <gtest/gtest.h>

#include <set>

#include "base/failure.h"

namespace retailsim::serve {
namespace {

const ServedTable& table(std::string_view name) {
  for (const auto& one : served_tables())
    if (one.name == name) return one;
  throw std::logic_error("no such table");
}

std::string text_of(std::string_view name, std::string_view column, std::string_view value) {
  for (const auto& filter : table(name).filters)
    if (filter.name == column) return filter.json_text(value);
  return "no such filter";
}

TEST(ServedTable, EveryTableOfTheFeedIsServedUnderAUrlOfItsOwn) {
  std::set<std::string> urls;
  for (const auto& one : served_tables()) {
    EXPECT_TRUE(urls.insert(one.plural).second) << one.plural;
    EXPECT_FALSE(one.filters.empty()) << one.name;
    EXPECT_LE(one.filters.size(), 64u);
  }
  EXPECT_EQ(urls.size(), FeedTables::size);
}

TEST(ServedTable, KeysReferencesWordsAndTheBusinessDateAreFilters) {
  std::vector<std::string> names;
  for (const auto& filter : table("transaction").filters) names.push_back(filter.name);
  EXPECT_EQ(names,
            (std::vector<std::string>{"transaction_id", "store_id", "business_date", "channel",
                                      "kind", "original_transaction_id", "customer_id", "tender"}));
}

TEST(ServedTable, FilterValuesBecomeTheTextOfTheFeed) {
  EXPECT_EQ(text_of("transaction", "store_id", "3"), "3");
  EXPECT_EQ(text_of("transaction", "store_id", "003"), "3");
  EXPECT_EQ(text_of("transaction", "kind", "RETURN"), "\"RETURN\"");
  EXPECT_EQ(text_of("transaction", "business_date", "2024-01-05"), "\"2024-01-05\"");
  EXPECT_EQ(text_of("price", "zone", "Nord \"Est\""), "\"Nord \\\"Est\\\"\"");
  EXPECT_THROW(text_of("transaction", "store_id", "3.5"), Failure);
  EXPECT_THROW(text_of("transaction", "store_id", "9007199254740992"), Failure);
  EXPECT_THROW(text_of("transaction", "kind", "return"), Failure);
  EXPECT_THROW(text_of("transaction", "business_date", "2024-1-5"), Failure);
}

}  // namespace
}  // namespace retailsim::serve
