#include "lake/external_schema.h"

#include <gtest/gtest.h>

namespace retailsim::lake {
namespace {

using Make = std::string (*)(std::span<const TableFacts>, std::span<const Layer>);

std::string of(Make make, std::string_view table, std::vector<Layer> layers) {
  return make({&table_called(table), 1}, layers);
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

TEST(ExternalSchema, AthenaFindsTheMonthsOfAnEventByItself) {
  const std::string text = of(athena_schema, "visit", {Layer::clean});
  EXPECT_TRUE(has(text, "CREATE DATABASE IF NOT EXISTS `retailsim_clean`;\n"));
  EXPECT_TRUE(has(text, "    `entered_at` timestamp,\n"));
  EXPECT_TRUE(has(text, "    `mission` string,\n"));
  EXPECT_TRUE(has(text, "PARTITIONED BY (`month` string)\nSTORED AS PARQUET\n"));
  EXPECT_TRUE(
      has(text, "'storage.location.template' = '{lake}/clean/visit/month=${month}/'\n);\n"));
}

TEST(ExternalSchema, RawEventsLieByFeedDateAndSnapshotsInOneFolder) {
  EXPECT_TRUE(has(of(athena_schema, "visit", {Layer::raw}), "PARTITIONED BY (`feed_date` date)\n"));
  const std::string store = of(athena_schema, "store", {Layer::raw});
  EXPECT_FALSE(has(store, "PARTITIONED"));
  EXPECT_TRUE(has(store, "    `latitude` decimal(9,6),\n"));
  EXPECT_TRUE(has(store, "LOCATION '{lake}/raw/store/';\n"));
}

TEST(ExternalSchema, AFolderWithTheNameOfAColumnIsCalledOtherwise) {
  for (const Make make : {athena_schema, spectrum_schema}) {
    const std::string text = of(make, "store_month", {Layer::gold});
    EXPECT_TRUE(has(text, "month_folder"));
    EXPECT_TRUE(has(text, "'{lake}/gold/store_month/"));
    EXPECT_FALSE(has(of(make, "customer_rfm", {Layer::gold}), "PARTITIONED"));
  }
  EXPECT_TRUE(has(of(athena_schema, "store_month", {Layer::gold}),
                  "'{lake}/gold/store_month/${month_folder}/'"));
}

TEST(ExternalSchema, RedshiftHasASchemaALayerOverACatalogOfItsOwn) {
  const std::string text = of(spectrum_schema, "visit", {Layer::raw, Layer::clean});
  EXPECT_TRUE(has(text,
                  "CREATE EXTERNAL SCHEMA IF NOT EXISTS lake_raw\nFROM DATA CATALOG\n"
                  "DATABASE 'retailsim_spectrum_raw'\n"));
  EXPECT_TRUE(has(text, "CREATE EXTERNAL TABLE lake_clean.visit (\n"));
  EXPECT_TRUE(has(text, "    mission varchar(8),\n"));
  EXPECT_TRUE(has(text, "PARTITIONED BY (month varchar(7))\n"));
}

TEST(ExternalSchema, WhatWasRefusedIsOneTableWithRoomForAWholeRow) {
  const std::string text = of(spectrum_schema, "quarantine", {});
  EXPECT_TRUE(has(text, "CREATE EXTERNAL TABLE lake.quarantine (\n    feed_date date,\n"));
  EXPECT_TRUE(has(text, "    received varchar(65535)\n)\nSTORED AS PARQUET\n"));
  EXPECT_TRUE(has(of(athena_schema, "finding", {}), "LOCATION '{lake}/findings/';\n"));
}

}  // namespace
}  // namespace retailsim::lake
