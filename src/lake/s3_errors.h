// What S3 answered -> a Failure that says what to do about it.
#pragma once

#include <arrow/type_fwd.h>

#include <string>

#include "lake/s3_settings.h"

namespace retailsim::lake {

// `action` and `uri` say what was tried, as in "cannot write s3://bucket/key". Always throws
// Failure(unreachable), and never with a credential in its words.
[[noreturn]] void throw_s3_failure(const arrow::Status& status, const std::string& action,
                                   const std::string& uri, const S3Settings& settings);

}  // namespace retailsim::lake
