#include <filesystem>

#include "feed/manifest.h"
#include "pipeline/replay_fixture.h"

namespace retailsim::pipeline {
namespace {

// When receipts began, without the rest of them.
std::string begin_of(const std::string& receipts) {
  std::string begins;
  for (std::size_t at = 0; (at = receipts.find("\"business_date\"", at)) != receipts.npos; ++at) {
    begins += receipts.substr(at, receipts.find(",\"channel\"", at) - at);
    begins += '\n';
  }
  return begins;
}

TEST_F(ReplayTest, ReceiptsComeByTimeAndTheirLinesByProduct) {
  options_.timezone = "Europe/Paris";
  const auto record = replay(three_lines());
  EXPECT_EQ(feed("transaction/2024-01-31.ndjson"),
            R"({"transaction_id":72,"store_id":3,"business_date":"2024-01-31","local_hour":9,)"
            R"("begin_at":"2024-01-31T08:00:00Z","channel":"STORE","kind":"SALE",)"
            R"("original_transaction_id":null,"customer_id":9,"tender":null,)"
            R"("gross":6.40,"discount":0.00,"net":6.40,"tax":null,"total":null,"lines":[)"
            R"({"line_number":1,"product_id":10,"quantity":2,"list_price":3.20,"gross":6.40,)"
            R"("discount":0.00,"net":6.40,"promo_id":null,"unit_cost":null,"tax":null}]})"
            "\n"
            R"({"transaction_id":71,"store_id":3,"business_date":"2024-01-31","local_hour":18,)"
            R"("begin_at":"2024-01-31T17:05:00Z","channel":"STORE","kind":"SALE",)"
            R"("original_transaction_id":null,"customer_id":8,"tender":null,)"
            R"("gross":12.45,"discount":1.00,"net":11.45,"tax":null,"total":null,"lines":[)"
            R"({"line_number":1,"product_id":10,"quantity":3,"list_price":3.33,"gross":10.00,)"
            R"("discount":1.00,"net":9.00,"promo_id":null,"unit_cost":null,"tax":null},)"
            R"({"line_number":2,"product_id":20,"quantity":1,"list_price":2.45,"gross":2.45,)"
            R"("discount":0.00,"net":2.45,"promo_id":null,"unit_cost":null,"tax":null}]})"
            "\n");
  EXPECT_EQ(record.tables.at("transaction").passage.rows_out, 2);
  EXPECT_EQ(record.counts.at("lines"), 3);
}

TEST_F(ReplayTest, StoresProductsAndHouseholdsAreWhatTheLinesName) {
  options_.timezone = "Europe/Paris";
  options_.currency = "EUR";
  replay(three_lines()
             .with({"brand", arrow::utf8(), R"(["National", "Private", "Private"])"})
             .with({"department", arrow::utf8(), R"(["DAIRY", null, null])"})
             .with({"product_type", arrow::utf8(), R"(["BRIE", null, null])"}));
  EXPECT_EQ(feed("store.ndjson"),
            R"({"store_id":3,"name":"Store 3","format":null,"region":null,"city":null,)"
            R"("latitude":null,"longitude":null,"sales_area_sqm":null,"opened_on":null,)"
            R"("closed_on":null,"open_hour":null,"close_hour":null,"timezone":"Europe/Paris",)"
            R"("currency":"EUR"})"
            "\n");
  EXPECT_EQ(feed("product.ndjson"),
            R"({"product_id":10,"gtin":null,"name":"BREAD","department":null,)"
            R"("category":"BREAD","subcategory":null,"brand":"Private","is_private_label":true,)"
            R"("tax_rate":null,"launched_on":null,"delisted_on":null})"
            "\n"
            R"({"product_id":20,"gtin":null,"name":"BRIE","department":"DAIRY",)"
            R"("category":"CHEESE","subcategory":null,"brand":"National",)"
            R"("is_private_label":false,"tax_rate":null,"launched_on":null,"delisted_on":null})"
            "\n");
  EXPECT_EQ(feed("customer.ndjson"),
            R"({"customer_id":8,"household_id":8,"home_store_id":3,"segment":null,)"
            R"("loyalty_tier":null,"joined_on":null,"birth_year":null,"name":"Household 8",)"
            R"("email":null})"
            "\n"
            R"({"customer_id":9,"household_id":9,"home_store_id":3,"segment":null,)"
            R"("loyalty_tier":null,"joined_on":null,"birth_year":null,"name":"Household 9",)"
            R"("email":null})"
            "\n");
}

TEST_F(ReplayTest, WithoutThePrivateBrandNobodyKnowsWhoOwnsABrand) {
  replay(three_lines().with({"brand", arrow::utf8(), R"(["Danone", "Danone", "Danone"])"}));
  EXPECT_NE(feed("product.ndjson").find(R"("brand":"Danone","is_private_label":null)"),
            std::string::npos);
}

TEST_F(ReplayTest, NumberedStoresAndHouseholdsKeepTheirNames) {
  const auto record =
      replay(three_lines().with({"store_id", arrow::utf8(), R"(["Nord", "Nord", "Est"])"}));
  EXPECT_EQ(record.counts.at("store_ids_numbered"), 2);
  EXPECT_EQ(record.counts.at("basket_ids_numbered"), 0);
  const std::string stores = feed("store.ndjson");
  EXPECT_NE(stores.find(R"({"store_id":1,"name":"Store Est")"), std::string::npos);
  EXPECT_NE(stores.find(R"({"store_id":2,"name":"Store Nord")"), std::string::npos);
}

TEST_F(ReplayTest, HomeIsTheStoreWithMostReceiptsAndOfEqualsTheSmallerId) {
  replay(three_lines()
             .with({"basket_id", arrow::int64(), "[1, 1, 2]"})
             .with({"household_id", arrow::int64(), "[8, 8, 8]"})
             .with({"store_id", arrow::int64(), "[7, 7, 5]"}));
  EXPECT_NE(feed("customer.ndjson").find(R"("home_store_id":5)"), std::string::npos);
}

TEST_F(ReplayTest, TheSameProductTwiceIsTwoLinesInTheOrderOfTheFile) {
  replay(three_lines()
             .with({"basket_id", arrow::int64(), "[71, 71, 71]"})
             .with({"household_id", arrow::int64(), "[8, 8, 8]"})
             .with({"category", arrow::utf8(), R"(["A", "A", "A"])"})
             .with({"product_id", arrow::int64(), "[10, 5, 10]"})
             .with(times("[0, 0, 0]")));
  const std::string receipts = feed("transaction/1970-01-01.ndjson");
  EXPECT_NE(receipts.find(R"({"line_number":1,"product_id":5,"quantity":3)"), std::string::npos);
  EXPECT_NE(receipts.find(R"({"line_number":2,"product_id":10,"quantity":1)"), std::string::npos);
  EXPECT_NE(receipts.find(R"({"line_number":3,"product_id":10,"quantity":2)"), std::string::npos);
}

TEST_F(ReplayTest, ListPriceIsGrossAUnitHalfACentAwayFromZero) {
  replay(three_lines()
             .with({"product_id", arrow::int64(), "[1, 2, 3]"})
             .with({"category", arrow::utf8(), R"(["A", "A", "A"])"})
             .with({"quantity", arrow::int64(), "[2, 3, 8]"})
             .with({"net_amount", arrow::float64(), "[1.00, 1.00, 1.00]"})
             .with({"discount_amount", arrow::float64(), "[0.01, 0.00, 0.00]"}));
  const std::string receipts = feed("transaction/2024-01-31.ndjson");
  EXPECT_NE(receipts.find(R"("quantity":2,"list_price":0.51,"gross":1.01)"), std::string::npos);
  EXPECT_NE(receipts.find(R"("quantity":3,"list_price":0.33,"gross":1.00)"), std::string::npos);
  EXPECT_NE(receipts.find(R"("quantity":8,"list_price":0.13,"gross":1.00)"), std::string::npos);
}

TEST_F(ReplayTest, OddQuantitiesAndAmountsAreDeliveredForCleanToJudge) {
  replay(three_lines()
             .with({"quantity", arrow::int64(), "[0, -1, 1]"})
             .with({"net_amount", arrow::float64(), "[1.00, -2.50, 3.00]"})
             .with({"discount_amount", arrow::float64(), "[0.00, 0.00, -0.50]"}));
  const std::string receipts = feed("transaction/2024-01-31.ndjson");
  EXPECT_NE(
      receipts.find(R"("quantity":0,"list_price":1.00,"gross":1.00,"discount":0.00,"net":1.00)"),
      std::string::npos);
  EXPECT_NE(receipts.find(
                R"("quantity":-1,"list_price":-2.50,"gross":-2.50,"discount":0.00,"net":-2.50)"),
            std::string::npos);
  EXPECT_NE(
      receipts.find(R"("quantity":1,"list_price":2.50,"gross":2.50,"discount":-0.50,"net":3.00)"),
      std::string::npos);
}

TEST_F(ReplayTest, EveryDayIsDeliveredAlsoOneWithoutSales) {
  replay(three_lines().with(
      times(R"(["2024-02-28 10:00:00", "2024-02-28 10:00:00", "2024-03-01 10:00:00"])")));
  EXPECT_EQ(feed("transaction/2024-02-29.ndjson"), "");
  const auto manifest = feed::read_manifest(options_.out);
  EXPECT_EQ(manifest.source, "lines.parquet");
  EXPECT_EQ(manifest.seed, 0);
  EXPECT_EQ(manifest.tables.at("transaction").size(), 3);
  for (const char* const table : {"price", "promotion", "visit"})
    EXPECT_TRUE(manifest.tables.at(table).empty()) << table;
  EXPECT_FALSE(std::filesystem::exists(options_.out / "visit"));
}

TEST_F(ReplayTest, ABasketBelongsToTheDayAndHourOfItsEarliestLine) {
  const auto record = replay(three_lines().with(
      times(R"(["2024-02-01 00:01:00", "2024-01-31 23:58:00", "2024-02-01 07:00:00"])")));
  EXPECT_EQ(begin_of(feed("transaction/2024-01-31.ndjson")),
            R"("business_date":"2024-01-31","local_hour":23,"begin_at":"2024-01-31T23:58:00Z")"
            "\n");
  EXPECT_EQ(record.counts.at("baskets_across_midnight"), 1);
}

TEST_F(ReplayTest, TheNightsInWhichTheClockChangesAreInOrder) {
  options_.timezone = "America/New_York";
  replay(three_lines()
             .with({"basket_id", arrow::int64(), "[1, 2, 3]"})
             .with({"household_id", arrow::int64(), "[8, 8, 8]"})
             .with(times(R"(["2017-03-12 03:10:00", "2017-03-12 02:30:00",
                             "2017-11-05 01:30:00"])")));
  EXPECT_EQ(begin_of(feed("transaction/2017-03-12.ndjson")),
            R"("business_date":"2017-03-12","local_hour":2,"begin_at":"2017-03-12T07:00:00Z")"
            "\n"
            R"("business_date":"2017-03-12","local_hour":3,"begin_at":"2017-03-12T07:10:00Z")"
            "\n");
  EXPECT_EQ(begin_of(feed("transaction/2017-11-05.ndjson")),
            R"("business_date":"2017-11-05","local_hour":1,"begin_at":"2017-11-05T05:30:00Z")"
            "\n");
}

TEST_F(ReplayTest, ABasketInTwoPlacesIsNoBasket) {
  const auto stores = failure_of(three_lines().with({"store_id", arrow::int64(), "[3, 4, 3]"}));
  EXPECT_EQ(stores.kind(), FailureKind::wrong_usage);
  EXPECT_STREQ(stores.what(), "lines.parquet: row 2: basket 71 has store_id 4, but 3 in row 1");
  EXPECT_NE(stores.hint().find("store_id || '-'"), std::string::npos);
  EXPECT_STREQ(failure_of(three_lines().with({"household_id", arrow::int64(), "[8, 9, 9]"})).what(),
               "lines.parquet: row 2: basket 71 has household_id 9, but 8 in row 1");
  EXPECT_STREQ(failure_of(three_lines().with(times(R"(["2024-01-31 18:05:00", "2024-02-01 18:05:00",
                                                       "2024-02-01 18:05:00"])")))
                   .what(),
               "lines.parquet: row 2: basket 71 is sold a day or more later than in row 1");
  EXPECT_FALSE(std::filesystem::exists(options_.out / "manifest.json"));
}

TEST_F(ReplayTest, OneWrongYearDoesNotMakeThousandsOfEmptyDays) {
  EXPECT_STREQ(failure_of(three_lines().with(times(R"(["2024-01-31 18:05:00", "2024-01-31 18:05:00",
                                                       "1900-01-01 00:00:00"])")))
                   .what(),
               "lines.parquet: sales from 1900-01-01 (row 3) to 2024-01-31 (row 1) are more than "
               "50 years apart");
}

}  // namespace
}  // namespace retailsim::pipeline
