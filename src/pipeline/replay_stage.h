// Sales lines of a real chain -> feed: real transactions then take the same way through the
// API, the lake and the KPIs as simulated ones.
//
// The feed has what the lines tell (replay_lines.h names the columns): stores, products, one
// customer a household, and a delivery of transactions for every day from the first sale to
// the last. Prices, promotions and visits exist but hold nothing; unit cost and tax are null.
#pragma once

#include <filesystem>
#include <string>

#include "pipeline/run_record.h"

namespace retailsim::pipeline {

struct ReplayOptions {
  std::filesystem::path lines;
  std::filesystem::path out;
  std::string timezone = "UTC";  // IANA name of the clock that the lines' times were read from
  std::string currency = "USD";  // ISO 4217
  bool overwrite = false;
  int threads = 1;
  bool quiet = true;
};

// Equal files and options give equal bytes. A folder that has them already is left alone,
// without reading the lines; counts are empty then. Otherwise counts has
//   "lines"                     read, all of which are in the feed
//   "baskets_across_midnight"   receipts dated by their earliest line
//   "products_described_twice"  products whose lines differ in a text; the first one holds
//   "<column>s_numbered"        ids of the column that got new numbers (replay_ids.h)
// Throws Failure as StoreClock, read_sales_lines, sort_receipts and FeedFolder do; nothing is
// written before the whole file is found good.
StageRecord replay_stage(const ReplayOptions& options);

}  // namespace retailsim::pipeline
