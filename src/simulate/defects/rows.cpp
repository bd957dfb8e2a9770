// Rows that are sent twice, out of turn, or refer to what does not exist.
#include "simulate/defect.h"

namespace retailsim::simulate {
namespace {

int rows(const Victim& victim, Draws& draws) { return rounded(victim.magnitude(draws)); }

bool send_twice(Victim& victim, Draws& draws) {
  victim.damage.repeated_after = rows(victim, draws);
  victim.note();
  for (const auto& line : victim.lines)
    victim.note(TransactionLine::table, key_text(line), std::nullopt, std::nullopt, std::nullopt);
  return true;
}

bool send_later(Victim& victim, Draws& draws) {
  victim.damage.displaced_by = rows(victim, draws);
  victim.note();
  return true;
}

// Numbers beyond those in use, as a branch that was never set up would send.
std::string unknown(std::size_t in_use, Draws& draws) {
  return fmt::format("{}", in_use + 1'000'000 + below(1'000'000, draws.word()));
}

bool refer_to_nothing(Victim& victim, Draws& draws) {
  const World& world = victim.world;
  if (victim.line != whole_row) {
    victim.replace("product_id", unknown(world.products.size(), draws));
    return true;
  }
  const bool has_customer = victim.visit != nullptr ? victim.visit->customer_id.has_value()
                                                    : victim.receipt->customer_id.has_value();
  if (has_customer && (draws.word() & 1) != 0) {
    victim.replace("customer_id", unknown(world.households.size(), draws));
    return true;
  }
  const std::string store = unknown(world.stores.size(), draws);
  victim.replace("store_id", store);
  // Nested rows belong to their receipt's store.
  for (const auto& line : victim.lines) {
    victim.note(TransactionLine::table, key_text(line), "store_id", plain_text(line.store_id),
                store);
  }
  return true;
}

}  // namespace

const Defect duplicate{DefectKind::duplicate, visit_row | receipt_row, send_twice};
const Defect out_of_order{DefectKind::out_of_order, visit_row | receipt_row, send_later};
const Defect orphan{DefectKind::orphan, visit_row | receipt_row | line_row, refer_to_nothing};

}  // namespace retailsim::simulate
