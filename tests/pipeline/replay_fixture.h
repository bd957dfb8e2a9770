// Replays small files into a folder of their own.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "base/failure.h"
#include "base/files.h"
#include "pipeline/replay_file.h"
#include "pipeline/replay_stage.h"
#include "support/temporary_folder.h"

namespace retailsim::pipeline {

class ReplayTest : public testing::Test {
 protected:
  ReplayTest() {
    options_.lines = folder_.path() / "lines.parquet";
    options_.out = folder_.path() / "feed";
  }
  StageRecord replay(const LinesFile& file) {
    write_file_whole(options_.lines, file.bytes());
    return replay_stage(options_);
  }
  Failure failure_of(const LinesFile& file) {
    try {
      replay(file);
    } catch (const Failure& failure) {
      return failure;
    }
    ADD_FAILURE() << "the file was accepted";
    return {FailureKind::interrupted, ""};
  }
  std::string feed(const std::string& file) const { return read_file(options_.out / file); }

  TemporaryFolder folder_;
  ReplayOptions options_;
};

inline FileColumn times(const std::string& values) {
  return {"timestamp", arrow::timestamp(arrow::TimeUnit::MICRO), values};
}

}  // namespace retailsim::pipeline
