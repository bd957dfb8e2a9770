#include "lake/lake.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/failure.h"
#include "lake/current.h"
#include "lake/published.h"
#include "support/temporary_folder.h"

namespace retailsim::lake {
namespace {

using namespace std::chrono;

ObjectFacts facts_of(const std::string& inputs) {
  return {inputs, 0, Day{2024y / 1 / 3}, Day{2024y / 1 / 4}, 2};
}

std::string empty_table(const ObjectFacts& facts) {
  TableWriter<Visit> writer(Layer::clean);
  return writer.finish(to_key_values(facts));
}

TEST(LakeNames, SayTableAndDate) {
  EXPECT_EQ(raw_path("visit", Day{2024y / 2 / 29}),
            "raw/visit/feed_date=2024-02-29/part-0.parquet");
  EXPECT_EQ(raw_path("store", std::nullopt), "raw/store/part-0.parquet");
  EXPECT_EQ(clean_path("visit", Month{2024 * 12 + 1}), "clean/visit/month=2024-02/part-0.parquet");
  EXPECT_EQ(beside_path(Beside::quarantine, "visit", Layer::raw, Day{2024y / 2 / 29}, std::nullopt),
            "quarantine/visit/stage=validate/2024-02-29/part-0.parquet");
  EXPECT_EQ(feed_date_of("raw/visit/feed_date=2024-02-29/part-0.parquet"), Day{2024y / 2 / 29});
  EXPECT_EQ(month_of_path("gold/store_day/month=2024-02/part-0.parquet"), Month{2024 * 12 + 1});
  EXPECT_EQ(feed_date_of("raw/store/part-0.parquet"), std::nullopt);
}

TEST(Lake, RemembersFactsInItsIndexAndFindsThemInFootersWithout) {
  const TemporaryFolder folder;
  const auto path = clean_path("visit", Month{2024 * 12});
  {
    Lake lake(folder.path() / "lake");
    EXPECT_EQ(lake.facts(path), std::nullopt);
    lake.put(path, empty_table(facts_of("one")), facts_of("one"));
    lake.save_index();
  }
  EXPECT_EQ(Lake(folder.path() / "lake").facts(path), facts_of("one"));
  std::filesystem::remove_all(folder.path() / "lake" / "_index");
  EXPECT_EQ(Lake(folder.path() / "lake").facts(path), facts_of("one"));
  EXPECT_EQ(Lake("file://" + (folder.path() / "lake").string()).facts(path), facts_of("one"));
}

TEST(Lake, AnObjectReplacedBehindTheIndexIsReadAgain) {
  const TemporaryFolder folder;
  const auto path = clean_path("visit", Month{2024 * 12});
  Lake lake(folder.path() / "lake");
  lake.put(path, empty_table(facts_of("one")), facts_of("one"));
  lake.save_index();
  const auto other = empty_table(facts_of("two"));
  std::ofstream(folder.path() / "lake" / path, std::ios::binary) << other;
  EXPECT_EQ(Lake(folder.path() / "lake").facts(path), facts_of("two"));
}

TEST(Lake, AFolderWithOtherThingsIsRefused) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "thesis.doc") << "precious";
  try {
    const Lake lake(folder.path().string());
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::wrong_usage);
    EXPECT_NE(std::string{failure.what()}.find("thesis.doc"), std::string::npos);
  }
}

TEST(Lake, UnknownAddressesAreRefused) {
  EXPECT_THROW(Lake("ftp://somewhere/lake"), Failure);
  EXPECT_THROW(Lake(""), Failure);
}

TEST(Lake, UnfinishedWritesAreInvisible) {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "clean/visit/month=2024-01");
  std::ofstream(folder.path() / "clean/visit/month=2024-01/.part-0.parquet.1-2.part") << "half";
  Lake lake(folder.path().string());
  EXPECT_TRUE(lake.objects(Layer::clean, "visit").empty());
}

TEST(Current, IsReadAsItWasWritten) {
  const TemporaryFolder folder;
  const auto store = open_store(folder.path().string());
  EXPECT_FALSE(read_current(*store).has_value());
  write_current(*store, {"run-1",
                         Day{2024y / 1 / 1},
                         Day{2024y / 1 / 31},
                         {{"gold/store_day/month=2024-01/part-0.parquet", "abc", 31}}});
  const auto current = read_current(*store);
  ASSERT_TRUE(current.has_value());
  EXPECT_EQ(current->run_id, "run-1");
  EXPECT_EQ(current->data_through, Day{2024y / 1 / 31});
  ASSERT_EQ(current->objects.size(), 1u);
  EXPECT_EQ(current->objects[0].rows, 31);
}

TEST(Published, AReaderIsToldWhenNothingWasPublished) {
  const TemporaryFolder folder;
  const auto store = open_store(folder.path().string());
  try {
    const Published published(*store, {"store_day"});
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::wrong_usage);
    EXPECT_FALSE(failure.hint().empty());
  }
}

TEST(Published, ASetWhoseObjectsAreNotThoseOfItsListIsNotShown) {
  const TemporaryFolder folder;
  Lake lake(folder.path().string());
  const auto path = gold_path("store_day", Month{2024 * 12});
  TableWriter<StoreDay> writer(Layer::gold);
  const ObjectFacts facts{"new", 0, {}, {}, 0};
  lake.put(path, writer.finish(to_key_values(facts)), facts);
  write_current(lake.store(), {"run-1", {}, {}, {{path, "old", 0}}});
  try {
    const Published published(lake.store(), {"store_day"}, 1ms);
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_NE(std::string{failure.what()}.find("unfinished"), std::string::npos);
    EXPECT_NE(failure.hint().find("transform"), std::string::npos);
  }
}

}  // namespace
}  // namespace retailsim::lake
