#include "pipeline/compare_stage.h"

#include "base/files.h"
#include "pipeline/compare_fixture.h"

namespace retailsim::pipeline {
namespace {

using std::chrono::days;

constexpr std::size_t visits = compared_number<Visit>;
constexpr std::size_t receipts = compared_number<Transaction>;
constexpr std::size_t lines = compared_number<TransactionLine>;

// Who buys, what they choose and pay, and what comes back: every KPI of every store moves.
constexpr auto many_changes =
    "[products]\nelasticity_mean = 3\n[visits]\nconversion = 0.5\n"
    "[prices]\ninflation = 0.1\n[returns]\nshare = 0.05\n";

TEST_F(CompareTest, AScenarioDiffersInNothingFromItself) {
  const auto same = compare_stage(tiny(), tiny(), options_);
  EXPECT_TRUE(same.is_identical());
  EXPECT_EQ(same.total.a, same.total.b);
  EXPECT_GT(same.total.a.net_sales.value, 0);
  EXPECT_TRUE(same.categories.empty());
  for (const auto& counts : same.rows) {
    EXPECT_GT(counts.equal, 0);
    EXPECT_EQ(counts.differing(), 0);
  }
  for (const auto& store : same.stores) EXPECT_FALSE(store.differs());
  for (const auto* table : {"visit", "transaction", "transaction_line"})
    EXPECT_TRUE(rows_of(table).empty());
}

TEST_F(CompareTest, DefectsOfTheFeedAreNotPartOfTheTruth) {
  const auto same = compare_stage(tiny(), tiny_with("[defects]\nfactor = 5\n"), options_);
  EXPECT_TRUE(same.is_identical());
  EXPECT_NE(same.digest_a, same.digest_b);
}

TEST_F(CompareTest, APromotionThatIsWithdrawnChangesItsCategoryFromItsFirstDayOn) {
  const auto world = simulate::build_world(tiny());
  const Promotion promotion = a_promotion(*world);
  ASSERT_GT(promotion.promo_id.value, 0);
  options_.without = {promotion.promo_id};
  const auto effect = compare_stage(tiny(), tiny(), options_);
  EXPECT_FALSE(effect.is_identical());
  EXPECT_GE(*effect.first_day, promotion.starts_on);

  std::map<std::int64_t, std::string> category_of;
  for (const auto& product : simulate::product_rows(*world))
    category_of[product.product_id.value] = product.category;
  ASSERT_EQ(effect.categories.size(), 1u);
  const auto changed = rows_of("transaction_line");
  EXPECT_GT(changed.size(), 10u);
  bool was_promoted = false;
  for (const auto& row : changed) {
    for (const auto* side : {"before", "after"}) {
      if (row[side].is_null()) continue;
      EXPECT_EQ(category_of.at(row[side]["product_id"]), effect.categories[0].name);
      EXPECT_GE(parse_day(row[side]["business_date"].get<std::string>()), promotion.starts_on);
    }
    const auto is_of_it = [&](const Json& line) {
      return !line.is_null() && line["promo_id"] == promotion.promo_id.value;
    };
    was_promoted |= is_of_it(row["before"]);
    EXPECT_FALSE(is_of_it(row["after"]));
  }
  EXPECT_TRUE(was_promoted);
  // Nobody comes or stays away for it.
  EXPECT_EQ(effect.rows[visits].differing(), 0);
  EXPECT_EQ(effect.total.a.visitors, effect.total.b.visitors);
  EXPECT_NE(effect.total.a.discounts, effect.total.b.discounts);
}

TEST_F(CompareTest, OnlyTheStoreOfAnExperimentDiffers) {
  const auto effect =
      compare_stage(tiny(), tiny_with("[[traffic]]\nstore_id = 2\nfactor = 1.5\n"), options_);
  ASSERT_EQ(effect.stores.size(), 3u);
  EXPECT_FALSE(effect.stores[0].differs());
  EXPECT_TRUE(effect.stores[1].differs());
  EXPECT_FALSE(effect.stores[2].differs());
  // More visitors: every row of before is still there.
  EXPECT_EQ(effect.rows[visits].changed + effect.rows[visits].removed, 0);
  EXPECT_GT(effect.rows[visits].added, 0);
  EXPECT_EQ(effect.total.b.visitors.value() - effect.total.a.visitors.value(),
            effect.rows[visits].added);
}

TEST_F(CompareTest, TheRowsThatDifferSumUpToTheReportedChange) {
  const auto effect = compare_stage(tiny(), tiny_with(many_changes), options_);
  struct Sums {
    std::int64_t gross = 0, discounts = 0, returns = 0, cogs = 0, tax = 0, units = 0, sales = 0,
                 refunds = 0, visitors = 0, buyers = 0;
  };
  std::map<std::int64_t, Sums> by_store;
  const auto cents = [](const Json& amount) { return std::llround(amount.get<double>() * 100); };
  const auto each_side = [&](const char* table, const auto& add) {
    for (const auto& row : rows_of(table)) {
      EXPECT_EQ(row["change"], row["before"].is_null()  ? "added"
                               : row["after"].is_null() ? "removed"
                                                        : "changed");
      if (const auto& before = row["before"]; !before.is_null())
        add(by_store[before["store_id"]], before, -1);
      if (const auto& after = row["after"]; !after.is_null())
        add(by_store[after["store_id"]], after, 1);
    }
  };
  each_side("visit", [](Sums& sums, const Json& row, std::int64_t side) {
    sums.visitors += side;
    if (!row["transaction_id"].is_null()) sums.buyers += side;
  });
  each_side("transaction", [](Sums& sums, const Json& row, std::int64_t side) {
    (row["kind"] == "SALE" ? sums.sales : sums.refunds) += side;
  });
  each_side("transaction_line", [&](Sums& sums, const Json& row, std::int64_t side) {
    const bool is_sale = row["kind"] == "SALE";
    if (is_sale) {
      sums.gross += side * cents(row["gross"]);
      sums.discounts += side * cents(row["discount"]);
    } else {
      sums.returns += side * cents(row["net"]);
    }
    const std::int64_t sign = is_sale ? side : -side;
    const auto quantity = row["quantity"].get<std::int64_t>();
    sums.cogs += sign * quantity * cents(row["unit_cost"]);
    sums.tax += sign * cents(row["tax"]);
    sums.units += sign * quantity;
  });

  ASSERT_EQ(effect.stores.size(), 3u);
  for (const auto& store : effect.stores) {
    const Sums& sums = by_store.at(store.store.store_id.value);
    const auto& [a, b] = store.sums;
    EXPECT_NE(sums.gross, 0);
    EXPECT_EQ(b.gross_sales.value - a.gross_sales.value, sums.gross);
    EXPECT_EQ(b.discounts.value - a.discounts.value, sums.discounts);
    EXPECT_EQ(b.returns.value - a.returns.value, sums.returns);
    EXPECT_EQ(b.net_sales.value - a.net_sales.value, sums.gross - sums.discounts - sums.returns);
    EXPECT_EQ(b.cogs->value - a.cogs->value, sums.cogs);
    EXPECT_EQ(b.tax->value - a.tax->value, sums.tax);
    EXPECT_EQ(b.units - a.units, sums.units);
    EXPECT_EQ(b.transactions - a.transactions, sums.sales);
    EXPECT_EQ(b.return_transactions - a.return_transactions, sums.refunds);
    EXPECT_EQ(*b.visitors - *a.visitors, sums.visitors);
    EXPECT_EQ(*b.visit_transactions - *a.visit_transactions, sums.buyers);
  }
}

TEST_F(CompareTest, TheChainIsTheSumOfItsStoresAndOfItsCategories) {
  const auto effect = compare_stage(tiny(), tiny_with(many_changes), options_);
  Total of_stores, of_categories;
  CountsByTable rows{};
  for (const auto& store : effect.stores) {
    of_stores += store.sums.b.net_sales;
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] += store.rows[i];
  }
  std::int64_t differing = 0;
  for (const auto& category : effect.categories) {
    of_categories += category.sums.b.net_sales;
    differing += category.lines.differing();
  }
  EXPECT_EQ(of_stores, effect.total.b.net_sales);
  EXPECT_EQ(of_categories, effect.total.b.net_sales);  // all of them differ
  EXPECT_EQ(rows, effect.rows);
  EXPECT_GE(differing, effect.rows[lines].differing());
  EXPECT_GT(effect.rows[receipts].removed, 0);
}

TEST_F(CompareTest, AnyNumberOfThreadsTellsTheSame) {
  const auto one = compare_stage(tiny(), tiny_with(many_changes), options_);
  for (const int threads : {2, 7}) {
    CompareOptions others = options_;
    others.threads = threads;
    others.rows = folder_.path() / std::to_string(threads);
    EXPECT_EQ(compare_stage(tiny(), tiny_with(many_changes), others), one);
    for (const auto* file : {"visit.ndjson", "transaction.ndjson", "transaction_line.ndjson"})
      EXPECT_EQ(read_file(others.rows / file), read_file(options_.rows / file)) << file;
  }
}

TEST_F(CompareTest, RowsAreOrderedByStoreWeekAndKey) {
  compare_stage(tiny(), tiny_with(many_changes), options_);
  const auto key_of = [](const Json& row, const char* id) {
    const Json& side = row["before"].is_null() ? row["after"] : row["before"];
    const auto day = parse_day(side["business_date"].get<std::string>());
    return std::tuple{side["store_id"].get<std::int64_t>(), week_of(day.value()),
                      side[id].get<std::int64_t>(), side.value("line_number", 0)};
  };
  const std::map<std::string, const char*> ids = {{"visit", "visit_id"},
                                                  {"transaction", "transaction_id"},
                                                  {"transaction_line", "transaction_id"}};
  for (const auto& [table, id] : ids) {
    const auto rows = rows_of(table);
    ASSERT_GT(rows.size(), 100u);
    for (std::size_t i = 1; i < rows.size(); ++i)
      ASSERT_LT(key_of(rows[i - 1], id), key_of(rows[i], id)) << table << " " << i;
  }
}

TEST_F(CompareTest, DaysAndStoresThatAreNotAskedForCountForNothing) {
  const Scenario other = tiny_with(many_changes);
  const auto all = compare_stage(tiny(), other, options_);
  CompareOptions chosen{.from = all.from + days(9), .to = all.from + days(9), .stores = {3, 1, 3}};
  Total of_days;
  for (Day day = all.from; day <= all.through; day += days(1)) {
    chosen.from = chosen.to = day;
    const auto part = compare_stage(tiny(), other, chosen);
    ASSERT_EQ(part.stores.size(), 2u);
    EXPECT_EQ(part.stores[0].store.store_id.value, 1);
    EXPECT_EQ(part.stores[1].store.store_id.value, 3);
    if (part.first_day) {
      EXPECT_EQ(part.first_day, day);
      EXPECT_EQ(part.last_day, day);
    }
    of_days += part.total.b.net_sales;
  }
  EXPECT_EQ(of_days.value,
            all.stores[0].sums.b.net_sales.value + all.stores[2].sums.b.net_sales.value);
}

TEST_F(CompareTest, DaysAndStoresThatDoNotExistAreRefused) {
  const Scenario a = tiny();
  EXPECT_EQ(refusal(a, a, {.from = a.from - days(1)}),
            "2023-12-31 to 2024-02-25 is not within the scenarios, which cover 2024-01-01 to "
            "2024-02-25 | choose among these days with --from and --to");
  EXPECT_EQ(refusal(a, a, {.stores = {4}}), "there is no store 4 | tiny has the stores 1 to 3");
}

}  // namespace
}  // namespace retailsim::pipeline
