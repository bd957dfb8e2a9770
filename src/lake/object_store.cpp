#include "lake/object_store.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/failure.h"
#include "lake/stores.h"

namespace retailsim::lake {
namespace {

// What a lake may hold at its top; anything else is somebody else's.
void refuse_foreign(const std::string& uri, const std::vector<std::string>& names) {
  constexpr std::string_view ours[] = {"raw",  "quarantine", "findings", "clean",
                                       "gold", "_runs",      "_index",   "_redshift"};
  for (const auto& name : names) {
    if (name.starts_with('.') || std::ranges::find(ours, name) != std::end(ours)) continue;
    throw Failure(FailureKind::wrong_usage, fmt::format("{} is no lake: it holds {}", uri, name),
                  "name an empty folder, or one that retailsim made");
  }
}

void expect_something(const std::string& uri, bool is_there) {
  if (is_there) return;
  throw Failure(FailureKind::wrong_usage, fmt::format("there is no lake at {}", uri),
                fmt::format("retailsim run scenarios/tiny.toml --lake {}", uri));
}

}  // namespace

std::unique_ptr<ObjectStore> open_store(const std::string& uri, Expect expect) {
  if (uri.starts_with("s3://")) {
    std::vector<std::string> names;
    auto store = open_s3(uri, names);
    if (expect == Expect::a_lake) expect_something(uri, !names.empty());
    refuse_foreign(uri, names);
    return store;
  }
  std::string folder = uri;
  if (uri.find("://") != uri.npos) {
    if (!uri.starts_with("file:///")) {
      throw Failure(FailureKind::wrong_usage,
                    fmt::format("the lake {} is no folder, file:/// or s3:// address", uri),
                    "retailsim run --lake lake");
    }
    folder = uri.substr(std::string_view{"file://"}.size());
  }
  if (folder.empty()) throw Failure(FailureKind::wrong_usage, "the lake has no name");
  if (expect == Expect::a_lake) expect_something(uri, std::filesystem::exists(folder));
  auto store = open_folder(folder);
  refuse_foreign(folder, names_in_folder(folder));
  return store;
}

void close_storage() { close_s3(); }

}  // namespace retailsim::lake
