// A lake in a folder of the file system.
#include <arrow/io/file.h>
#include <fmt/core.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "base/arrow_status.h"
#include "base/files.h"
#include "lake/stores.h"

namespace retailsim::lake {
namespace {

namespace fs = std::filesystem;

class FolderStore final : public ObjectStore {
 public:
  explicit FolderStore(fs::path root) : root_(std::move(root)) {}

  std::vector<StoredObject> list(const std::string& folder) override {
    std::vector<StoredObject> found;
    std::error_code error;
    for (fs::recursive_directory_iterator at(root_ / folder, error), end; at != end;
         at.increment(error)) {
      if (error) break;
      // Names that begin with a dot are writes that did not finish.
      if (at->is_regular_file() && !at->path().filename().string().starts_with('.'))
        found.push_back(facts_of(at->path().lexically_relative(root_).generic_string()));
    }
    if (error && error != std::errc::no_such_file_or_directory) {
      throw Failure(FailureKind::unreachable,
                    fmt::format("cannot list {}: {}", display(folder), error.message()));
    }
    std::ranges::sort(found, {}, &StoredObject::path);
    return found;
  }

  std::optional<std::string> read(const std::string& path) override {
    if (!fs::exists(root_ / path)) return std::nullopt;
    return read_file(root_ / path);
  }

  Source open(const std::string& path) override {
    if (!fs::exists(root_ / path))
      throw Failure(FailureKind::corrupt_data, fmt::format("{} is missing", display(path)));
    return unwrap(arrow::io::ReadableFile::Open((root_ / path).string()));
  }

  StoredObject put(const std::string& path, const std::string& bytes) override {
    write_file_whole(root_ / path, bytes);
    return facts_of(path);
  }

  void remove(const std::string& path) override {
    std::error_code error;
    fs::remove(root_ / path, error);
    if (error) {
      throw Failure(FailureKind::unreachable,
                    fmt::format("cannot remove {}: {}", display(path), error.message()));
    }
  }

  std::string display(const std::string& path) const override {
    return path.empty() ? root_.string() : (root_ / path).string();
  }

 private:
  StoredObject facts_of(const std::string& path) const {
    struct stat facts {};
    if (::stat((root_ / path).c_str(), &facts) != 0) {
      throw Failure(FailureKind::unreachable, fmt::format("cannot look at {}", display(path)));
    }
    return {path, facts.st_size,
            fmt::format("{}.{:09}", facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec)};
  }

  fs::path root_;
};

}  // namespace

std::unique_ptr<ObjectStore> open_folder(const std::filesystem::path& folder) {
  if (fs::exists(folder) && !fs::is_directory(folder))
    throw Failure(FailureKind::wrong_usage, fmt::format("{} is no folder", folder.string()),
                  "name an empty folder, or one that retailsim made");
  return std::make_unique<FolderStore>(folder);
}

std::vector<std::string> names_in_folder(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    names.push_back(at->path().filename().string());
  if (error && error != std::errc::no_such_file_or_directory) {
    throw Failure(FailureKind::unreachable,
                  fmt::format("cannot list {}: {}", folder.string(), error.message()));
  }
  return names;
}

}  // namespace retailsim::lake
