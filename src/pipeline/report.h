// The KPIs of stores over a span of days, from the published tables alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lake/lake.h"

namespace retailsim::pipeline {

struct ReportFilters {
  std::optional<Day> from;  // business dates, inclusive; absent: all the data
  std::optional<Day> to;
  std::string region;                 // empty: every region
  std::optional<StoreFormat> format;  // absent: every format
  std::vector<std::int64_t> stores;   // empty: every store
};

// Unknown where stock is not tracked, or the report covers a part of a month.
struct StockSums {
  std::int64_t stockout_days = 0;
  std::int64_t product_days = 0;
};

struct StoreReport {
  Store store;
  StoreMonth sums;  // of the span; its month is empty
  std::optional<StockSums> stock;
};

struct Report {
  Day from, through;  // the days that the report covers
  std::string run_id;
  std::string currency;             // empty when stores differ in it: amounts are then not added up
  std::vector<StoreReport> stores;  // by id
  StoreMonth total;
  std::optional<StockSums> stock;
};

// Throws Failure(wrong_usage) when nothing was published, or nothing matches the filters.
Report make_report(lake::Lake& lake, const ReportFilters& filters);

// Ratios of sums; nothing when the denominator is zero or a part is unknown. Amounts a unit
// are in cents, rounded half away from zero.
std::optional<double> gross_margin_share(const StoreMonth& sums);
std::optional<Total> gross_margin(const StoreMonth& sums);
std::optional<double> conversion_rate(const StoreMonth& sums);
std::optional<Total> average_ticket(const StoreMonth& sums);
std::optional<double> units_per_transaction(const StoreMonth& sums);
std::optional<Total> sales_per_visitor(const StoreMonth& sums);
std::optional<double> visitors_per_open_day(const StoreMonth& sums);
std::optional<double> stockout_rate(const std::optional<StockSums>& stock);

}  // namespace retailsim::pipeline
