// Who comes in and buys.
#pragma once

#include "model/tables/events.h"
#include "transform/realism/measure.h"

namespace retailsim::transform::realism {

class Visitors {
 public:
  void add(const Visit& visit) {
    ++visits_;
    buying_ += visit.transaction_id ? 1 : 0;
  }

  // As the KPI: visit_transactions / visitors.
  Measure conversion() const { return part_of(buying_, visits_, "no visits"); }

 private:
  std::int64_t visits_ = 0, buying_ = 0;
};

}  // namespace retailsim::transform::realism
