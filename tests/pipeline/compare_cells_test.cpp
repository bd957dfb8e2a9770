#include <gtest/gtest.h>

#include "pipeline/compare/cell_pair.h"

namespace retailsim::pipeline {
namespace {

using simulate::CellRows;
using std::chrono::days;

constexpr Day monday = monday_of(1253);

const transform::Chain& two_products() {
  const auto product = [](std::int64_t id, const char* category) {
    Product made{};
    made.product_id = {id};
    made.category = category;
    return made;
  };
  static const transform::Chain chain({}, {product(1, "MILK"), product(2, "TEA")});
  return chain;
}

struct Sold {
  std::int32_t line_number = 1;
  std::int64_t product = 1;
  std::int64_t net = 100;
  int day = 0;
  std::int64_t receipt = 7;
};

TransactionLine line(const Sold& sold) {
  TransactionLine made{};
  made.transaction_id = {sold.receipt};
  made.line_number = sold.line_number;
  made.product_id = {sold.product};
  made.business_date = monday + days(sold.day);
  made.quantity = 1;
  made.gross = made.net = {sold.net};
  return made;
}

CellRows cell(std::initializer_list<Sold> sold) {
  CellRows rows;
  for (const auto& each : sold) rows.lines.push_back(line(each));
  return rows;
}

CellPair compared(CellRows a, CellRows b, Day from = monday, Day through = monday + days(6)) {
  CellPair pair;
  compare_cells(a, b, {two_products(), from, through, true}, pair);
  return pair;
}

constexpr std::size_t lines = compared_number<TransactionLine>;

TEST(CompareCells, ALineIsTheSameAddedRemovedOrChangedByItsKey) {
  const auto pair =
      compared(cell({{.line_number = 1}, {.line_number = 3}, {.line_number = 4}}),
               cell({{.line_number = 4, .net = 90}, {.line_number = 2}, {.line_number = 1}}));
  EXPECT_EQ(pair.rows[lines], (RowCounts{.equal = 1, .changed = 1, .added = 1, .removed = 1}));
  EXPECT_EQ(pair.days_a[0].net_sales, Total{300});
  EXPECT_EQ(pair.days_b[0].net_sales, Total{290});
}

TEST(CompareCells, TheSameRowsInAnotherOrderAreTheSame) {
  const auto pair =
      compared(cell({{.receipt = 7}, {.receipt = 8}}), cell({{.receipt = 8}, {.receipt = 7}}));
  EXPECT_EQ(pair.rows[lines], (RowCounts{.equal = 2}));
  EXPECT_EQ(pair.first_day, std::nullopt);
  EXPECT_EQ(pair.text[lines], "");
}

TEST(CompareCells, ALineThatMovesToAnotherCategoryCountsInBoth) {
  const auto pair = compared(cell({{.product = 1, .net = 100}}), cell({{.product = 2, .net = 70}}));
  EXPECT_EQ(pair.rows[lines].changed, 1);
  EXPECT_EQ(pair.category_lines[0].changed, 1);
  EXPECT_EQ(pair.category_lines[1].changed, 1);
  EXPECT_EQ(pair.lines_a[0].net_sales, Total{100});
  EXPECT_EQ(pair.lines_b[0].net_sales, Total{0});
  EXPECT_EQ(pair.lines_b[1].net_sales, Total{70});
}

TEST(CompareCells, OnlyTheDaysAskedForCount) {
  const auto pair = compared(cell({{.line_number = 1, .day = 0}, {.line_number = 2, .day = 2}}),
                             cell({{.line_number = 3, .day = 5}, {.line_number = 4, .day = 6}}),
                             monday + days(1), monday + days(5));
  EXPECT_EQ(pair.rows[lines], (RowCounts{.added = 1, .removed = 1}));
  EXPECT_EQ(pair.first_day, monday + days(2));
  EXPECT_EQ(pair.last_day, monday + days(5));
}

TEST(CompareCells, ARowThatDiffersIsWrittenAsItWasAndAsItIs) {
  CellRows a, b;
  Visit visit{};
  visit.visit_id = {5};
  visit.store_id = {1};
  visit.business_date = monday;
  visit.entered_at = monday + std::chrono::hours(9);
  visit.local_hour = 9;
  b.visits.push_back(visit);
  EXPECT_EQ(compared(a, b).text[compared_number<Visit>],
            R"({"change":"added","before":null,"after":{"visit_id":5,"store_id":1,)"
            R"("entered_at":"2024-01-08T09:00:00Z","business_date":"2024-01-08","local_hour":9,)"
            R"("dwell_s":null,"customer_id":null,"party_size":null,"mission":null,)"
            R"("transaction_id":null}})"
            "\n");
}

}  // namespace
}  // namespace retailsim::pipeline
