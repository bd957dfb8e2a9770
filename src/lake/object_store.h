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
  std::string version;  // another text whenever the object is written again
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
  // Throws Failure(corrupt_data) when there is no such object.
  virtual Source open(const std::string& path) = 0;
  // Writes or replaces, and says what was stored.
  virtual StoredObject put(const std::string& path, const std::string& bytes) = 0;
  // Removing what is not there is no error.
  virtual void remove(const std::string& path) = 0;
  // How a message to people names an object: a file path or a URI.
  virtual std::string display(const std::string& path) const = 0;
};

// Whether a lake that is not there yet is made, or is a mistake.
enum class Expect { anything, a_lake };

// A folder, or file:///…. Throws Failure(wrong_usage) for other schemes, and for a
// folder that holds something else than a lake, or none where one is expected.
std::unique_ptr<ObjectStore> open_store(const std::string& uri, Expect expect = Expect::anything);

}  // namespace retailsim::lake
