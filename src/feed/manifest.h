// What a feed folder holds: the files of a source system, as the simulation (or a replay)
// wrote them, with a manifest that names every file with its rows and SHA-256.
//
//   <table>.ndjson               a snapshot, the whole table
//   <table>/<feed_date>.ndjson   the events that were delivered on that day
//   manifest.json                written last: what it does not name is not there
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "model/time.h"

namespace retailsim::feed {

struct FileFacts {
  std::int64_t rows = 0;
  std::int64_t bytes = 0;
  std::string sha256;
  bool operator==(const FileFacts&) const = default;
};

// By feed date; a snapshot has a single entry without one.
using TableFiles = std::map<std::optional<Day>, FileFacts>;

struct Manifest {
  std::string source;  // name of the scenario, or of the file that is replayed
  std::string digest;  // of everything that decides the rows: scenario, seed, scale
  std::uint64_t seed = 0;
  std::map<std::string, TableFiles, std::less<>> tables;  // by table name, e.g. "visit"

  bool operator==(const Manifest&) const = default;
};

inline constexpr int manifest_format = 1;

// Where a table's file lies below the feed folder.
std::filesystem::path file_of(const std::filesystem::path& folder, std::string_view table,
                              const std::optional<Day>& feed_date);

bool has_manifest(const std::filesystem::path& folder);

// Throws Failure: wrong_usage when the folder or its manifest is missing or of a newer
// format, corrupt_data when the manifest can't be understood.
Manifest read_manifest(const std::filesystem::path& folder);
void write_manifest(const std::filesystem::path& folder, const Manifest& manifest);

// The JSON text of manifest.json, which is also what /v1/manifest answers.
std::string to_json(const Manifest& manifest);
// `origin` (a path or URL) appears in error messages.
Manifest manifest_from_json(std::string_view text, std::string_view origin);

}  // namespace retailsim::feed
