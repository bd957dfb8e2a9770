// How many units of a product go into the basket.
#pragma once

#include <cstdint>

namespace retailsim::simulate {

// Units of one line: `many_logit` is that of the product and the household, `list` the list
// price in cents. Dear products are rarely bought twice, promoted ones more often, and who comes
// for a single thing takes more of it. `unit` and `size_unit` are uniform on 0 … 1.
std::int32_t units_of_line(float many_logit, std::int32_t list, bool is_promoted, bool is_alone,
                           float unit, float size_unit);

// Its mean, of a line that is not alone.
float mean_units_of_line(float many_logit, std::int32_t list, bool is_promoted);

}  // namespace retailsim::simulate
