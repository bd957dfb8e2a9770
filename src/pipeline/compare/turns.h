// Threads work on numbers in any order and hand in their results in order, each when it is its
// number's turn. So results come in the same order with any number of threads, and as many wait
// as there are threads, no more.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace retailsim::pipeline {

// Every number from 0 has to come, the lower before the higher to each thread.
class Turns {
 public:
  // Calls `hand_in` when all lower numbers have handed in; never, when somebody gave up.
  template <class HandIn>
  void in_turn(std::size_t number, const HandIn& hand_in) {
    std::unique_lock hold{lock_};
    changed_.wait(hold, [&] { return next_ == number || has_given_up_; });
    if (has_given_up_) return;
    hand_in();
    ++next_;
    changed_.notify_all();
  }

  // Whoever cannot hand in must say so, or the others wait for ever.
  void give_up() {
    const std::scoped_lock hold{lock_};
    has_given_up_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex lock_;
  std::condition_variable changed_;
  std::size_t next_ = 0;
  bool has_given_up_ = false;
};

}  // namespace retailsim::pipeline
