// Whose name requests to Amazon are made in, where the settings name no keys: what the AWS SDK
// inside Arrow finds, in this order: a profile, web identity, a container's role, an EC2
// machine's role.
#pragma once

#include "lake/s3_settings.h"

namespace arrow::fs {
struct S3Options;
}

namespace retailsim::lake {

// Starts what the SDK needs, once; close_storage() ends it. Throws Failure(unreachable).
void start_aws();

// `settings` with keys and token, if `options` have any. Keys of a role change every few hours:
// ask again rather than keep them.
S3Settings with_found_keys(S3Settings settings, const arrow::fs::S3Options& options);
// By the SDK's own search.
S3Settings with_found_keys(S3Settings settings);

}  // namespace retailsim::lake
