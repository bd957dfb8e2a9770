#include "lake/published.h"

#include <fmt/core.h>

#include <atomic>
#include <thread>

#include "base/failure.h"
#include "base/parallel.h"

namespace retailsim::lake {
namespace {

// Nothing when the object is not the one that the list names: it is being replaced just now.
std::optional<std::string> read_listed(ObjectStore& store, const PublishedObject& object) {
  auto bytes = store.read(object.path);
  if (!bytes) return std::nullopt;
  const KeyValues facts = read_facts(source_of(*bytes), store.display(object.path));
  const auto inputs = facts.find("inputs");
  if (inputs == facts.end() || inputs->second != object.inputs) return std::nullopt;
  return bytes;
}

}  // namespace

Published::Published(ObjectStore& store, const std::vector<std::string>& tables,
                     std::chrono::milliseconds patience) {
  const auto give_up = std::chrono::steady_clock::now() + patience;
  for (;;) {
    const bool is_last = std::chrono::steady_clock::now() > give_up;
    try {
      if (read(store, tables)) return;
    } catch (const Failure& failure) {
      // What is being replaced can be understood the next time; what is damaged can't.
      if (failure.kind() != FailureKind::corrupt_data || is_last) throw;
    }
    if (is_last) {
      throw Failure(
          FailureKind::corrupt_data,
          fmt::format("a publish into {} is unfinished", store.display("gold")),
          fmt::format("complete it with: retailsim transform --lake {}", store.display("")));
    }
    stop_if_interrupted();
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

bool Published::read(ObjectStore& store, const std::vector<std::string>& tables) {
  auto current = read_current(store);
  if (!current) {
    throw Failure(FailureKind::wrong_usage,
                  fmt::format("nothing was published in {} yet", store.display("gold")),
                  fmt::format("retailsim run scenarios/tiny.toml --lake {}", store.display("")));
  }
  current_ = std::move(*current);
  objects_.clear();
  std::vector<PublishedObject> wanted;
  for (const auto& object : current_.objects) {
    const bool is_wanted = std::ranges::any_of(tables, [&](const std::string& table) {
      return object.path.starts_with(fmt::format("gold/{}/", table));
    });
    if (!is_wanted) continue;
    wanted.push_back(object);
    objects_.emplace_back(object.path, std::string{});
  }
  std::atomic<bool> is_whole = true;
  parallel_for(wanted.size(), store.busy_threads(1), [&](std::size_t at, int) {
    if (!is_whole) return;
    if (auto bytes = read_listed(store, wanted[at])) {
      objects_[at].second = std::move(*bytes);
    } else {
      is_whole = false;
    }
  });
  return is_whole;
}

}  // namespace retailsim::lake
