// The border between Arrow's error idiom and ours: a bad Status becomes a Failure.
#pragma once

#include <arrow/result.h>
#include <arrow/status.h>

#include <utility>

#include "base/failure.h"

namespace retailsim {

inline void check(const arrow::Status& status) {
  if (status.ok()) return;
  throw Failure(status.IsIOError() ? FailureKind::unreachable : FailureKind::corrupt_data,
                status.message());
}

template <class T>
T unwrap(arrow::Result<T> result) {
  check(result.status());
  return std::move(result).ValueUnsafe();
}

}  // namespace retailsim
