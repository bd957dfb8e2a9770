// Numbers that were drawn alike: their mean, and how far chance may have moved it. So a test can
// hold a simulated effect to the size that its parameter says.
#pragma once

#include <cmath>

namespace retailsim::simulate {

class Sample {
 public:
  void add(double value) {
    ++count_;
    const double from_before = value - mean_;
    mean_ += from_before / count_;
    squares_ += from_before * (value - mean_);
  }

  double count() const { return count_; }
  double mean() const { return mean_; }
  double variance() const { return squares_ / (count_ - 1); }

  // Four standard errors of the mean: one sample in 16,000 lies farther from the truth.
  double tolerance() const { return 4 * std::sqrt(variance() / count_); }

 private:
  double count_ = 0;
  double mean_ = 0;
  double squares_ = 0;  // of deviations from the mean
};

// A sum of what was drawn, beside what the laws make it on average.
struct SumAndLaw {
  double found = 0;
  double expected = 0;
  double variance = 0;

  // Four standard deviations, as above.
  double tolerance() const { return 4 * std::sqrt(variance); }
};

}  // namespace retailsim::simulate
