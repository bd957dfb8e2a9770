#include "warehouse/load_unit.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "warehouse/small_lake.h"

namespace retailsim::warehouse {
namespace {

const LoadTable visit_table{&table_called("visit"), Layer::clean};
const LoadTable store_table{&table_called("store"), Layer::clean};
constexpr std::array both{Layer::clean, Layer::gold};

template <class Act>
std::string refusal_of(FailureKind kind, Act act) {
  try {
    act();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), kind);
    EXPECT_FALSE(failure.hint().empty());
    return failure.what();
  }
  return "accepted";
}

TEST(LoadUnit, ATableIsLoadedMonthByMonthOrWhole) {
  SmallLake small;
  const auto visits = load_units(small.lake, visit_table);
  ASSERT_EQ(visits.size(), 2u);
  EXPECT_EQ(visits[0].part(), "2024-01");
  EXPECT_EQ(visits[1].part(), "2024-02");
  EXPECT_EQ(visits[1].objects.at(0).path, "clean/visit/month=2024-02/part-0.parquet");
  EXPECT_EQ(load_units(small.lake, store_table).at(0).part(), "all");
}

TEST(LoadUnit, AnotherObjectIsAnotherFingerprintOfItsMonthAlone) {
  SmallLake small;
  const auto before = load_units(small.lake, visit_table);
  small.put_clean<Visit>(SmallLake::february, "late visits of February");
  const auto after = load_units(small.lake, visit_table);
  EXPECT_EQ(before[0].fingerprint, after[0].fingerprint);
  EXPECT_NE(before[1].fingerprint, after[1].fingerprint);
  EXPECT_NE(before[0].fingerprint, before[1].fingerprint);
}

TEST(LoadUnit, TheManifestNamesTheObjectsWithTheirLengths) {
  SmallLake small;
  const LoadUnit unit = load_units(small.lake, visit_table).at(0);
  const auto bytes = small.lake.bytes_of("clean/visit/month=2024-01/part-0.parquet");
  const auto manifest = nlohmann::json::parse(manifest_text(unit, "s3://shop/lake"));
  EXPECT_EQ(manifest,
            nlohmann::json({{"entries",
                             {{{"url", "s3://shop/lake/clean/visit/month=2024-01/part-0.parquet"},
                               {"mandatory", true},
                               {"meta", {{"content_length", bytes.value()}}}}}}}));
  EXPECT_EQ(unit.manifest_path(),
            "_redshift/clean/visit/2024-01-" + unit.fingerprint.substr(0, 16) + ".manifest");
}

TEST(LoadUnit, TablesOfBothLayersAreChosenByName) {
  const std::string names[] = {"store_day", "visit"};
  const auto chosen = load_tables(both, names);
  ASSERT_EQ(chosen.size(), 2u);
  EXPECT_EQ(chosen[0].sql_name(), "clean.visit");
  EXPECT_EQ(chosen[1].sql_name(), "gold.store_day");
}

TEST(LoadUnit, ANameThatNoLayerHasIsRefused) {
  const std::string wrong[] = {"visits"}, other[] = {"store_day"}, beside[] = {"quarantine"};
  const Layer clean[] = {Layer::clean};
  EXPECT_NE(refusal_of(FailureKind::wrong_usage, [&] { load_tables(both, wrong); }), "accepted");
  EXPECT_EQ(refusal_of(FailureKind::wrong_usage, [&] { load_tables(both, beside); }),
            "quarantine is no table that Redshift would get");
  EXPECT_EQ(refusal_of(FailureKind::wrong_usage, [&] { load_tables(clean, other); }),
            "store_day is no table that Redshift would get");
}

TEST(LoadUnit, OnlyAPublishedLakeIsLoaded) {
  const TemporaryFolder folder;
  lake::Lake empty(folder.path().string());
  EXPECT_NE(refusal_of(FailureKind::wrong_usage, [&] { require_published(empty); })
                .find("nothing was published"),
            std::string::npos);
  SmallLake small;
  require_published(small.lake);
  const lake::ObjectFacts facts{"KPIs that are not listed yet", 0};
  lake::TableWriter<StoreMonth> writer(Layer::gold);
  small.lake.put(lake::gold_path("store_month", SmallLake::february),
                 writer.finish(to_key_values(facts)), facts);
  EXPECT_NE(refusal_of(FailureKind::corrupt_data, [&] { require_published(small.lake); })
                .find("unfinished"),
            std::string::npos);
}

TEST(LoadUnit, ManifestsInALakeAreNoneOfItsObjects) {
  SmallLake small;
  const LoadUnit unit = load_units(small.lake, visit_table).at(0);
  small.lake.store().put(unit.manifest_path(), manifest_text(unit, "s3://shop/lake"));
  lake::Lake again(small.lake.store().display(""), lake::Expect::a_lake);
  EXPECT_EQ(load_units(again, visit_table).size(), 2u);
  require_published(again);
}

}  // namespace
}  // namespace retailsim::warehouse
