// A column of a Parquet file that somebody else wrote, of whatever type they chose -> what a
// sales line is made of. Each value is converted exactly or refused with its row: nothing is
// guessed, and nothing dropped.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/failure.h"
#include "model/money.h"
#include "pipeline/replay/clock.h"
#include "pipeline/replay/ids.h"

namespace arrow {
class Array;
class DataType;
}  // namespace arrow

namespace retailsim::pipeline {

enum class Content {
  id,        // whole numbers or texts
  text,      // UTF-8
  time,      // timestamps of any unit, without a zone
  quantity,  // whole numbers, whatever their type
  money      // decimals or floats: a whole number could be euros or cents
};

bool can_hold(const arrow::DataType& type, Content content);
// For messages, such as "a text (VARCHAR)".
std::string_view description_of(Content content);

// Where the values of an array stand in the file.
struct ArrayPlace {
  std::string_view file;
  std::string_view column;
  std::int64_t rows_before = 0;
};

// A row that cannot be a sale; the first row of a file is row 1.
Failure bad_row(std::string_view file, std::int64_t row, const std::string& what, std::string hint);

// Each appends one value a row. The array's type must be able to hold the content. They throw
// bad_row at the first null, and at the first value that …
// … is an empty text.
void append_ids(const arrow::Array& array, const ArrayPlace& place, ReplayIds& ids,
                std::vector<ReplayIds::Code>& codes);
// … lies beyond the years 1 to 9999. Fractions of a microsecond are cut off.
void append_times(const arrow::Array& array, const ArrayPlace& place,
                  std::vector<LocalTime>& times);
// … units_of or cents_of refuses.
void append_quantities(const arrow::Array& array, const ArrayPlace& place,
                       std::vector<std::int32_t>& quantities);
void append_money(const arrow::Array& array, const ArrayPlace& place, std::vector<Cents>& amounts);

// Calls take(row in the array, text) for each text that is not null.
using TakeText = std::function<void(std::int64_t row, std::string_view text)>;
void for_each_text(const arrow::Array& array, const TakeText& take);
// Throws bad_row when the text is no UTF-8.
void require_utf8(std::string_view text, const ArrayPlace& place, std::int64_t row);

}  // namespace retailsim::pipeline
