// Publishing: one set of gold objects takes the place of another. Objects can't be replaced
// together, so the list of them, gold/_current.json, is written last, and a reader checks each
// object against it (see published.h).
#pragma once

#include <set>
#include <string>
#include <vector>

#include "lake/current.h"

namespace retailsim::lake {

// A gold object that is finished but not yet published.
struct BuiltObject {
  std::string path;
  std::string bytes;
  ObjectFacts facts;
};

// Puts what was built, removes gold objects that are not `due`, and writes the list of those
// that are; `current` says the run and the days covered. Ctrl-C does not stop it half-way.
// Where it is stopped otherwise, the next publish puts what is missing: whatever is in the lake
// already counts as published only once it is listed.
void publish(Lake& lake, const std::vector<BuiltObject>& built, const std::set<std::string>& due,
             Current current);

// Whether a publish was stopped half-way: the gold objects are not those of the list.
bool is_publish_unfinished(Lake& lake);

}  // namespace retailsim::lake
