#include "lake/s3_retry.h"

#include <algorithm>
#include <random>

#include "base/interrupt.h"

namespace retailsim::lake {
namespace {

constexpr std::int64_t first_pause_ms = 100;
constexpr std::int64_t longest_pause_ms = 5000;
constexpr std::int64_t first_retries = 3;
constexpr std::int64_t patient_retries = 10;

}  // namespace

bool S3Retries::ShouldRetry(const AWSErrorDetail& error, std::int64_t attempted_retries) {
  if (!error.should_retry || is_interrupted()) return false;
  return attempted_retries < (is_patient_ ? patient_retries : first_retries);
}

std::int64_t S3Retries::CalculateDelayBeforeNextRetry(const AWSErrorDetail&,
                                                      std::int64_t attempted_retries) {
  const auto doublings = std::min<std::int64_t>(attempted_retries, 16);
  const auto pause = std::min(first_pause_ms << doublings, longest_pause_ms);
  static thread_local std::minstd_rand random{std::random_device{}()};
  return std::uniform_int_distribution<std::int64_t>{pause / 2, pause}(random);
}

}  // namespace retailsim::lake
