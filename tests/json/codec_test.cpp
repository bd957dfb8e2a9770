#include <gtest/gtest.h>

#include "json/decode.h"
#include "json/encode.h"
#include "json/row_text.h"
#include "support/sample.h"

namespace retailsim::json {
namespace {

template <class Row>
std::string text_of(const Row& row, std::span<const child_of<Row>> children = {}) {
  LineBuffer buffer;
  buffer.append(row, children);
  return std::string{buffer.text()};
}

std::string text_of(const sample::Receipt& receipt) {
  return text_of(receipt.header, receipt.lines);
}

struct Refused {
  std::string column;
  Reason reason;
  bool is_nested;
  std::string text;
  std::int64_t number;
  std::string key;
};

template <class Row>
struct Outcome {
  std::vector<ReceivedTree<Row>> rows;
  std::vector<Refused> refused;
  std::vector<Remark> remarks;
  std::int64_t next = 0;
};

template <class Row = Transaction>
Outcome<Row> decode(std::string text, std::int64_t first = 0) {
  Outcome<Row> outcome;
  const std::size_t size = text.size();
  text.append(padding, '\0');
  AnyRowReader<Row> reader;
  outcome.next = decode_lines(
      std::string_view{text.data(), size}, first, reader,
      [&](const ReceivedTree<Row>& tree, std::int64_t, std::string_view,
          std::span<const Remark> remarks) {
        outcome.rows.push_back(tree);
        outcome.remarks.insert(outcome.remarks.end(), remarks.begin(), remarks.end());
      },
      [&](const Rejection& why, std::int64_t number) {
        outcome.refused.push_back(
            {why.column, why.reason, why.is_nested, std::string{why.text}, number, why.key});
      });
  return outcome;
}

bool is_same(const ReceivedTree<Transaction>& tree, const sample::Receipt& receipt) {
  if (!(tree.row == receipt.header) || tree.missing != 0) return false;
  if (tree.children.size() != receipt.lines.size()) return false;
  for (std::size_t i = 0; i < receipt.lines.size(); ++i) {
    if (!(tree.children[i].row == receipt.lines[i]) || tree.children[i].missing != 0) return false;
  }
  return true;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  return text.replace(at, from.size(), to);
}

// A receipt of two lines with an id that nothing else holds.
sample::Receipt one() {
  sample::Receipt receipt = sample::receipt(12'345);
  receipt.lines.resize(2);
  receipt.header.kind = Kind::sale;
  receipt.header.original_transaction_id.reset();
  for (auto& line : receipt.lines) line.kind = Kind::sale;
  return receipt;
}

void expect_accepted(std::string_view from, std::string_view to) {
  const auto outcome = decode(replaced(text_of(one()), from, to));
  ASSERT_EQ(outcome.rows.size(), 1u) << to;
  EXPECT_TRUE(is_same(outcome.rows[0], one())) << to;
}

void expect_refused(std::string_view from, std::string_view to, std::string_view column,
                    Reason reason) {
  const std::string line = replaced(text_of(one()), from, to);
  const auto outcome = decode(line + text_of(one()));
  ASSERT_EQ(outcome.refused.size(), 1u) << to;
  EXPECT_EQ(outcome.refused[0].column, column) << to;
  EXPECT_EQ(outcome.refused[0].reason, reason) << to;
  EXPECT_EQ(outcome.refused[0].text + "\n", line) << to;
  EXPECT_FALSE(outcome.refused[0].is_nested);
  ASSERT_EQ(outcome.rows.size(), 1u) << "the next row is not hurt by " << to;
  EXPECT_TRUE(is_same(outcome.rows[0], one()));
}

// A bad line is refused alone; its receipt and the other line stay.
void expect_line_refused(std::string_view from, std::string_view to, std::string_view column,
                         Reason reason) {
  const auto outcome = decode(replaced(text_of(one()), from, to));
  ASSERT_EQ(outcome.rows.size(), 1u) << to;
  EXPECT_EQ(outcome.rows[0].children.size(), 1u) << to;
  EXPECT_EQ(outcome.rows[0].row, one().header) << to;
  ASSERT_EQ(outcome.refused.size(), 1u) << to;
  EXPECT_EQ(outcome.refused[0].column, column);
  EXPECT_EQ(outcome.refused[0].reason, reason);
  EXPECT_TRUE(outcome.refused[0].is_nested);
}

TEST(Codec, WhatWasWrittenIsWhatIsReadRowByRow) {
  std::string text, spaced;
  for (std::int64_t i = 0; i < 2'000; ++i) text += text_of(sample::receipt(i * 197));
  for (const char c : text) {
    spaced += c;
    if (c == ',') spaced += ' ';  // leaves the fast reader, so that simdjson is asked
  }
  for (const auto& form : {text, spaced}) {
    const auto outcome = decode(form);
    ASSERT_EQ(outcome.rows.size(), 2'000u);
    for (std::size_t i = 0; i < 2'000; ++i)
      ASSERT_TRUE(is_same(outcome.rows[i], sample::receipt(static_cast<std::int64_t>(i) * 197)));
  }
}

TEST(Codec, KeysComeInColumnOrderAndLinesLast) {
  const std::string line = text_of(one());
  EXPECT_TRUE(
      line.starts_with("{\"transaction_id\":1000012345,\"store_id\":111,"
                       "\"business_date\":\"2024-01-01\",\"local_hour\":"))
      << line;
  EXPECT_NE(line.find(",\"total\":"), line.npos);
  EXPECT_NE(line.find(",\"lines\":[{\"line_number\":1,\"product_id\":"), line.npos) << line;
  EXPECT_TRUE(line.ends_with("}]}\n"));
}

TEST(Codec, ProductsOfAPromotionAreAPlainList) {
  using namespace std::chrono;
  const Promotion promotion{
      {7}, PromotionKind::mailer, 25, Day{2024y / 1 / 1}, Day{2024y / 1 / 14}};
  const std::vector<PromotionProduct> products{{{7}, {12}}, {{7}, {15}}};
  const std::string text = text_of(promotion, products);
  EXPECT_EQ(text,
            "{\"promo_id\":7,\"kind\":\"MAILER\",\"depth_pct\":25,\"starts_on\":\"2024-01-01\","
            "\"ends_on\":\"2024-01-14\",\"products\":[12,15]}\n");
  for (const std::string& form : {text, replaced(text, "[12,15]", "[ 12 , 15 ]")}) {
    const auto outcome = decode<Promotion>(form);
    ASSERT_EQ(outcome.rows.size(), 1u) << form;
    EXPECT_EQ(outcome.rows[0].row, promotion);
    ASSERT_EQ(outcome.rows[0].children.size(), 2u);
    EXPECT_EQ(outcome.rows[0].children[1].row, products[1]);
  }
  const auto bad = decode<Promotion>(replaced(text, "[12,15]", "[12,\"x\"]"));
  ASSERT_EQ(bad.refused.size(), 1u);
  EXPECT_EQ(bad.refused[0].column, "products[1]");
  EXPECT_EQ(bad.rows[0].children.size(), 1u);
  EXPECT_EQ(decode<Promotion>(replaced(text, "[12,15]", "[]")).rows[0].children.size(), 0u);
}

TEST(Codec, TextColumnsSurviveQuotesAccentsAndControlCharacters) {
  Store store{};
  store.store_id = {3};
  store.currency = "EUR";
  store.latitude = Degrees{-1'500'000};
  store.longitude = Degrees{2'352'222};
  for (const std::string name : {"Épicerie \"Chez Léa\"", "tab\tand \\ and \x01", "", "plain"}) {
    store.name = name;
    const auto outcome = decode<Store>(text_of(store));
    ASSERT_EQ(outcome.rows.size(), 1u) << name;
    EXPECT_EQ(outcome.rows[0].row, store) << name;
  }
  EXPECT_NE(text_of(store).find("\"latitude\":-1.500000,\"longitude\":2.352222"),
            std::string::npos);
}

TEST(Codec, EveryAmountSurvives) {
  for (std::int64_t cents = -20'000; cents < 20'000; ++cents) {
    char text[64 + padding] = {};
    char* const end = write(text, Cents{cents});
    Cents back;
    ASSERT_EQ(read(text, back), end);
    ASSERT_EQ(back.value, cents);
  }
}

TEST(Codec, NumbersPrintAsNumbers) {
  for (const std::int64_t number :
       {0L, 1L, -1L, 9L, 10L, 99L, 100L, 101L, 99999999L, 9999999999999999L,
        -9223372036854775807L - 1, 9223372036854775807L, 1234567890123456789L}) {
    char text[64] = {};
    *write(text, number) = 0;
    EXPECT_EQ(std::to_string(number), text);
  }
}

TEST(Codec, AMissingMeasureIsReceivedAndMarked) {
  const auto receipt = one();
  const std::string text = text_of(receipt);
  const auto at = text.find("\"gross\":", text.find("\"lines\""));
  const auto comma = text.find(',', at);
  for (const std::string& form :
       {text.substr(0, at) + "\"gross\":null" + text.substr(comma),   // by the fast reader
        text.substr(0, at) + "\"gross\": null" + text.substr(comma),  // by simdjson
        text.substr(0, at) + "\"grand\":1" + text.substr(comma)}) {   // not there at all
    const auto outcome = decode(form);
    ASSERT_EQ(outcome.rows.size(), 1u) << form;
    const auto& line = outcome.rows[0].children[0];
    EXPECT_FALSE(line.has<column_number<TransactionLine>("gross")>());
    EXPECT_TRUE(line.has<column_number<TransactionLine>("net")>());
    EXPECT_NE(row_text(line).find("\"gross\":null,"), std::string::npos) << row_text(line);
  }
}

TEST(Codec, OtherLegalSpellingsAreAccepted) {
  expect_accepted("\"kind\":\"SALE\"", "\"kind\":\"\\u0053ALE\"");
  expect_accepted("{\"transaction_id\"", "{\"new\":{\"a\":[1,\"}\"]},\"transaction_id\"");
  expect_accepted("\"store_id\":111,\"business_date\":\"2024-01-01\"",
                  "\"business_date\":\"2024-01-01\", \"store_id\" : 111");
  expect_accepted("Z\"", ".000000000Z\"");
  expect_accepted("Z\"", "+00:00\"");
}

TEST(Codec, ABrokenColumnIsNamedWithItsReason) {
  expect_refused("\"SALE\"", "\"SOLD\"", "kind", Reason::unknown_label);
  expect_refused("\"SALE\"", "7", "kind", Reason::wrong_type);
  expect_refused("\"store_id\":111", "\"store_id\":null", "store_id", Reason::is_null);
  expect_refused("\"store_id\":111", "\"store_id\":\"s111\"", "store_id", Reason::wrong_type);
  expect_refused("\"store_id\":111", "\"store_id\":9007199254740992", "store_id",
                 Reason::out_of_range);
  expect_refused("2024-01-01", "2024-02-30", "business_date", Reason::bad_time);
  expect_refused("\"store_id\":111,", "", "store_id", Reason::missing);
  expect_refused("\"lines\":[", "\"lones\":[", "lines", Reason::missing);
  expect_refused("\"lines\":[", "\"lines\":7,\"l\":[", "lines", Reason::wrong_type);
}

TEST(Codec, TextThatIsNoJsonIsMalformed) {
  expect_refused("]}", "]", "", Reason::malformed);
  expect_refused("]}", "]}}", "", Reason::malformed);
  expect_refused("{\"transaction_id\"", "\"transaction_id\"", "", Reason::malformed);
}

TEST(Codec, ABadLineIsRefusedAlone) {
  expect_line_refused("\"list_price\":", "\"list_price\":1.234,\"was\":", "lines[0].list_price",
                      Reason::inexact);
  expect_line_refused("\"list_price\":", "\"list_price\":1e3,\"was\":", "lines[0].list_price",
                      Reason::inexact);
  expect_line_refused("\"line_number\":2", "\"line_number\":3000000000", "lines[1].line_number",
                      Reason::out_of_range);
  expect_line_refused("{\"line_number\":1,\"product_id\":", "{\"line_number\":1,\"product\":",
                      "lines[0].product_id", Reason::missing);
}

TEST(Codec, ANumberAsTextAndAWordInAnotherCaseAreUnderstoodAndRemarked) {
  const std::string odd = replaced(
      replaced(text_of(one()), "\"store_id\":111", "\"store_id\":\"111\""), "\"SALE\"", "\"Sale\"");
  const auto outcome = decode(odd);
  ASSERT_EQ(outcome.rows.size(), 1u);
  EXPECT_TRUE(is_same(outcome.rows[0], one()));
  ASSERT_EQ(outcome.remarks.size(), 2u);
  EXPECT_EQ(outcome.remarks[0].child, -1);
  EXPECT_EQ(outcome.remarks[0].column, "store_id");
  EXPECT_EQ(outcome.remarks[0].received, "111");
  EXPECT_EQ(outcome.remarks[1].column, "kind");
  EXPECT_EQ(outcome.remarks[1].received, "Sale");
}

TEST(Codec, ARemarkAboutALineSaysWhichOne) {
  const auto outcome =
      decode(replaced(text_of(one()), "\"line_number\":2", "\"line_number\":\"2\""));
  ASSERT_EQ(outcome.remarks.size(), 1u);
  EXPECT_EQ(outcome.remarks[0].child, 1);
  EXPECT_EQ(outcome.remarks[0].column, "line_number");
  // A line that is refused has no remarks.
  EXPECT_TRUE(decode(replaced(text_of(one()), "\"line_number\":2",
                              "\"line_number\":\"2\",\"product_id\":\"x\",\"p\":1"))
                  .remarks.empty());
}

TEST(Codec, AColumnThatTheTableLacksIsNamedAndTheRowKept) {
  const auto outcome = decode(replaced(text_of(one()), "]}", "],\"till_version\":\"4.2\"}"));
  ASSERT_EQ(outcome.rows.size(), 1u);
  EXPECT_TRUE(is_same(outcome.rows[0], one()));
  ASSERT_EQ(outcome.remarks.size(), 1u);
  EXPECT_EQ(outcome.remarks[0].column, "till_version");
  EXPECT_TRUE(outcome.remarks[0].received.empty());
}

TEST(Codec, ARefusedRowHasItsKeyUnlessTheKeyIsAtFault) {
  const std::string id = std::to_string(one().header.transaction_id.value);
  const auto key_of = [](const std::string& text) { return decode(text).refused.at(0).key; };
  EXPECT_EQ(key_of(replaced(text_of(one()), "\"store_id\":111", "\"store_id\":null")), id);
  EXPECT_EQ(key_of(replaced(text_of(one()), id, "null")), "");
  EXPECT_EQ(key_of(replaced(text_of(one()), "\"product_id\":", "\"product_id\":null,\"p\":")),
            id + "/1");
}

TEST(Codec, AnEntryThatIsNoLineIsRefusedAlone) {
  const auto outcome = decode(replaced(text_of(one()), "\"lines\":[", "\"lines\":[7,[1,2],"));
  ASSERT_EQ(outcome.rows.size(), 1u);
  EXPECT_EQ(outcome.rows[0].children.size(), 2u);
  ASSERT_EQ(outcome.refused.size(), 2u);
  EXPECT_EQ(outcome.refused[0].text, "7");
  EXPECT_EQ(outcome.refused[1].text, "[1,2]");
  EXPECT_EQ(outcome.refused[1].column, "lines[1]");
}

TEST(Codec, RowsAreNumberedFromWhereThePageBeginsAndBlankLinesDoNotCount) {
  const auto outcome = decode(text_of(one()) + "\n  \nnonsense\n" + text_of(one()), 100);
  ASSERT_EQ(outcome.refused.size(), 1u);
  EXPECT_EQ(outcome.refused[0].number, 101);
  EXPECT_EQ(outcome.next, 103);
}

TEST(Codec, ALastLineWithoutNewlineIsReadToo) {
  std::string text = text_of(one());
  text.pop_back();
  EXPECT_EQ(decode(text).rows.size(), 1u);
}

// The fast reader must never accept what the full parser refuses, nor read it differently:
// random bytes of good lines are changed and both are asked.
TEST(Codec, BothReadersAgreeOnDamagedRows) {
  constexpr std::string_view bytes = "0123456789-+.eE\",:{}[] nulTZ\\\n";
  AnyRowReader<Transaction> any;
  std::size_t both = 0;
  for (std::int64_t i = 0; i < 30'000; ++i) {
    auto receipt = sample::receipt(i * 31);
    receipt.lines.resize(1 + receipt.lines.size() % 2);
    std::string line = text_of(receipt);
    line.pop_back();
    sample::Draws draw(static_cast<std::uint64_t>(i) + 99);
    for (std::int64_t n = draw.below(3); n >= 0; --n) {
      const auto at = static_cast<std::size_t>(draw.below(std::ssize(line)));
      const char byte = bytes[static_cast<std::size_t>(draw.below(std::ssize(bytes)))];
      if (draw.chance(70)) {
        line[at] = byte;
      } else if (draw.chance(50)) {
        line.erase(at, 1);
      } else {
        line.insert(at, 1, byte);
      }
    }
    const std::size_t size = line.size();
    line.append(padding, '\0');
    ReceivedTree<Transaction> fast, full;
    if (read_expected<Transaction>(line.data(), fast) != line.data() + size) continue;
    ++both;
    ASSERT_TRUE(any.read({line.data(), size}, full)) << line;
    ASSERT_EQ(fast.row, full.row) << line;
    ASSERT_EQ(fast.missing, full.missing) << line;
    ASSERT_EQ(fast.children, full.children) << line;
  }
  EXPECT_GT(both, 500u);
}

}  // namespace
}  // namespace retailsim::json
