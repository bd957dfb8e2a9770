// Lines whose amounts hang together and are still not true: a price with a digit too many, a
// case counted as pieces.
#include "simulate/defect.h"
#include "simulate/elementary.h"

namespace retailsim::simulate {
namespace {

Cents scaled(Cents amount, double factor) {
  return {static_cast<std::int64_t>(std::floor(static_cast<double>(amount.value) * factor + 0.5))};
}

void send(Victim& victim, std::string_view column, const std::string& number) {
  victim.damage.overrides.push_back({victim.line, column, number});
}

bool misprice(Victim& victim, Draws& draws) {
  const TransactionLine& line = victim.struck_line();
  const double size = victim.magnitude(draws);
  const double factor = (draws.word() & 1) != 0 ? size : 1 / size;
  const Cents list = scaled(line.list_price, factor);
  // Whole cents can't be far enough below the price of very cheap goods.
  const double least = line.list_price.value > list.value
                           ? static_cast<double>(line.list_price.value)
                           : static_cast<double>(list.value);
  const double most = line.list_price.value > list.value
                          ? static_cast<double>(list.value)
                          : static_cast<double>(line.list_price.value);
  if (list.value < 1 || least < victim.knob.at_least * most || least > victim.knob.at_most * most)
    return false;
  const Cents gross = line.quantity * list;
  const Cents net{std::min(scaled(line.net, factor).value, gross.value)};
  send(victim, "list_price", plain_text(list));
  send(victim, "discount", plain_text(gross - net));
  send(victim, "net", plain_text(net));
  if (line.tax) send(victim, "tax", plain_text(scaled(*line.tax, factor)));
  victim.replace("gross", plain_text(gross));
  return true;
}

bool miscount(Victim& victim, Draws& draws) {
  const TransactionLine& line = victim.struck_line();
  const auto times = rounded(victim.magnitude(draws));
  send(victim, "gross", plain_text(times * line.gross));
  send(victim, "discount", plain_text(times * line.discount));
  send(victim, "net", plain_text(times * line.net));
  if (line.tax) send(victim, "tax", plain_text(times * *line.tax));
  victim.replace("quantity", plain_text(times * line.quantity));
  return true;
}

}  // namespace

const Defect price_outlier{DefectKind::price_outlier, line_row, misprice};
const Defect quantity_outlier{DefectKind::quantity_outlier, line_row, miscount};

}  // namespace retailsim::simulate
