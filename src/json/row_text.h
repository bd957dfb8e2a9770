// A row as it was received, back to JSON text: what quarantine keeps of it.
#pragma once

#include <string>

#include "json/write_value.h"
#include "model/schema.h"

namespace retailsim::json {

// One JSON object with every column, missing ones as null.
template <class Row>
std::string row_text(const Received<Row>& received) {
  std::string text = "{";
  std::string room;
  for_each_column_number<Row>([&]<std::size_t I>() {
    const auto& value = received.row.*column_at<Row, I>.field;
    if (text.size() > 1) text += ',';
    text += '"';
    text += column_at<Row, I>.name;
    text += "\":";
    if (!received.template has<I>()) {
      text += "null";
      return;
    }
    room.resize(longest_text(value) + slack);
    text.append(room.data(), static_cast<std::size_t>(write(room.data(), value) - room.data()));
  });
  text += '}';
  return text;
}

}  // namespace retailsim::json
