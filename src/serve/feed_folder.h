// A feed folder as a server sees it: the manifest as it is now, and row files mapped into
// memory. Days may be added, and the whole feed replaced, while it is being served.
// Every call may come from any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/files.h"
#include "feed/manifest.h"

namespace retailsim::serve {

// One state of the manifest. Whoever holds it keeps a consistent view of the feed.
struct Edition {
  feed::Manifest manifest;
  std::string text;  // manifest.json, byte for byte
};

using SharedFile = std::shared_ptr<const MappedFile>;

class FeedFolder {
 public:
  // Throws Failure as feed::read_manifest does.
  explicit FeedFolder(std::filesystem::path folder);

  // The manifest, read again when the file has changed. Throws Failure(corrupt_data) without
  // naming a path when it can't be read: the message may go to a client.
  std::shared_ptr<const Edition> current();

  // A row file that the manifest names, whole, as lines that each end in a newline. Throws
  // Failure(corrupt_data), again without a path, when it is missing or not as long as `facts`
  // say. Files appear by renaming and are never changed in place, so what is mapped stays.
  SharedFile open(std::string_view table, const std::optional<Day>& feed_date,
                  const feed::FileFacts& facts);

 private:
  // Tells one version of a file from the next.
  struct Stamp {
    std::uint64_t inode = 0;
    std::int64_t size = -1, modified_ns = 0;
    bool operator==(const Stamp&) const = default;
  };
  static Stamp stamp_of(const std::filesystem::path& path);

  struct Opened {
    std::filesystem::path path;
    Stamp stamp;
    SharedFile file;
  };

  std::filesystem::path folder_;
  std::mutex lock_;
  std::shared_ptr<const Edition> edition_;
  Stamp edition_stamp_;
  std::list<Opened> recent_;  // most recently used first
};

}  // namespace retailsim::serve
