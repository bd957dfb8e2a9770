// What lies beside a raw or clean object: rows that were refused while it was made, and
// findings about those that were kept. Made from the same inputs, written before it, and only
// there when it is not empty.
#pragma once

#include "lake/lake.h"

namespace retailsim::lake {

// Writes the table's rows, or removes an object that was there before when there are none.
template <class Row>
void put_beside(Lake& lake, Beside which, TableWriter<Row>& rows, std::string_view table,
                Layer made_by, const std::optional<Day>& date, const std::optional<Month>& month,
                const std::string& inputs) {
  const std::string path = beside_path(which, table, made_by, date, month);
  if (rows.rows() == 0) return lake.remove(path);
  const ObjectFacts facts{inputs, rows.rows(), {}, {}, 0, 0};
  lake.put(path, rows.finish(to_key_values(facts)), facts);
}

inline void remove_beside(Lake& lake, std::string_view table, Layer made_by,
                          const std::optional<Day>& date, const std::optional<Month>& month) {
  for (const Beside which : {Beside::quarantine, Beside::findings})
    lake.remove(beside_path(which, table, made_by, date, month));
}

// Whether everything is there that an object with these facts has beside it.
inline bool has_all_beside(Lake& lake, const ObjectFacts& facts, std::string_view table,
                           Layer made_by, const std::optional<Day>& date,
                           const std::optional<Month>& month) {
  const auto is_there = [&](Beside which, std::int64_t rows) {
    if (rows == 0) return true;
    const auto beside = lake.facts(beside_path(which, table, made_by, date, month));
    return beside && beside->inputs == facts.inputs;
  };
  return is_there(Beside::quarantine, facts.quarantined) &&
         is_there(Beside::findings, facts.findings);
}

}  // namespace retailsim::lake
