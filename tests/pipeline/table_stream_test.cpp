#include "pipeline/table_stream.h"

#include <gtest/gtest.h>

#include "base/failure.h"
#include "pipeline/compare_fixture.h"

namespace retailsim::pipeline {
namespace {

StreamOptions options_for(const simulate::World& world, std::vector<std::string> tables) {
  StreamOptions options;
  options.tables = std::move(tables);
  for (std::size_t store = 0; store < world.stores.size(); ++store) options.stores.push_back(store);
  return options;
}

template <class Row>
std::vector<Row> streamed(std::shared_ptr<const simulate::World> world,
                          const StreamOptions& options, std::size_t table = 0) {
  std::vector<Row> rows;
  TableStream stream(std::move(world), options);
  while (const auto batches = stream.next()) {
    const auto some = columnar::rows_of<Row>((*batches)[table]);
    rows.insert(rows.end(), some.begin(), some.end());
  }
  return rows;
}

std::vector<TransactionLine> lines_of_cells(const simulate::World& world) {
  std::vector<TransactionLine> lines;
  simulate::Weeks weeks(world);
  simulate::CellRows rows;
  for (int week = world.first_week(); week <= world.last_week(); ++week) {
    for (std::size_t store = 0; store < world.stores.size(); ++store) {
      simulate::simulate_cell(weeks, week, store, rows);
      lines.insert(lines.end(), rows.lines.begin(), rows.lines.end());
    }
  }
  return lines;
}

TEST(TableStream, GivesTheRowsOfTheCellsWeekAfterWeek) {
  const auto world = simulate::build_world(tiny());
  const auto lines = lines_of_cells(*world);
  EXPECT_GT(lines.size(), 10'000);
  auto options = options_for(*world, {"visit", "transaction_line"});
  EXPECT_EQ(streamed<TransactionLine>(world, options, 1), lines);
  options.threads = 3;
  EXPECT_EQ(streamed<TransactionLine>(world, options, 1), lines);
}

TEST(TableStream, DaysAndStoresNarrowEventsAndNotSnapshots) {
  const auto world = simulate::build_world(tiny());
  auto options = options_for(*world, {"transaction_line", "store"});
  options.from = world->scenario.from + std::chrono::days(9);
  options.to = world->scenario.from + std::chrono::days(17);
  options.stores = {1};
  auto expected = lines_of_cells(*world);
  std::erase_if(expected, [&](const TransactionLine& line) {
    return line.business_date < *options.from || line.business_date > *options.to ||
           line.store_id.value != 2;
  });
  EXPECT_FALSE(expected.empty());
  EXPECT_EQ(streamed<TransactionLine>(world, options), expected);
  EXPECT_EQ(streamed<Store>(world, options, 1).size(), world->stores.size());
}

TEST(TableStream, WeatherComesWithoutSimulatingAnything) {
  const auto world = simulate::build_world(tiny());
  const auto rows = streamed<WeatherDay>(world, options_for(*world, {"weather_day"}));
  const auto days = (world->scenario.to - world->scenario.from).count() + 1;
  EXPECT_EQ(std::ssize(rows), days * std::ssize(world->zones));
}

TEST(TableStream, ABatchEndsWithACell) {
  const auto world = simulate::build_world(tiny());
  TableStream stream(world, options_for(*world, {"transaction", "transaction_line"}));
  std::size_t batches = 0;
  while (const auto batch = stream.next()) {
    ++batches;
    EXPECT_EQ((*batch)[0].rows > 0, (*batch)[1].rows > 0);
    EXPECT_EQ(columnar::rows_of<Transaction>((*batch)[0]).back().transaction_id,
              columnar::rows_of<TransactionLine>((*batch)[1]).back().transaction_id);
  }
  EXPECT_GE(batches, 1);
}

TEST(TableStream, WhatTheScenarioDoesNotHaveIsRefused) {
  const auto world = simulate::build_world(tiny());
  const auto refusal = [&](const auto& change) {
    auto options = options_for(*world, {"visit"});
    change(options);
    try {
      TableStream(world, options);
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.kind(), FailureKind::wrong_usage);
      return std::string{failure.what()} + " | " + failure.hint();
    }
    return std::string{};
  };
  using O = StreamOptions;
  EXPECT_EQ(refusal([](O& o) { o.tables = {"visits"}; }),
            "there is no table visits | did you mean visit?");
  EXPECT_EQ(refusal([](O& o) { o.stores = {3}; }),
            "there is no store 4 | tiny has the stores 1 to 3");
  EXPECT_TRUE(refusal([&](O& o) { o.to = world->scenario.to + std::chrono::days(1); })
                  .ends_with("is not within the scenario, which covers 2024-01-01 to " +
                             to_text(world->scenario.to) + " | "));
}

}  // namespace
}  // namespace retailsim::pipeline
