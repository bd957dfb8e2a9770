// raw/_source.json: whose rows this lake holds. One lake holds one feed; rows of another one
// among them would be neither the one nor the other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "lake/lake.h"

namespace retailsim::lake {

struct LakeSource {
  std::string source;  // name of the scenario, or of the file that was replayed
  std::string digest;  // of everything that decides its rows
  std::uint64_t seed = 0;
  bool operator==(const LakeSource&) const = default;
};

// Nothing for a lake that has no rows yet.
std::optional<LakeSource> read_source(ObjectStore& store);
void write_source(ObjectStore& store, const LakeSource& source);

}  // namespace retailsim::lake
