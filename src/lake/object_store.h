// Where a lake's objects lie. An object appears whole or not at all, and a reader that has
// opened one keeps reading the same bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lake/parquet_reader.h"

namespace retailsim::lake {

struct StoredObject {
  std::string path;  // below the lake, with '/' between folders
  std::int64_t bytes = 0;
  std::string version;  // another text whenever the object is written again; empty where only
                        // a listing could tell
};

// Safe to share between threads. All functions throw Failure(unreachable) when the storage
// does not answer or refuses.
class ObjectStore {
 public:
  ObjectStore() = default;
  ObjectStore(const ObjectStore&) = delete;
  ObjectStore& operator=(const ObjectStore&) = delete;
  virtual ~ObjectStore() = default;

  // Every object whose path begins with `folder` + '/', sorted by path.
  virtual std::vector<StoredObject> list(const std::string& folder) = 0;
  // Nothing when there is no such object.
  virtual std::optional<std::string> read(const std::string& path) = 0;
  // For reading parts of it, such as the footer. Throws Failure(corrupt_data) when there is no
  // such object.
  virtual Source open(const std::string& path) = 0;
  // For reading all of it: fetched at once where each part would cost a request.
  virtual Source open_whole(const std::string& path) { return open(path); }
  // Writes or replaces, and says what was stored.
  virtual StoredObject put(const std::string& path, const std::string& bytes) = 0;
  // Removing what is not there is no error.
  virtual void remove(const std::string& path) = 0;
  // How many threads keep the storage busy, when `threads` keep the processors busy: more where
  // a thread waits for the network most of the time.
  virtual int busy_threads(int threads) const { return threads; }
  // How a message to people names an object: a file path or a URI.
  virtual std::string display(const std::string& path) const = 0;
};

// Whether a lake that is not there yet is made, or is a mistake.
enum class Expect { anything, a_lake };

// A folder, file:///… or s3://bucket/prefix. Throws Failure(wrong_usage) for other schemes, and
// for a place that holds something else than a lake, or none where one is expected;
// Failure(unreachable) when the storage does not answer, refuses, or has no such bucket.
std::unique_ptr<ObjectStore> open_store(const std::string& uri, Expect expect = Expect::anything);

// Ends what stores have in common. To be called once, at the end of the program, when no store
// is left and none will be opened.
void close_storage();

}  // namespace retailsim::lake
