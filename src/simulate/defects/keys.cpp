// What makes a row unreadable as its table: broken text, keys that are null or no number.
#include "simulate/defect.h"

namespace retailsim::simulate {
namespace {

std::string_view key_column(const Victim& victim) {
  if (victim.visit != nullptr) return "visit_id";
  return victim.line == whole_row ? "transaction_id" : "line_number";
}

bool cut_off(Victim& victim, Draws&) {
  victim.damage.is_cut = true;
  victim.note();
  return true;
}

bool lose_key(Victim& victim, Draws&) {
  victim.replace(key_column(victim), std::string{null_text});
  return true;
}

// A till that sends its own receipt numbers.
bool mistype_key(Victim& victim, Draws& draws) {
  const std::string sent = fmt::format("T{:04}-{}", draws.word() % 10'000, victim.key());
  victim.replace(key_column(victim), fmt::format("\"{}\"", sent), sent);
  return true;
}

}  // namespace

const Defect malformed{DefectKind::malformed, visit_row | receipt_row, cut_off};
const Defect null_key{DefectKind::null_key, visit_row | receipt_row | line_row, lose_key};
const Defect mistyped_key{DefectKind::mistyped_key, visit_row | receipt_row | line_row,
                          mistype_key};

}  // namespace retailsim::simulate
