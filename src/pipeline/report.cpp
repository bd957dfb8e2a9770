#include "pipeline/report.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/failure.h"
#include "base/text.h"
#include "lake/published.h"
#include "transform/gold/store_kpis.h"

namespace retailsim::pipeline {
namespace {

std::optional<double> ratio(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

std::optional<Total> amount_each(Total sum, std::int64_t count) {
  if (count <= 0) return std::nullopt;
  return Total{divide_rounded(sum.value, count)};
}

bool matches(const Store& store, const ReportFilters& filters) {
  if (!filters.region.empty() && store.region != filters.region) return false;
  if (filters.format && store.format != filters.format) return false;
  return filters.stores.empty() ||
         std::ranges::find(filters.stores, store.store_id.value) != filters.stores.end();
}

[[noreturn]] void nothing_matches(const std::vector<Store>& stores) {
  std::set<std::string> regions, ids;
  for (const auto& store : stores) {
    if (store.region) regions.insert(*store.region);
    ids.insert(fmt::format("{}", store.store_id.value));
  }
  const std::vector<std::string> known(regions.begin(), regions.end());
  throw Failure(FailureKind::wrong_usage, "no store matches the filters",
                fmt::format("regions: {}; stores: {} of them", join(known, ", "), ids.size()));
}

// Whether a report has all that the data has of a month.
bool is_whole(Month month, const Report& report, const lake::Current& current) {
  const Day first = std::max(first_day_of(month), current.data_from.value_or(first_day));
  const Day last = std::min(last_day_of(month), current.data_through.value_or(last_day));
  return report.from <= first && last <= report.through;
}

void add_stock(std::optional<StockSums>& sums, const StoreCategoryMonth& row) {
  if (!sums) sums.emplace();
  sums->stockout_days += row.stockout_days.value_or(0);
  sums->product_days += row.product_days.value_or(0);
}

std::vector<Store> read_stores(lake::Lake& lake) {
  const auto path = lake::clean_path(Store::table, std::nullopt);
  return columnar::rows_of<Store>(lake.read<Store>(path, Layer::clean));
}

}  // namespace

Report make_report(lake::Lake& lake, const ReportFilters& filters) {
  const lake::Published published(
      lake.store(), {std::string{StoreDay::table}, std::string{StoreCategoryMonth::table}});
  const auto& current = published.current();
  const auto stores = read_stores(lake);
  Report report;
  report.run_id = current.run_id;
  report.from = std::max(filters.from.value_or(first_day), current.data_from.value_or(first_day));
  report.through = std::min(filters.to.value_or(last_day), current.data_through.value_or(last_day));
  std::map<StoreId, std::size_t> place;
  std::set<std::string> currencies;
  for (const auto& store : stores) {
    if (!matches(store, filters)) continue;
    place[store.store_id] = report.stores.size();
    report.stores.emplace_back().store = store;
    report.stores.back().sums.store_id = store.store_id;
    currencies.insert(store.currency);
  }
  if (report.stores.empty()) nothing_matches(stores);
  if (currencies.size() == 1) report.currency = *currencies.begin();
  bool any = false;
  for (const auto& day : published.rows<StoreDay>()) {
    const auto store = place.find(day.store_id);
    if (store == place.end() || day.business_date < report.from ||
        day.business_date > report.through)
      continue;
    transform::add_day(report.stores[store->second].sums, day);
    transform::add_day(report.total, day);
    any = true;
  }
  if (!any) {
    throw Failure(FailureKind::wrong_usage, "there is no data for these days",
                  current.data_from
                      ? fmt::format("the data covers {} to {}", to_text(*current.data_from),
                                    to_text(*current.data_through))
                      : "the lake holds no events yet");
  }
  for (Month month = month_of(report.from); month <= month_of(report.through); ++month.number)
    if (!is_whole(month, report, current)) return report;
  const std::string from = to_text(month_of(report.from));
  const std::string through = to_text(month_of(report.through));
  for (const auto& row : published.rows<StoreCategoryMonth>()) {
    const auto store = place.find(row.store_id);
    if (store == place.end() || row.month < from || row.month > through || !row.product_days)
      continue;
    add_stock(report.stores[store->second].stock, row);
    add_stock(report.stock, row);
  }
  return report;
}

std::optional<Total> gross_margin(const StoreMonth& sums) {
  if (!sums.cogs) return std::nullopt;
  return Total{sums.net_sales.value - sums.cogs->value};
}

std::optional<double> gross_margin_share(const StoreMonth& sums) {
  const auto margin = gross_margin(sums);
  return margin ? ratio(margin->value, sums.net_sales.value) : std::nullopt;
}

std::optional<double> conversion_rate(const StoreMonth& sums) {
  if (!sums.visitors || !sums.visit_transactions) return std::nullopt;
  return ratio(*sums.visit_transactions, *sums.visitors);
}

std::optional<Total> average_ticket(const StoreMonth& sums) {
  return amount_each(sums.net_sales, sums.transactions);
}

std::optional<double> units_per_transaction(const StoreMonth& sums) {
  return ratio(sums.units, sums.transactions);
}

std::optional<Total> sales_per_visitor(const StoreMonth& sums) {
  return sums.visitors ? amount_each(sums.net_sales, *sums.visitors) : std::nullopt;
}

std::optional<double> visitors_per_open_day(const StoreMonth& sums) {
  return sums.visitors ? ratio(*sums.visitors, sums.open_days) : std::nullopt;
}

std::optional<double> stockout_rate(const std::optional<StockSums>& stock) {
  return stock ? ratio(stock->stockout_days, stock->product_days) : std::nullopt;
}

}  // namespace retailsim::pipeline
