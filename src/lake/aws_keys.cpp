#include "lake/aws_keys.h"

#include <arrow/filesystem/s3fs.h>

#include <mutex>

#include "base/arrow_status.h"

namespace retailsim::lake {

void start_aws() {
  static std::mutex lock;
  const std::scoped_lock hold{lock};
  // Requests hold credentials, and what the SDK says goes to the terminal: it says nothing.
  if (!arrow::fs::IsS3Initialized()) check(arrow::fs::InitializeS3({arrow::fs::S3LogLevel::Off}));
}

S3Settings with_found_keys(S3Settings settings, const arrow::fs::S3Options& options) {
  if (!settings.access_key.empty()) return settings;
  settings.access_key = options.GetAccessKey();
  settings.secret_key = options.GetSecretKey();
  settings.session_token = options.GetSessionToken();
  return settings;
}

S3Settings with_found_keys(S3Settings settings) {
  if (!settings.access_key.empty()) return settings;
  start_aws();
  // One for the whole process: it remembers keys until they run out.
  static const arrow::fs::S3Options options = arrow::fs::S3Options::Defaults();
  return with_found_keys(std::move(settings), options);
}

}  // namespace retailsim::lake
