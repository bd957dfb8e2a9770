#include <gtest/gtest.h>

#include <atomic>
#include <fstream>

#include "base/failure.h"
#include "base/files.h"
#include "base/parallel.h"
#include "base/sha256.h"
#include "base/text.h"
#include "support/temporary_folder.h"

namespace retailsim {
namespace {

TEST(Sha256, IsTheOneOfTheStandard) {
  // FIPS 180-4, examples of one block and of no input.
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  Sha256 parts;
  parts.add("a");
  parts.add("bc");
  EXPECT_EQ(parts.hex(), sha256("abc"));
}

TEST(Files, AppearWholeUnderTheirNameAndReplaceTheOldOne) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "a" / "b.txt";
  write_file_whole(path, "one");
  write_file_whole(path, "two");
  EXPECT_EQ(read_file(path), "two");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(path.parent_path()), {}), 1);
}

TEST(Files, ANewFileThatIsNotCommittedLeavesNothing) {
  const TemporaryFolder folder;
  {
    NewFile file(folder.path() / "x");
    file.append("half");
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  NewFile file(folder.path() / "x");
  file.append("whole");
  file.commit();
  EXPECT_EQ(read_file(folder.path() / "x"), "whole");
}

TEST(Files, WhatCannotBeReadIsNamed) {
  const TemporaryFolder folder;
  try {
    read_file(folder.path() / "missing.toml");
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::wrong_usage);
    EXPECT_NE(std::string{failure.what()}.find("missing.toml"), std::string::npos);
  }
  EXPECT_THROW(read_file(folder.path()), Failure);
}

TEST(Files, AnEmptyFileIsEmptyText) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "empty").close();
  EXPECT_EQ(MappedFile(folder.path() / "empty").text(), "");
}

TEST(Files, AFolderIsNoFileAndSoAMistakeOfTheCommandLine) {
  try {
    read_file("/");
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::wrong_usage);
  }
}

TEST(Text, WhatALibrarySaysIsOnePrintableLineWithoutItsTag) {
  EXPECT_EQ(plain_reason("[json.exception.parse_error.101] parse error at line 1"),
            "parse error at line 1");
  EXPECT_EQ(plain_reason("Invalid data: \x01\xff\nmore"), "Invalid data: ??");
  EXPECT_EQ(plain_reason("[unfinished"), "[unfinished");
}

TEST(Nearest, FindsWhatWasMeantAndNothingFarOff) {
  const std::vector<std::string> known{"transform", "extract", "report"};
  EXPECT_EQ(nearest("trasnform", known), "transform");
  EXPECT_EQ(nearest("extrat", known), "extract");
  EXPECT_EQ(nearest("rnu", std::vector<std::string>{"serve", "run"}), "run");
  EXPECT_EQ(nearest("banana", known), std::nullopt);
}

TEST(Thousands, AreSeparatedByCommas) {
  EXPECT_EQ(with_thousands(0), "0");
  EXPECT_EQ(with_thousands(999), "999");
  EXPECT_EQ(with_thousands(-1'234'567), "-1,234,567");
}

TEST(ParallelFor, DoesEveryNumberOnceWhateverTheThreads) {
  for (const int threads : {1, 2, 7}) {
    std::vector<std::atomic<int>> done(1'000);
    parallel_for(done.size(), threads, [&](std::size_t number, int worker) {
      EXPECT_LT(worker, threads);
      ++done[number];
    });
    for (const auto& count : done) ASSERT_EQ(count.load(), 1);
  }
}

TEST(ParallelFor, PassesOnTheFirstFailureAndStops) {
  std::atomic<int> done{0};
  EXPECT_THROW(parallel_for(1'000'000, 2,
                            [&](std::size_t, int) {
                              if (++done == 10) throw Failure(FailureKind::corrupt_data, "tenth");
                            }),
               Failure);
  EXPECT_LT(done.load(), 1'000'000);
}

}  // namespace
}  // namespace retailsim
