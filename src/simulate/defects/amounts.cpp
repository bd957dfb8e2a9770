// Measures of a line that are missing, in cents for units, or of the wrong sign. One column is
// struck: what it was follows from the others.
#include <span>

#include "simulate/defect.h"

namespace retailsim::simulate {
namespace {

constexpr std::string_view amounts[] = {"gross",      "discount",  "net",
                                        "list_price", "unit_cost", "tax"};
constexpr std::string_view needed[] = {"gross",     "discount",   "net",
                                       "unit_cost", "list_price", "quantity"};
constexpr std::string_view signed_ones[] = {"gross",     "discount", "net",     "list_price",
                                            "unit_cost", "tax",      "quantity"};

// One of the columns by chance; empty when it is 0 or not there, which would change nothing.
std::string_view chosen(const Victim& victim, std::span<const std::string_view> columns,
                        Draws& draws) {
  const std::string_view column =
      columns[below(static_cast<std::uint32_t>(columns.size()), draws.word())];
  const std::string text = column_text(victim.struck_line(), column);
  return text == "0.00" || text == null_text ? std::string_view{} : column;
}

bool leave_out(Victim& victim, Draws& draws) {
  const std::string_view column = needed[below(std::size(needed), draws.word())];
  if (column_text(victim.struck_line(), column) == null_text) return false;
  victim.replace(column, std::string{null_text});
  return true;
}

bool send_cents(Victim& victim, Draws& draws) {
  const std::string_view column = chosen(victim, amounts, draws);
  if (column.empty()) return false;
  std::string sent = column_text(victim.struck_line(), column);
  sent.erase(sent.find('.'), 1);
  sent.erase(0, std::min(sent.find_first_not_of('0'), sent.size() - 1));
  victim.replace(column, fmt::format("{}.00", sent));
  return true;
}

bool turn_sign(Victim& victim, Draws& draws) {
  const std::string_view column = chosen(victim, signed_ones, draws);
  if (column.empty()) return false;
  victim.replace(column, fmt::format("-{}", column_text(victim.struck_line(), column)));
  return true;
}

}  // namespace

const Defect null_value{DefectKind::null_value, line_row, leave_out};
const Defect unit_slip{DefectKind::unit_slip, line_row, send_cents};
const Defect sign_flip{DefectKind::sign_flip, line_row, turn_sign};

}  // namespace retailsim::simulate
