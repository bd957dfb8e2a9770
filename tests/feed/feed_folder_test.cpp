#include "feed/feed_folder.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "base/failure.h"
#include "support/temporary_folder.h"

namespace retailsim::feed {
namespace {

using namespace std::chrono;

constexpr Day monday{2024y / 1 / 1};

Manifest identity(std::string digest) { return {"tiny", std::move(digest), 7, {}}; }

void deliver(FeedFolder& folder, std::string_view text, std::int64_t rows) {
  NewDelivery delivery(folder.path_of("visit", monday));
  delivery.append(text, rows);
  folder.add("visit", monday, delivery.commit());
}

TEST(Manifest, IsReadAsItWasWritten) {
  Manifest manifest = identity("abc");
  manifest.tables["store"][std::nullopt] = {3, 120, "11"};
  manifest.tables["visit"][monday] = {10, 900, "22"};
  manifest.tables["promotion"];
  EXPECT_EQ(manifest_from_json(to_json(manifest), "test"), manifest);
}

TEST(Manifest, NoTableOfItLeadsOutOfTheFolderAndNoFileHasLessThanNothing) {
  const auto manifest = [](std::string_view table, std::string_view facts) {
    return fmt::format(
        R"({{"format":1,"source":"s","digest":"d","seed":1,"tables":{{"{}":{{"all":{}}}}}}})",
        table, facts);
  };
  const auto fine = R"({"rows":1,"bytes":3,"sha256":"x"})";
  EXPECT_NO_THROW(manifest_from_json(manifest("store", fine), "x"));
  EXPECT_THROW(manifest_from_json(manifest("../store", fine), "x"), Failure);
  EXPECT_THROW(manifest_from_json(manifest("", fine), "x"), Failure);
  for (const auto* facts :
       {R"({"rows":-1,"bytes":3,"sha256":"x"})", R"({"rows":1,"bytes":-3,"sha256":"x"})",
        R"({"rows":4,"bytes":3,"sha256":"x"})"})
    EXPECT_THROW(manifest_from_json(manifest("store", facts), "x"), Failure) << facts;
}

TEST(Manifest, DamagedOrNewerOnesAreRefusedByName) {
  EXPECT_THROW(manifest_from_json("{}", "x"), Failure);
  EXPECT_THROW(manifest_from_json("nonsense", "x"), Failure);
  try {
    manifest_from_json(R"({"format":99})", "feed/manifest.json");
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::wrong_usage);
    EXPECT_NE(std::string{failure.what()}.find("feed/manifest.json"), std::string::npos);
  }
}

TEST(FeedFolder, KnowsWhatItHoldsAndNoticesDamage) {
  const TemporaryFolder folder;
  {
    FeedFolder feed(folder.path(), identity("abc"), false);
    EXPECT_FALSE(feed.holds("visit", monday));
    deliver(feed, "{}\n", 1);
    feed.finish();
  }
  EXPECT_TRUE(FeedFolder(folder.path(), identity("abc"), false).holds("visit", monday));
  EXPECT_EQ(read_manifest(folder.path()).tables.at("visit").at(monday).rows, 1);
  std::ofstream(folder.path() / "visit" / "2024-01-01.ndjson") << "[]\n";
  EXPECT_FALSE(FeedFolder(folder.path(), identity("abc"), false).holds("visit", monday));
}

TEST(FeedFolder, OfAnotherScenarioIsReplacedOnlyWhenAsked) {
  const TemporaryFolder folder;
  {
    FeedFolder feed(folder.path(), identity("abc"), false);
    deliver(feed, "{}\n", 1);
    feed.finish();
  }
  try {
    const FeedFolder feed(folder.path(), identity("other"), false);
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::wrong_usage);
    EXPECT_NE(failure.hint().find("--overwrite"), std::string::npos);
  }
  const FeedFolder feed(folder.path(), identity("other"), true);
  EXPECT_FALSE(feed.holds("visit", monday));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "visit" / "2024-01-01.ndjson"));
}

TEST(FeedFolder, TwoWritersLoseNothingOfEachOther) {
  const TemporaryFolder folder;
  const auto write = [&](Day day, std::chrono::milliseconds pause) {
    FeedFolder feed(folder.path(), identity("abc"), false);
    std::this_thread::sleep_for(pause);
    NewDelivery delivery(feed.path_of("visit", day));
    delivery.append("{}\n", 1);
    feed.add("visit", day, delivery.commit());
    feed.finish();
  };
  std::thread first(write, monday, std::chrono::milliseconds{100});
  std::thread second(write, monday + days{1}, std::chrono::milliseconds{100});
  first.join();
  second.join();
  EXPECT_EQ(read_manifest(folder.path()).tables.at("visit").size(), 2U);
}

TEST(FeedFolder, WithSomebodyElsesFilesIsAlwaysRefused) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "notes.txt") << "mine";
  EXPECT_THROW(FeedFolder(folder.path(), identity("abc"), true), Failure);
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "notes.txt"));
}

TEST(FeedFolder, AReaderOfAnEmptyFolderIsToldHowToFillIt) {
  const TemporaryFolder folder;
  try {
    read_manifest(folder.path());
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_NE(failure.hint().find("retailsim simulate"), std::string::npos);
  }
}

}  // namespace
}  // namespace retailsim::feed
