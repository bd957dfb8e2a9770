// Values that are wrong by themselves: dates nobody could have meant, words and numbers
// outside what their column allows, numbers sent as text, instants of a wrong clock.
#include <algorithm>
#include <cctype>

#include "simulate/defect.h"

namespace retailsim::simulate {
namespace {

std::string in_quotes(std::string_view text) { return fmt::format("\"{}\"", text); }

// Beyond what a late delivery explains, on either side.
bool move_date(Victim& victim, Draws& draws) {
  const Day day =
      victim.visit != nullptr ? victim.visit->business_date : victim.receipt->business_date;
  const auto far = std::chrono::days(72 + below(3000, draws.word()));
  const std::string sent = to_text((draws.word() & 1) != 0 ? day + far : day - far);
  victim.replace("business_date", in_quotes(sent), sent);
  return true;
}

bool break_rule(Victim& victim, Draws& draws) {
  const std::uint32_t choice = draws.word() % 3;
  if (victim.line != whole_row) {
    victim.replace("product_id", std::string{null_text});
  } else if (choice == 0) {
    victim.replace("local_hour", fmt::format("{}", 24 + draws.word() % 8));
  } else if (choice == 1) {
    victim.replace("store_id", std::string{null_text});
  } else if (victim.visit != nullptr) {
    victim.replace("party_size", "0");
  } else {
    victim.replace("channel", in_quotes("KIOSK"), "KIOSK");
  }
  return true;
}

void send_as_text(Victim& victim, std::string_view column, const std::string& number) {
  if (number != null_text) victim.replace(column, in_quotes(number), number);
}

void send_lower_case(Victim& victim, std::string_view column, std::string word) {
  std::ranges::transform(word, word.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  victim.replace(column, in_quotes(word), word);
}

bool encode_otherwise(Victim& victim, Draws& draws) {
  constexpr std::string_view of_line[] = {"product_id", "quantity", "net"};
  const std::uint32_t choice = draws.word() % 3;
  if (victim.line != whole_row) {
    const std::string_view column = of_line[choice];
    send_as_text(victim, column, column_text(victim.struck_line(), column));
  } else if (victim.visit != nullptr) {
    if (choice == 0 && victim.visit->mission) {
      send_lower_case(victim, "mission", column_text(*victim.visit, "mission"));
    } else {
      send_as_text(victim, "store_id", column_text(*victim.visit, "store_id"));
    }
  } else if (choice == 0) {
    send_lower_case(victim, "kind", column_text(*victim.receipt, "kind"));
  } else {
    const std::string_view column = choice == 1 ? "store_id" : "total";
    send_as_text(victim, column, column_text(*victim.receipt, column));
  }
  return true;
}

// A clock that was reset or never set.
bool turn_clock(Victim& victim, Draws& draws) {
  const auto off = std::chrono::days(rounded(victim.magnitude(draws)));
  const bool is_ahead = (draws.word() & 3) == 0;
  const bool is_visit = victim.visit != nullptr;
  const Instant at = is_visit ? victim.visit->entered_at : victim.receipt->begin_at;
  const std::string sent = to_text(is_ahead ? at + off : at - off);
  victim.replace(is_visit ? "entered_at" : "begin_at", in_quotes(sent), sent);
  return true;
}

}  // namespace

const Defect bad_date{DefectKind::bad_date, visit_row | receipt_row, move_date};
const Defect broken_rule{DefectKind::broken_rule, visit_row | receipt_row | line_row, break_rule};
const Defect encoding{DefectKind::encoding, visit_row | receipt_row | line_row, encode_otherwise};
const Defect clock_glitch{DefectKind::clock_glitch, visit_row | receipt_row, turn_clock};

}  // namespace retailsim::simulate
