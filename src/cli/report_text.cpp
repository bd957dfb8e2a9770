#include "cli/report_text.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "cli/figures.h"

namespace retailsim::cli {
namespace {

using Json = nlohmann::ordered_json;

// Exact: the digits of the amount, as DECIMAL text.
Json exact(std::optional<Total> amount) {
  return amount ? Json(exact_text(*amount)) : Json(nullptr);
}

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

constexpr auto row_format = "{:<22}{:>15}{:>14}{:>9}{:>10}{:>12}{:>10}{:>11}{:>14}{:>14}\n";

// The stock-out rate has a column only where it is known.
constexpr auto stock_format = "{:>12}";

std::string line(std::string_view name, const StoreMonth& sums,
                 const std::optional<pipeline::StockSums>& stock, bool has_stock) {
  using namespace pipeline;
  std::string text = fmt::format(
      row_format, clipped(name, 21), money(sums.net_sales), money(gross_margin(sums)),
      percent(gross_margin_share(sums)), count(sums.visitors), percent(conversion_rate(sums)),
      count(sums.transactions), money(average_ticket(sums)), money(sales_per_visitor(sums)),
      decimal(units_per_transaction(sums)));
  if (has_stock)
    text.insert(text.size() - 1, fmt::format(stock_format, percent(stockout_rate(stock))));
  return text;
}

Json sums_json(const StoreMonth& sums, const std::optional<pipeline::StockSums>& stock) {
  using namespace pipeline;
  return {{"open_days", sums.open_days},
          {"gross_sales", exact(sums.gross_sales)},
          {"discounts", exact(sums.discounts)},
          {"returns", exact(sums.returns)},
          {"net_sales", exact(sums.net_sales)},
          {"cogs", exact(sums.cogs)},
          {"gross_margin", exact(gross_margin(sums))},
          {"gross_margin_share", or_null(gross_margin_share(sums))},
          {"tax", exact(sums.tax)},
          {"transactions", sums.transactions},
          {"return_transactions", sums.return_transactions},
          {"visit_transactions", or_null(sums.visit_transactions)},
          {"units", sums.units},
          {"visitors", or_null(sums.visitors)},
          {"conversion_rate", or_null(conversion_rate(sums))},
          {"average_ticket", exact(average_ticket(sums))},
          {"units_per_transaction", or_null(units_per_transaction(sums))},
          {"sales_per_visitor", exact(sales_per_visitor(sums))},
          {"average_visitors", or_null(visitors_per_open_day(sums))},
          {"stockout_days", stock ? Json(stock->stockout_days) : Json(nullptr)},
          {"product_days", stock ? Json(stock->product_days) : Json(nullptr)},
          {"stockout_rate", or_null(stockout_rate(stock))}};
}

}  // namespace

std::string report_table(const pipeline::Report& report) {
  std::string text = fmt::format(
      "KPIs from {} to {}{}\n\n", to_text(report.from), to_text(report.through),
      report.currency.empty() ? "" : fmt::format(", amounts in {} without tax", report.currency));
  const bool has_stock = report.stock.has_value();
  std::string head =
      fmt::format(row_format, "store", "net sales", "gross margin", "margin", "visitors",
                  "conversion", "tickets", "avg ticket", "sales/visitor", "units/ticket");
  if (has_stock) head.insert(head.size() - 1, fmt::format(stock_format, "stock-out"));
  text += head;
  text += std::string(head.size() - 1, '-') + "\n";
  for (const auto& store : report.stores) {
    text += line(fmt::format("{} {}", store.store.store_id.value, store.store.name), store.sums,
                 store.stock, has_stock);
  }
  text += std::string(head.size() - 1, '-') + "\n";
  text += line("all", report.total, report.stock, has_stock);
  return text;
}

Json report_json(const pipeline::Report& report) {
  Json stores = Json::array();
  for (const auto& each : report.stores) {
    Json row = {{"store_id", each.store.store_id.value}, {"name", each.store.name}};
    row.update(sums_json(each.sums, each.stock));
    stores.push_back(std::move(row));
  }
  return {{"run_id", report.run_id},
          {"from", to_text(report.from)},
          {"through", to_text(report.through)},
          {"currency", report.currency.empty() ? Json(nullptr) : Json(report.currency)},
          {"stores", std::move(stores)},
          {"total", sums_json(report.total, report.stock)}};
}

}  // namespace retailsim::cli
