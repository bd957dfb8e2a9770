// Small whole numbers, counted: exact percentiles in the memory of the largest number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "transform/realism/measure.h"

namespace retailsim::transform::realism {

class Histogram {
 public:
  void add(std::size_t number) {
    if (number >= counts_.size()) counts_.resize(number + 1);
    ++counts_[number];
    ++count_;
  }

  // The smallest number that at least `percent` of a hundred do not exceed.
  Measure percentile(std::int64_t percent, std::string_view why_none) const {
    std::int64_t below = 0;
    for (std::size_t number = 0; number < counts_.size(); ++number) {
      below += counts_[number];
      if (count_ > 0 && 100 * below >= percent * count_) return {static_cast<double>(number)};
    }
    return none(why_none);
  }
  Measure mean(std::string_view why_none) const {
    std::int64_t sum = 0;
    for (std::size_t number = 0; number < counts_.size(); ++number)
      sum += static_cast<std::int64_t>(number) * counts_[number];
    return part_of(sum, count_, why_none);
  }
  std::int64_t count() const { return count_; }
  std::int64_t count_of(std::size_t number) const {
    return number < counts_.size() ? counts_[number] : 0;
  }

 private:
  std::vector<std::int64_t> counts_;
  std::int64_t count_ = 0;
};

}  // namespace retailsim::transform::realism
