// A line on stderr that says how far a long stage is, with its rate and the time left.
// Silent unless stderr is a terminal.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

namespace retailsim {

// Safe to advance from several threads.
class Progress {
 public:
  // `total` steps; rows are counted beside them.
  Progress(std::string what, std::int64_t total, bool quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void advance(std::int64_t rows);

 private:
  void draw();

  std::string what_;
  std::int64_t total_;
  bool is_shown_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point drawn_ = start_;
  std::atomic<std::int64_t> steps_{0};
  std::atomic<std::int64_t> rows_{0};
  std::mutex lock_;
};

}  // namespace retailsim
