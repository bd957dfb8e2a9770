// What the API knows of a table, derived from its declaration: the name in URLs and the
// columns it can be filtered by. No table is named in this room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/schema.h"

namespace retailsim::serve {

enum class ValueType { number, word, date, text };

struct FilterColumn {
  std::string name;
  ValueType type;
  std::vector<std::string> words;  // the legal ones when the type is `word`

  // The value as the feed writes it (3 for a number, "ONLINE" with its quotes for a word).
  // Throws Failure(wrong_usage), naming the legal values, when it is none of this column.
  std::string json_text(std::string_view value) const;
};

struct ServedTable {
  std::string name;    // "store"
  std::string plural;  // "stores", as in /v1/stores
  std::string meaning;
  Delivery delivery;
  std::vector<FilterColumn> filters;  // keys, references, enumerations and business_date

  bool is_event() const { return delivery == Delivery::event; }
  // Every query parameter this table understands.
  std::vector<std::string> parameters() const;
};

// All tables that a feed delivers, parents before children.
const std::vector<ServedTable>& served_tables();

}  // namespace retailsim::serve
