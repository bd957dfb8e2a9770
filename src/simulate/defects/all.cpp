#include "simulate/defect.h"

namespace retailsim::simulate {

std::span<const Defect* const> all_defects() {
  static constexpr const Defect* all[] = {
      &malformed, &null_key,      &mistyped_key,     &bad_date,     &broken_rule,
      &encoding,  &null_value,    &unit_slip,        &sign_flip,    &duplicate,
      &orphan,    &price_outlier, &quantity_outlier, &clock_glitch, &out_of_order};
  return all;
}

}  // namespace retailsim::simulate
