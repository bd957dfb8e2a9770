// Reading the published KPI tables as one consistent set, while another process may be
// publishing the next one.
#pragma once

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "lake/current.h"

namespace retailsim::lake {

// One look at the published state: the list, and the bytes of every object of the wanted
// tables, each checked against the list.
class Published {
 public:
  // Waits for an unfinished publish to end. Throws Failure: wrong_usage when nothing was ever
  // published here, corrupt_data when the publish stays unfinished for that long.
  Published(ObjectStore& store, const std::vector<std::string>& tables,
            std::chrono::milliseconds patience = std::chrono::seconds(5));

  const Current& current() const { return current_; }

  // The rows of one of the tables, month after month.
  template <class Row>
  std::vector<Row> rows() const {
    std::vector<Row> all;
    for (const auto& [path, bytes] : objects_) {
      if (!path.starts_with(fmt::format("gold/{}/", Row::table))) continue;
      auto rows = columnar::rows_of<Row>(read_table<Row>(source_of(bytes), path, Layer::gold));
      std::ranges::move(rows, std::back_inserter(all));
    }
    return all;
  }

 private:
  // False when an object is not the one that the list names.
  bool read(ObjectStore& store, const std::vector<std::string>& tables);

  Current current_;
  std::vector<std::pair<std::string, std::string>> objects_;  // path and bytes
};

}  // namespace retailsim::lake
