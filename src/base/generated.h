// Items that a function makes one after the other, for a reader that takes them one at a time: the
// function runs on a thread of its own and waits until its last item has been taken.
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace retailsim {

template <class Item>
class Generated {
 public:
  using Give = std::function<void(Item)>;

  // Calls make(give), which calls give(item) for each item.
  explicit Generated(std::function<void(const Give&)> make)
      : thread_([this, make = std::move(make)] { run(make); }) {}

  // Stops the function where it gives its next item.
  ~Generated() {
    {
      const std::scoped_lock hold{lock_};
      is_stopped_ = true;
    }
    changed_.notify_all();
  }
  Generated(const Generated&) = delete;
  Generated& operator=(const Generated&) = delete;

  // Nothing after the last item. Throws what the function threw.
  std::optional<Item> next() {
    std::unique_lock hold{lock_};
    changed_.wait(hold, [this] { return item_ || has_ended_; });
    if (!item_ && error_) std::rethrow_exception(error_);
    auto taken = std::exchange(item_, std::nullopt);
    changed_.notify_all();
    return taken;
  }

 private:
  struct Stopped {};

  void give(Item item) {
    std::unique_lock hold{lock_};
    changed_.wait(hold, [this] { return !item_ || is_stopped_; });
    if (is_stopped_) throw Stopped{};
    item_ = std::move(item);
    changed_.notify_all();
  }

  void run(const std::function<void(const Give&)>& make) {
    std::exception_ptr error;
    try {
      make([this](Item item) { give(std::move(item)); });
    } catch (const Stopped&) {
    } catch (...) {
      error = std::current_exception();
    }
    const std::scoped_lock hold{lock_};
    error_ = error;
    has_ended_ = true;
    changed_.notify_all();
  }

  std::mutex lock_;
  std::condition_variable changed_;
  std::optional<Item> item_;
  std::exception_ptr error_;
  bool has_ended_ = false, is_stopped_ = false;
  std::jthread thread_;  // last: it uses the others
};

}  // namespace retailsim
