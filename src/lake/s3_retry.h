// When a request to S3 is tried again, and after how long.
#pragma once

#include <arrow/filesystem/s3fs.h>

#include <atomic>

namespace retailsim::lake {

// The pause doubles from a tenth of a second to five seconds, each shortened at random so that
// many clients don't come back at once. Safe to share between threads.
class S3Retries final : public arrow::fs::S3RetryStrategy {
 public:
  bool ShouldRetry(const AWSErrorDetail& error, std::int64_t attempted_retries) override;
  // Milliseconds.
  std::int64_t CalculateDelayBeforeNextRetry(const AWSErrorDetail& error,
                                             std::int64_t attempted_retries) override;
  // The server has answered once, so the address is right, and a silence will pass: wait for
  // half a minute from now on. Before, a second is enough to learn of a wrong address.
  void be_patient() { is_patient_ = true; }

 private:
  std::atomic<bool> is_patient_ = false;
};

}  // namespace retailsim::lake
