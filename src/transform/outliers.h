// Lines whose price or quantity is nothing like what the product usually has. Robust: the
// usual is a median, and so is the spread around it (Hampel's identifier), so that the outliers
// do not hide themselves. Pure; looks at one month.
#pragma once

#include <span>
#include <vector>

#include "transform/catalogue.h"
#include "validate/row_rules.h"

namespace retailsim::transform {

struct OutlierLine {
  std::size_t line;  // place among the lines
  validate::BrokenRule broken;
};

// By place. `lines` are those of one month, repaired, of products in the catalogue; returns
// count like sales.
//
// |log(gross ÷ quantity) − median of these logs| > 5 · max(1.4826 · MAD, 0.25) is a price
// outlier. Of the log of the quantity likewise, where the spread is 1.4826 · MAD, at least 0.5
// (or, of 100 lines and more, 1.4 times the root mean square of what lies within reach), and at
// most 0.556. The medians are over the product's lines; for a product of fewer than 20, over
// those of its category, with prices as parts of the product's listed price (without a price
// table, of the product's own median price). The bounds are there because most products have
// one price and are bought singly: their MAD is 0, and on a real panel the plain rule would
// refuse an eighth of all lines; see docs/decisions/0010.
std::vector<OutlierLine> find_outliers(std::span<const TransactionLine> lines,
                                       const Catalogue& catalogue);

}  // namespace retailsim::transform
