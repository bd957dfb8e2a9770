// One way in which a source system gets a row wrong. Each kind lives in a file under defects/
// and is listed in defects/all.cpp. Defects strike the feed, after the truth is known: they
// change what is sent, never what happened.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/quality.h"
#include "model/schema.h"
#include "model/value_text.h"
#include "simulate/random.h"
#include "simulate/world.h"

namespace retailsim::simulate {

inline constexpr int whole_row = -1;

// A column is sent as this JSON token instead of its value.
struct Override {
  int child;  // place of the nested row, or whole_row for the row itself
  std::string_view column;
  std::string token;
};

// How one row is sent. Reuse one object for many rows.
struct Damage {
  std::vector<Override> overrides;
  std::string added_field;         // `"name":value` behind the row's own columns
  bool is_cut = false;             // the line breaks off in the middle
  bool is_lost = false;            // never sent
  int repeated_after = 0;          // sent a second time, this many rows later
  int displaced_by = 0;            // sent this many rows later than its turn
  std::vector<TruthDefect> truth;  // feed_date is filled in by who sends the row

  bool is_none() const { return truth.empty() && added_field.empty(); }
  // Whether the text of the row differs from what is true.
  bool changes_text() const { return is_cut || !overrides.empty() || !added_field.empty(); }
  void clear();
};

// What can be struck.
enum Target : std::uint8_t { visit_row = 1, receipt_row = 2, line_row = 4 };

// A row that is about to be struck, with what a defect needs to know and may do.
struct Victim {
  const World& world;
  const DefectRate& knob;
  DefectKind kind;
  Mechanism mechanism;
  const Visit* visit;                      // null unless a visit is struck
  const Transaction* receipt;              // null unless a receipt or one of its lines is
  std::span<const TransactionLine> lines;  // of the receipt
  int line;                                // place of the struck line, or whole_row
  Damage& damage;

  const TransactionLine& struck_line() const { return lines[static_cast<std::size_t>(line)]; }
  std::string_view table() const;
  std::string key() const;

  // Sends `token` for the column and notes it: the truth as it is, `sent` as plain text.
  void replace(std::string_view column, std::string token, std::string sent);
  // Sends a number or null.
  void replace(std::string_view column, const std::string& number) {
    replace(column, number, number);
  }
  // Notes a defect of the whole row.
  void note() { note(table(), key(), std::nullopt, std::nullopt, std::nullopt); }
  void note(std::string_view table, std::string key, std::optional<std::string> column,
            std::optional<std::string> true_value, std::optional<std::string> sent);
  // Log-uniform between the knob's two magnitudes.
  double magnitude(Draws& draws) const;
};

// The nearest whole number of a magnitude.
inline std::int32_t rounded(double number) {
  return static_cast<std::int32_t>(std::floor(number + 0.5));
}

struct Defect {
  DefectKind kind;
  std::uint8_t targets;
  // False when this row can't have the defect; then nothing was changed.
  bool (*inflict)(Victim& victim, Draws& draws);
};

// The defects of rows. What strikes whole hours or stores (late, sensor_gap, schema_drift)
// is decided by Deliveries.
std::span<const Defect* const> all_defects();

extern const Defect malformed;
extern const Defect null_key;
extern const Defect mistyped_key;
extern const Defect bad_date;
extern const Defect broken_rule;
extern const Defect encoding;
extern const Defect null_value;
extern const Defect unit_slip;
extern const Defect sign_flip;
extern const Defect duplicate;
extern const Defect orphan;
extern const Defect price_outlier;
extern const Defect quantity_outlier;
extern const Defect clock_glitch;
extern const Defect out_of_order;

}  // namespace retailsim::simulate
