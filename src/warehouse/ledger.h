// What Redshift says it holds of the lake (see load_sql.h), and what follows from it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "warehouse/load_unit.h"

namespace retailsim::warehouse {

// Texts of a result, row by row; none where it is null.
using ResultRows = std::vector<std::vector<std::optional<std::string>>>;

class Ledger {
 public:
  Ledger() = default;
  // From the rows of read_ledger(). Throws Failure(corrupt_data) for others.
  explicit Ledger(const ResultRows& rows);

  // The newest fingerprint; empty when there is none, and a text that is none when it can't be
  // told which is the newest.
  const std::string& fingerprint(const std::string& name, const std::string& part) const;
  bool knows(const std::string& name, const std::string& part) const;
  // The parts of a table whose rows are there.
  std::vector<std::string> parts(const std::string& table) const;

 private:
  std::map<std::pair<std::string, std::string>, std::string> fingerprints_;
};

// What one table needs.
struct TablePlan {
  LoadTable table;
  std::string declaration;                        // digest of its CREATE TABLE
  bool is_new = false;                            // to be created
  bool is_replaced = false;                       // one of another declaration is there
  std::vector<LoadUnit> load = {};                // months in order
  std::vector<std::optional<Month>> remove = {};  // parts that the lake no longer has
  std::vector<std::string> manifests = {};        // of all units, below the lake
  std::int64_t current = 0;                       // units that are left alone
};

// `again`: all of it, whatever the ledger says.
TablePlan plan_table(lake::Lake& lake, const LoadTable& table, const Ledger& ledger,
                     bool again = false);

}  // namespace retailsim::warehouse
