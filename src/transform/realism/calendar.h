// When people shop: by weekday, hour and month.
//
// Kept in memory: a flag a day and a sum a month.
#pragma once

#include <array>
#include <map>
#include <vector>

#include "transform/realism/basket.h"
#include "transform/realism/survey.h"

namespace retailsim::transform::realism {

// Not for sharing between threads; the same goes for the other themes.
class Calendar {
 public:
  explicit Calendar(const Window& window)
      : window_(window), has_sales_(static_cast<std::size_t>(window.days())) {}

  void add(const Basket& basket);

  // Sales a day of the busiest weekday, over the mean of the weekdays that have sales. Days
  // count from the first sale to the last, with or without sales.
  Measure weekday_peak() const;
  // Sales of the busiest hour of the day, over the mean of the hours that have sales; those
  // made in a store, since a web shop never closes.
  Measure hour_peak() const;
  // Net sales a day with sales, of the best over the worst of the last twelve whole months.
  // A month is whole too when sales begin or end up to three days short of it: shops close
  // for the New Year.
  Measure month_range() const;

 private:
  bool is_whole(Month month) const;
  std::int64_t open_days(Month month) const;

  Window window_;
  std::array<std::int64_t, 7> by_weekday_{};
  std::array<std::int64_t, 24> by_hour_{};
  std::map<Month, std::int64_t> net_;  // cents, less returns
  std::vector<bool> has_sales_;        // by day of the window
};

}  // namespace retailsim::transform::realism
