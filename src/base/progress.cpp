#include "base/progress.h"

#include <fmt/core.h>
#include <unistd.h>

#include "base/text.h"

namespace retailsim {

Progress::Progress(std::string what, std::int64_t total, bool quiet)
    : what_(std::move(what)), total_(total), is_shown_(!quiet && ::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (is_shown_) fmt::print(stderr, "\r\033[K");
}

void Progress::advance(std::int64_t rows) {
  steps_ += 1;
  rows_ += rows;
  if (!is_shown_) return;
  const std::unique_lock hold{lock_, std::try_to_lock};
  if (!hold.owns_lock()) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - drawn_ < std::chrono::milliseconds(100)) return;
  drawn_ = now;
  draw();
}

void Progress::draw() {
  const double seconds = std::chrono::duration<double>(drawn_ - start_).count();
  const auto steps = steps_.load();
  const auto rows = rows_.load();
  const double left =
      steps > 0 ? seconds * static_cast<double>(total_ - steps) / static_cast<double>(steps) : 0;
  fmt::print(stderr, "\r\033[K{} {:.0f} %  {} rows, {} rows/s, {:.0f} s left", what_,
             100.0 * static_cast<double>(steps) / static_cast<double>(total_ > 0 ? total_ : 1),
             with_thousands(rows),
             with_thousands(static_cast<std::int64_t>(static_cast<double>(rows) / seconds)), left);
}

}  // namespace retailsim
