// Reading raw objects back for clean, and naming what a clean object was made from.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "base/sha256.h"
#include "lake/lake.h"
#include "model/digest.h"
#include "transform/delivered.h"

namespace retailsim::pipeline {

struct RawObject {
  std::string path;
  lake::ObjectFacts facts;
};

// The raw objects of an event table that hold a day of `month`; in order of feed date.
std::vector<RawObject> raw_objects_of(lake::Lake& lake, std::string_view table, Month month);

// The months that the raw objects of an event table touch.
std::set<Month> raw_months(lake::Lake& lake, std::string_view table);

// Digest of a stage's hand-raised format and of all that was read, in order.
std::string inputs_of(std::string_view stage, int format, const std::string& declaration,
                      const std::vector<std::string>& read);

// The rows of raw objects, those of one month only when it is given, in order of delivery.
template <class Row>
std::vector<transform::Delivered<Row>> read_delivered(lake::Lake& lake,
                                                      const std::vector<RawObject>& objects,
                                                      const std::optional<Month>& month) {
  std::vector<transform::Delivered<Row>> rows;
  std::int64_t most = 0;
  for (const auto& object : objects) most += object.facts.rows;
  rows.reserve(static_cast<std::size_t>(most));
  // Where a fetch waits for the network, several are under way.
  auto& store = lake.store();
  const auto together = static_cast<std::size_t>(store.busy_threads(1));
  std::vector<lake::Source> sources(objects.size());
  for (std::size_t number = 0; number < objects.size(); ++number) {
    const auto& object = objects[number];
    if (number % together == 0) {
      parallel_for(std::min(together, objects.size() - number), store.busy_threads(1),
                   [&](std::size_t ahead, int) {
                     sources[number + ahead] = store.open_whole(objects[number + ahead].path);
                   });
    }
    const auto batch = lake::read_table<Row>(std::exchange(sources[number], nullptr),
                                             store.display(object.path), Layer::raw);
    const auto feed_date = lake::feed_date_of(object.path);
    for (std::size_t at = 0; at < static_cast<std::size_t>(batch.rows); ++at) {
      auto& row = rows.emplace_back();
      load_row(batch, at, row.received);
      row.feed_date = feed_date;
      row.feed_row = static_cast<std::int64_t>(at);
      if constexpr (Row::delivery == Delivery::event) {
        if (month && month_of(row.received.row.business_date) != *month) rows.pop_back();
      }
    }
  }
  return rows;
}

}  // namespace retailsim::pipeline
