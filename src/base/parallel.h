// Runs a loop on several threads. Which thread takes which number is open, so the
// work must depend on its number alone: that is what keeps the bytes the same.
#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "base/interrupt.h"

namespace retailsim {

// What Ctrl-C does to a loop: work that must not be left half-done is finished first.
enum class OnInterrupt { stop, finish };

// Calls work(number, worker) for number in 0..count-1; `worker` is in 0..threads-1. The
// first exception stops the loop and is thrown again here.
inline void parallel_for(std::size_t count, int threads,
                         const std::function<void(std::size_t number, int worker)>& work,
                         OnInterrupt on_interrupt = OnInterrupt::stop) {
  std::atomic<std::size_t> next{0};
  std::mutex lock;
  std::exception_ptr error;
  const auto run = [&](int worker) {
    for (;;) {
      const std::size_t number = next.fetch_add(1);
      if (number >= count) return;
      try {
        if (on_interrupt == OnInterrupt::stop) stop_if_interrupted();
        work(number, worker);
      } catch (...) {
        const std::scoped_lock hold{lock};
        if (!error) error = std::current_exception();
        next.store(count);
        return;
      }
    }
  };
  {
    std::vector<std::jthread> helpers;
    for (int worker = 1; worker < threads && static_cast<std::size_t>(worker) < count; ++worker)
      helpers.emplace_back(run, worker);
    run(0);
  }
  if (error) std::rethrow_exception(error);
}

}  // namespace retailsim
