// How a line of a receipt is mended: the rules that set a wrong or missing measure right from
// the others, the price table and the tax rate. A line that is good already costs a few
// comparisons. Pure.
#pragma once

#include "transform/catalogue.h"
#include "transform/clean_row.h"

namespace retailsim::transform {

// Mends the line where it can be mended; each change is noted with both values. Returns why
// the line has to be refused when it still is not right.
std::optional<BrokenRule> mend_line(Delivered<TransactionLine>& line, const Catalogue& catalogue,
                                    std::vector<Finding>& findings);

}  // namespace retailsim::transform
