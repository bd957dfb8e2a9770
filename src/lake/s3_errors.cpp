#include "lake/s3_errors.h"

#include <arrow/status.h>
#include <fmt/core.h>

#include <string_view>

#include "base/failure.h"

namespace retailsim::lake {
namespace {

struct Known {
  std::string_view mark;  // in Arrow's words
  std::string_view what;
  std::string_view hint;
};

constexpr std::string_view check_keys =
    "check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, in the environment or in .env";

// The first that fits counts.
constexpr Known known[] = {
    {"NO_SUCH_BUCKET", "there is no such bucket",
     "create it first, for example: aws s3 mb s3://{bucket}"},
    {"SIGNATURE_DOES_NOT_MATCH", "the secret key does not belong to the access key", check_keys},
    {"SignatureDoesNotMatch", "the secret key does not belong to the access key", check_keys},
    {"INVALID_ACCESS_KEY_ID", "the access key is unknown", check_keys},
    {"InvalidAccessKeyId", "the access key is unknown", check_keys},
    {"INVALID_CLIENT_TOKEN_ID", "the session token is not valid",
     "set AWS_SESSION_TOKEN to the token that came with the keys, or to nothing"},
    {"InvalidToken", "the session token is not valid",
     "set AWS_SESSION_TOKEN to the token that came with the keys, or to nothing"},
    {"ExpiredToken", "the session token has expired",
     "fetch new keys and set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN"},
    {"PermanentRedirect", "the bucket lies in another region", "set AWS_REGION to its region"},
    {"AuthorizationHeaderMalformed", "the bucket lies in another region",
     "set AWS_REGION to its region"},
    {"HTTP status 301", "the bucket lies in another region", "set AWS_REGION to its region"},
    {"RequestTimeTooSkewed", "this machine's clock is wrong", "set the clock, then try again"},
    {"ACCESS_DENIED", "access is denied",
     "the keys need the rights s3:ListBucket, s3:GetObject, s3:PutObject and s3:DeleteObject on "
     "{bucket}"},
    {"HTTP status 403", "access is denied",
     "the keys need the rights s3:ListBucket, s3:GetObject, s3:PutObject and s3:DeleteObject on "
     "{bucket}"},
    {"QuotaExceeded", "the storage is full", "free some room in {bucket}, then run again"},
    {"curlCode: 60", "the certificate of the server {endpoint} is not trusted",
     "set AWS_CA_BUNDLE to a file with the certificate of the authority that signed it"},
    {"NETWORK_CONNECTION", "the server {endpoint} can't be reached",
     "is AWS_ENDPOINT_URL right, and does the server run?"},
};

std::string filled_in(std::string_view pattern, const std::string& uri,
                      const S3Settings& settings) {
  std::string text{pattern};
  const auto put = [&](std::string_view name, const std::string& value) {
    if (const auto at = text.find(name); at != text.npos) text.replace(at, name.size(), value);
  };
  constexpr std::size_t behind_scheme = 5;
  put("{bucket}", uri.substr(behind_scheme, uri.find('/', behind_scheme) - behind_scheme));
  put("{endpoint}", settings.endpoint.empty()
                        ? "of Amazon S3"
                        : fmt::format("{}://{}", settings.scheme, settings.endpoint));
  return text;
}

}  // namespace

void throw_s3_failure(const arrow::Status& status, const std::string& action,
                      const std::string& uri, const S3Settings& settings) {
  std::string said = without_credentials(status.message(), settings);
  for (const auto& each : known) {
    if (said.find(each.mark) == said.npos) continue;
    throw Failure(FailureKind::unreachable,
                  fmt::format("cannot {} {}: {}", action, uri, filled_in(each.what, uri, settings)),
                  filled_in(each.hint, uri, settings));
  }
  throw Failure(FailureKind::unreachable, fmt::format("cannot {} {}: {}", action, uri, said),
                "what is finished is kept: run the same command again");
}

}  // namespace retailsim::lake
