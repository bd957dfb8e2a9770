#include "warehouse/ledger.h"

#include <fmt/core.h>

#include "base/failure.h"
#include "base/sha256.h"
#include "lake/sql_schema.h"
#include "warehouse/load_sql.h"

namespace retailsim::warehouse {

Ledger::Ledger(const ResultRows& rows) {
  for (const auto& row : rows) {
    std::vector<std::string> cells;
    for (const auto& cell : row)
      if (cell) cells.push_back(*cell);
    if (row.size() != 4 || cells.size() != row.size()) {
      throw Failure(FailureKind::corrupt_data,
                    "the table retailsim.loaded in Redshift is not as this program makes it",
                    "drop it; the next load makes it anew, and loads everything");
    }
    fingerprints_[{cells[0], cells[1]}] = cells[2] == cells[3] ? cells[2] : "several";
  }
}

const std::string& Ledger::fingerprint(const std::string& name, const std::string& part) const {
  static const std::string none;
  const auto found = fingerprints_.find({name, part});
  return found == fingerprints_.end() ? none : found->second;
}

bool Ledger::knows(const std::string& name, const std::string& part) const {
  return fingerprints_.contains({name, part});
}

std::vector<std::string> Ledger::parts(const std::string& table) const {
  std::vector<std::string> found;
  for (const auto& [key, fingerprint] : fingerprints_) {
    if (key.first == table && key.second != declaration_part && !fingerprint.empty())
      found.push_back(key.second);
  }
  return found;
}

TablePlan plan_table(lake::Lake& lake, const LoadTable& table, const Ledger& ledger, bool again) {
  const std::string name = table.sql_name();
  TablePlan plan{.table = table,
                 .declaration = sha256(lake::redshift_table(*table.facts, table.layer))};
  const std::string part{declaration_part};
  const bool is_declared = ledger.fingerprint(name, part) == plan.declaration;
  plan.is_new = again || !is_declared;
  plan.is_replaced = !is_declared && ledger.knows(name, part);
  std::vector<std::string> gone = ledger.parts(name);
  for (LoadUnit& unit : load_units(lake, table)) {
    std::erase(gone, unit.part());
    plan.manifests.push_back(unit.manifest_path());
    if (!plan.is_new && ledger.fingerprint(name, unit.part()) == unit.fingerprint) {
      ++plan.current;
    } else {
      plan.load.push_back(std::move(unit));
    }
  }
  for (const auto& each : gone) plan.remove.push_back(parse_month(each));
  return plan;
}

}  // namespace retailsim::warehouse
