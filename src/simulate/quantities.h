// How many units of a product go into the basket.
#pragma once

#include <cstdint>

namespace retailsim::simulate {

// Odds of more than one unit on a line of a product, at that list price in cents: dear products are
// rarely bought twice.
float odds_of_many(float many_logit, std::int32_t list);

// Units of one line: `odds` are the product's times the household's. Promoted products are bought
// twice more often, and who comes for a single thing takes more of it. `unit` is uniform on 0 … 1;
// the smaller, the more.
std::int32_t units_of_line(float odds, std::int32_t list, bool is_promoted, bool is_alone,
                           float unit);

// Its mean, of a line that is not alone.
float mean_units_of_line(float odds, std::int32_t list, bool is_promoted);

}  // namespace retailsim::simulate
