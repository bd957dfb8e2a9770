// What lies beside a raw or clean object: rows that were refused while it was made, and
// findings about those that were kept. Made from the same inputs, written before it, and only
// there when it is not empty.
#pragma once

#include <map>
#include <span>
#include <tuple>

#include "lake/lake.h"

namespace retailsim::lake {

// How often a rule struck the rows of a delivery, and with what outcome.
struct RuleCount {
  std::optional<Day> feed_date;
  std::string rule;
  Outcome outcome;
  std::int64_t rows = 0;
};

// Kept in the object's facts, so that counting needs no object read.
std::string to_tally(std::span<const QuarantinedRow> rows);
std::string to_tally(std::span<const Finding> rows);
// Throws Failure(corrupt_data) for a text that is no tally.
std::vector<RuleCount> from_tally(const std::string& tally);

// Writes the table's rows, or removes an object that was there before when there are none.
template <class Row>
void put_beside(Lake& lake, Beside which, std::span<const Row> rows, std::string_view table,
                Layer made_by, const std::optional<Day>& date, const std::optional<Month>& month,
                const std::string& inputs) {
  const std::string path = beside_path(which, table, made_by, date, month);
  if (rows.empty()) return lake.remove(path);
  TableWriter<Row> writer(Layer::clean, rows.size());
  for (const Row& row : rows) writer.append(row);
  const ObjectFacts facts{inputs, writer.rows(), {}, {}, 0, 0, to_tally(rows)};
  lake.put(path, writer.finish(to_key_values(facts)), facts);
}

void remove_beside(Lake& lake, std::string_view table, Layer made_by,
                   const std::optional<Day>& date, const std::optional<Month>& month);

// Whether everything is there that an object with these facts has beside it.
bool has_all_beside(Lake& lake, const ObjectFacts& facts, std::string_view table, Layer made_by,
                    const std::optional<Day>& date, const std::optional<Month>& month);

}  // namespace retailsim::lake
