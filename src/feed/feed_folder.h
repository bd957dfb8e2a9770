// A feed folder being written: which deliveries it holds, which are missing, and the new
// ones. One folder holds one scenario; another one is refused unless it may be overwritten.
#pragma once

#include <mutex>

#include "base/files.h"
#include "base/sha256.h"
#include "feed/manifest.h"

namespace retailsim::feed {

// A delivery under way. It gets its name, and its place in the manifest, when committed.
class NewDelivery {
 public:
  explicit NewDelivery(const std::filesystem::path& path) : file_(path) {}
  // `text` is whole lines.
  void append(std::string_view text, std::int64_t rows);
  FileFacts commit();

 private:
  NewFile file_;
  Sha256 hash_;
  FileFacts facts_;
};

class FeedFolder {
 public:
  // `identity` says whose feed this is (its tables are ignored). Throws Failure(wrong_usage)
  // when the folder holds another feed and `overwrite` is false, or anything that is no feed.
  // Waits while another process writes into the folder.
  FeedFolder(std::filesystem::path folder, const Manifest& identity, bool overwrite);

  // Whether the delivery is there and has the bytes that the manifest says.
  bool holds(std::string_view table, const std::optional<Day>& feed_date) const;
  std::filesystem::path path_of(std::string_view table, const std::optional<Day>& feed_date) const {
    return file_of(folder_, table, feed_date);
  }
  // Safe to call from several threads.
  void add(std::string_view table, const std::optional<Day>& feed_date, const FileFacts& facts);
  // A table that exists but has no delivery, so that readers can tell it from an unknown one.
  void add_table(std::string_view table);
  // Writes the manifest, when it changed.
  void finish();

 private:
  std::filesystem::path folder_;
  FolderLock writer_;  // two writers would each drop the other's deliveries from the manifest
  Manifest manifest_;
  Manifest before_;
  std::mutex lock_;
};

}  // namespace retailsim::feed
