// gold/_current.json: the published state. It is written last, so whoever reads the gold
// objects it lists, and checks their `inputs`, sees one consistent set.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lake/lake.h"

namespace retailsim::lake {

struct PublishedObject {
  std::string path;
  std::string inputs;
  std::int64_t rows = 0;
  bool operator==(const PublishedObject&) const = default;
};

struct Current {
  std::string run_id;            // the run that published
  std::optional<Day> data_from;  // first and last business day of the data
  std::optional<Day> data_through;
  std::vector<PublishedObject> objects;  // sorted by path
};

// Nothing when the lake was never published. Throws Failure(wrong_usage) when it was
// written by a newer version.
std::optional<Current> read_current(ObjectStore& store);
void write_current(ObjectStore& store, const Current& current);

}  // namespace retailsim::lake
