// The kinds of storage that open_store chooses from.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "lake/object_store.h"

namespace retailsim::lake {

// Throws Failure(wrong_usage) when it is a file.
std::unique_ptr<ObjectStore> open_folder(const std::filesystem::path& folder);
// What lies in it, directly; nothing when it is not there.
std::vector<std::string> names_in_folder(const std::filesystem::path& folder);

// `names` gets what lies below the prefix, directly: asking for it shows whether bucket and
// credentials are right. Throws Failure: wrong_usage as parse_s3_address and s3_settings do,
// unreachable when the storage does not answer or refuses, or the bucket is not there.
std::unique_ptr<ObjectStore> open_s3(const std::string& uri, std::vector<std::string>& names);
void close_s3();

}  // namespace retailsim::lake
