#include "lake/published.h"

#include <fmt/core.h>

#include <chrono>
#include <thread>

#include "base/failure.h"
#include "base/interrupt.h"

namespace retailsim::lake {

Published::Published(ObjectStore& store, const std::vector<std::string>& tables) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (!read(store, tables)) {
    if (std::chrono::steady_clock::now() > give_up) {
      throw Failure(FailureKind::corrupt_data,
                    fmt::format("a publish into {} is unfinished", store.display("gold")),
                    "complete it with: retailsim transform --lake LAKE");
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
                  "retailsim run scenarios/tiny.toml --lake LAKE");
  }
  current_ = std::move(*current);
  objects_.clear();
  for (const auto& object : current_.objects) {
    const bool is_wanted = std::ranges::any_of(tables, [&](const std::string& table) {
      return object.path.starts_with(fmt::format("gold/{}/", table));
    });
    if (!is_wanted) continue;
    auto bytes = store.read(object.path);
    if (!bytes) return false;
    const KeyValues facts = read_facts(source_of(*bytes), store.display(object.path));
    const auto inputs = facts.find("inputs");
    if (inputs == facts.end() || inputs->second != object.inputs) return false;
    objects_.emplace_back(object.path, std::move(*bytes));
  }
  return true;
}

}  // namespace retailsim::lake
