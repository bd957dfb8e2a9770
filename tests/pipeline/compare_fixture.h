// The small chain of scenarios/tiny.toml, its twins, and the rows in which they differ.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "base/files.h"
#include "pipeline/compare_stage.h"
#include "simulate/cell.h"
#include "simulate/promotions.h"
#include "simulate/snapshots.h"
#include "support/temporary_folder.h"

namespace retailsim::pipeline {

using Json = nlohmann::json;

inline Scenario tiny() {
  return load_scenario(std::filesystem::path{RETAILSIM_SOURCE_DIR} / "scenarios" / "tiny.toml");
}

inline Scenario tiny_with(std::string_view values) { return with_values(tiny(), values, "test"); }

// The promotion of which most lines are sold in the fifth week, among those that begin later than
// the scenario.
inline Promotion a_promotion(const simulate::World& world) {
  std::map<PromoId, int> lines;
  simulate::Weeks weeks(world);
  simulate::CellRows rows;
  for (std::size_t store = 0; store < world.stores.size(); ++store) {
    simulate::simulate_cell(weeks, world.first_week() + 4, store, rows);
    for (const auto& line : rows.lines)
      if (line.promo_id) ++lines[*line.promo_id];
  }
  Promotion best{};
  for (const auto& promotion : simulate::promotion_rows(world).promotions) {
    if (promotion.starts_on > world.scenario.from &&
        lines[promotion.promo_id] > lines[best.promo_id])
      best = promotion;
  }
  return best;
}

class CompareTest : public testing::Test {
 protected:
  // The rows that differ, as read back from the folder.
  std::vector<Json> rows_of(const std::string& table) const {
    std::vector<Json> rows;
    const std::string text = read_file(options_.rows / (table + ".ndjson"));
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      rows.push_back(Json::parse(text.substr(at, end - at)));
      at = end + 1;
    }
    return rows;
  }

  // The words with which the comparison is refused: "what | hint".
  static std::string refusal(const Scenario& a, const Scenario& b, const CompareOptions& options) {
    try {
      compare_stage(a, b, options);
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.kind(), FailureKind::wrong_usage);
      return std::string{failure.what()} + " | " + failure.hint();
    }
    return "compared";
  }

  TemporaryFolder folder_;
  CompareOptions options_{.rows = folder_.path() / "rows"};
};

}  // namespace retailsim::pipeline
