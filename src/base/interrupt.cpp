#include "base/interrupt.h"

#include <atomic>
#include <csignal>
#include <cstdlib>

#include "base/failure.h"

namespace retailsim {
namespace {

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void on_signal(int number) {
  if (interrupted.exchange(true)) {
    std::signal(number, SIG_DFL);
    std::raise(number);
  }
}

}  // namespace

void catch_interrupts() {
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  // A file beyond the allowed size (ulimit -f) is an error of the write, not the end.
  std::signal(SIGXFSZ, SIG_IGN);
}

bool is_interrupted() noexcept { return interrupted.load(std::memory_order_relaxed); }

void interrupt() noexcept { interrupted.store(true); }
void forget_interrupt() noexcept { interrupted.store(false); }

void stop_if_interrupted() {
  if (is_interrupted()) {
    throw Failure(FailureKind::interrupted, "interrupted",
                  "run the same command again: what is done is kept");
  }
}

}  // namespace retailsim
