#include "pipeline/data_quality.h"

#include <fmt/core.h>

#include <map>
#include <tuple>

#include "lake/beside.h"

namespace retailsim::pipeline {
namespace {

const std::string delivered = "delivered";

using Key = std::tuple<std::string, std::optional<Day>, std::string>;
using Rows = std::map<Key, DataQualityDay>;

DataQualityDay& row_of(Rows& rows, std::string_view table, const std::optional<Day>& feed_date,
                       const std::string& rule) {
  DataQualityDay& row = rows[{std::string{table}, feed_date, rule}];
  row.table_name = table;
  row.feed_date = feed_date;
  row.rule = rule;
  return row;
}

// Adds what lies beside the objects of one table, for both stages.
void add_beside(Rows& rows, lake::Lake& lake, lake::Beside which, std::string_view table) {
  for (const auto& [path, facts] : lake.objects(fmt::format("{}/{}/", label(which), table))) {
    const bool is_before_raw = path.find("/stage=validate/") != std::string::npos;
    for (const auto& count : lake::from_tally(facts.tally)) {
      if (count.outcome == Outcome::noted) continue;
      DataQualityDay& all = row_of(rows, table, count.feed_date, delivered);
      DataQualityDay& one = row_of(rows, table, count.feed_date, count.rule);
      switch (count.outcome) {
        case Outcome::quarantined:
          one.quarantined += count.rows;
          if (is_before_raw) {
            all.rows_in += count.rows;
          } else {
            all.accepted -= count.rows;
          }
          break;
        case Outcome::duplicate:
          one.duplicates += count.rows;
          all.accepted -= count.rows;
          break;
        case Outcome::repaired:
          one.repaired += count.rows;
          break;
        case Outcome::noted:
          break;
      }
    }
  }
}

}  // namespace

std::vector<DataQualityDay> data_quality_days(lake::Lake& lake) {
  Rows rows;
  LakeTables::for_each([&]<class Row>() {
    for (const auto& [path, facts] : lake.objects(Layer::raw, Row::table)) {
      if (facts.rows == 0) continue;
      DataQualityDay& all = row_of(rows, Row::table, lake::feed_date_of(path), delivered);
      all.rows_in += facts.rows;
      all.accepted += facts.rows;
    }
    add_beside(rows, lake, lake::Beside::quarantine, Row::table);
    add_beside(rows, lake, lake::Beside::findings, Row::table);
  });
  std::vector<DataQualityDay> sorted;
  for (auto& [key, row] : rows) sorted.push_back(std::move(row));
  return sorted;
}

std::vector<std::string> data_quality_reads(lake::Lake& lake) {
  std::vector<std::string> reads;
  LakeTables::for_each([&]<class Row>() {
    for (const Layer layer : {Layer::raw, Layer::clean})
      for (const auto& [path, facts] : lake.objects(layer, Row::table))
        reads.push_back(facts.inputs);
  });
  return reads;
}

}  // namespace retailsim::pipeline
