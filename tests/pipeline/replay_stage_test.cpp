#include "pipeline/replay_stage.h"

#include <fmt/core.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "pipeline/replay_fixture.h"

namespace retailsim::pipeline {
namespace {

namespace fs = std::filesystem;

// Every file below a folder with its bytes.
std::map<std::string, std::string> files_of(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files[entry.path().string()] = read_file(entry.path());
  }
  return files;
}

TEST_F(ReplayTest, AgainIntoTheSameFolderIsNoWork) {
  replay(three_lines());
  const auto before = files_of(options_.out);
  options_.threads = 2;
  const auto record = replay(three_lines());
  EXPECT_FALSE(record.did_work());
  EXPECT_EQ(record.tables.at("transaction").objects_current, 1);
  EXPECT_EQ(record.tables.at("store").objects_current, 1);
  EXPECT_EQ(files_of(options_.out), before);
}

TEST_F(ReplayTest, WhatWasDamagedIsMadeAgain) {
  replay(three_lines());
  const auto before = files_of(options_.out);
  std::ofstream(options_.out / "store.ndjson") << "{}\n";
  fs::remove(options_.out / "transaction" / "2024-01-31.ndjson");
  const auto record = replay(three_lines());
  EXPECT_EQ(record.tables.at("transaction").objects_written, 1);
  EXPECT_EQ(record.tables.at("store").objects_written, 1);
  EXPECT_EQ(record.tables.at("product").objects_current, 1);
  EXPECT_EQ(files_of(options_.out), before);
}

TEST_F(ReplayTest, OtherLinesOrOptionsDoNotOverwriteAFeedUnasked) {
  const LinesFile other = three_lines().with({"quantity", arrow::int64(), "[1, 3, 1]"});
  replay(three_lines());
  const auto before = files_of(options_.out);
  const auto expect_refusal = [&](const LinesFile& file) {
    const auto failure = failure_of(file);
    EXPECT_EQ(failure.kind(), FailureKind::wrong_usage);
    EXPECT_NE(failure.hint().find("--overwrite"), std::string::npos);
    EXPECT_EQ(files_of(options_.out), before);
  };
  expect_refusal(other);
  options_.timezone = "Europe/Paris";
  expect_refusal(three_lines());
  options_.timezone = "UTC";
  options_.currency = "EUR";
  expect_refusal(three_lines());
  options_.overwrite = true;
  replay(three_lines());
  EXPECT_NE(files_of(options_.out), before);
}

TEST_F(ReplayTest, ABadFileDoesNotCostTheFeedThatItWasToReplace) {
  replay(three_lines());
  const auto before = files_of(options_.out);
  options_.overwrite = true;
  failure_of(three_lines().with({"quantity", arrow::float64(), "[1, 0.5, 2]"}));
  EXPECT_EQ(files_of(options_.out), before);
}

// A list of 200 values as JSON.
template <class Value>
std::string list_of(const Value& value) {
  std::string list = "[";
  for (int basket = 0; basket < 200; ++basket)
    list += fmt::format("{}{}", basket > 0 ? "," : "", value(basket));
  return list + "]";
}

TEST_F(ReplayTest, AnyNumberOfThreadsGivesTheSameBytes) {
  const std::string ones = list_of([](int) { return 1; });
  const LinesFile many{{
      {"basket_id", arrow::int64(), list_of([](int basket) { return 1000 - basket; })},
      {"household_id", arrow::int64(), ones},
      {"store_id", arrow::int64(), list_of([](int basket) { return 1 + basket % 7; })},
      {"product_id", arrow::int64(), ones},
      {"timestamp", arrow::timestamp(arrow::TimeUnit::SECOND),
       list_of([](int basket) { return 86'400 * (basket % 40); })},
      {"quantity", arrow::int64(), ones},
      {"net_amount", arrow::float64(), ones},
      {"discount_amount", arrow::float64(), ones},
      {"category", arrow::utf8(), list_of([](int) { return "\"A\""; })},
  }};
  replay(many);
  const auto alone = files_of(options_.out);
  EXPECT_EQ(alone.size(), 44);  // 40 days, three snapshots, the manifest
  fs::remove_all(options_.out);
  options_.threads = 4;
  replay(many);
  EXPECT_EQ(files_of(options_.out), alone);
}

TEST_F(ReplayTest, AMissingFileAndAFolderAreNamed) {
  for (const auto& lines : {options_.lines, folder_.path()}) {
    options_.lines = lines;
    try {
      replay_stage(options_);
      FAIL();
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.kind(), FailureKind::wrong_usage);
      EXPECT_EQ(failure.what(), "there is no file " + lines.string());
      EXPECT_NE(failure.hint().find("retailsim replay --help"), std::string::npos);
    }
  }
}

TEST_F(ReplayTest, AFolderWithSomebodyElsesFilesIsRefusedBeforeTheLinesAreRead) {
  fs::create_directory(options_.out);
  std::ofstream(options_.out / "notes.txt") << "mine";
  write_file_whole(options_.lines, "no Parquet");
  try {
    replay_stage(options_);
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_NE(std::string{failure.what()}.find("notes.txt"), std::string::npos);
  }
}

}  // namespace
}  // namespace retailsim::pipeline
