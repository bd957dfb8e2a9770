// Long work under Python: other Python threads run meanwhile, and Ctrl-C stops it at a safe place.
#pragma once

#include <nanobind/nanobind.h>

#include <chrono>
#include <future>

#include "base/interrupt.h"

namespace retailsim::python {

// Calls `work` on a thread of its own, without the GIL, and looks for signals meanwhile: only
// Python's main thread learns of them, so elsewhere nothing stops the work. Throws what `work`
// throws, or KeyboardInterrupt (whatever a signal handler raises) when the work has ended.
template <class Work>
auto interruptibly(const Work& work) {
  auto result = std::async(std::launch::async, work);
  const nanobind::gil_scoped_release release;
  while (result.wait_for(std::chrono::milliseconds(50)) != std::future_status::ready) {
    const nanobind::gil_scoped_acquire acquire;
    if (PyErr_CheckSignals() == 0) continue;
    nanobind::python_error raised;
    interrupt();
    {
      const nanobind::gil_scoped_release wait;
      result.wait();
    }
    forget_interrupt();
    throw raised;
  }
  return result.get();
}

}  // namespace retailsim::python
