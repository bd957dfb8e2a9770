// How a lake on S3, or on a server that speaks its protocol, is reached: its address, the
// credentials, the region and the endpoint.
#pragma once

#include <string>
#include <string_view>

#include "base/environment.h"

namespace retailsim::lake {

// s3://bucket/prefix
struct S3Address {
  std::string bucket;
  std::string prefix;  // without a slash at either end; empty: the whole bucket
  bool operator==(const S3Address&) const = default;
};

// Throws Failure(wrong_usage) when the address can't name a bucket and a folder in it.
S3Address parse_s3_address(const std::string& uri);

// Where a server answers that stands for one of Amazon's.
struct ServerAddress {
  std::string scheme = "https";
  std::string host;  // or host:port; empty: Amazon's
};

// Throws Failure(wrong_usage), naming the variable it is the value of, when `url` is no http://
// or https:// address of a server.
ServerAddress parse_endpoint(std::string_view variable, std::string url);

struct S3Settings {
  // Empty: what the AWS SDK finds (a profile, a container's or an EC2 machine's role).
  std::string access_key;
  std::string secret_key;
  std::string session_token;  // of temporary credentials only
  std::string region;
  std::string scheme = "https";
  std::string endpoint;  // host or host:port; empty: Amazon's
  std::string ca_file;   // certificates to trust; empty: the library's own idea
};

// From AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION (or
// AWS_DEFAULT_REGION; else us-east-1), AWS_ENDPOINT_URL and AWS_CA_BUNDLE. Keys and token come
// from one place, the process or `.env`. Throws Failure(wrong_usage) for half a pair of keys
// and for an endpoint that is no http:// or https:// address.
S3Settings s3_settings(const Environment& environment);

// `text` without any of the credentials: what a library says may end in a message or a log.
std::string without_credentials(std::string text, const S3Settings& settings);

}  // namespace retailsim::lake
