// store_day and store_month: what a store sold, and how many came to see it.
#pragma once

#include "model/tables/events.h"

namespace retailsim {

// The additive parts of a group of lines, receipts and visits, as every KPI table has them.
// An absent source is null: cogs and tax where no line has one, visitors and
// visit_transactions where the lake has no visits.
template <class Row>
constexpr auto kpi_columns() {
  return std::tuple{
      column("gross_sales", &Row::gross_sales, plain(), "Σ gross of sale lines."),
      column("discounts", &Row::discounts, plain(), "Σ discount of sale lines."),
      column("returns", &Row::returns, plain(), "Σ net of return lines."),
      column("net_sales", &Row::net_sales, plain(), "Gross sales − discounts − returns."),
      column("cogs", &Row::cogs, plain(),
             "Cost of goods sold: Σ unit_cost × quantity, sales − returns."),
      column("tax", &Row::tax, plain(), "Σ tax, sales − returns."),
      column("transactions", &Row::transactions, plain(), "Sale receipts."),
      column("return_transactions", &Row::return_transactions, plain(), "Return receipts."),
      column("visit_transactions", &Row::visit_transactions, plain(),
             "Visits that ended in a purchase."),
      column("units", &Row::units, unit("units"), "Σ quantity, sales − returns."),
      column("visitors", &Row::visitors, plain(), "Visits."),
  };
}

struct StoreDay {
  StoreId store_id;
  Day business_date;
  bool is_open = false;
  Total gross_sales;
  Total discounts;
  Total returns;
  Total net_sales;
  std::optional<Total> cogs;
  std::optional<Total> tax;
  std::int64_t transactions = 0;
  std::int64_t return_transactions = 0;
  std::optional<std::int64_t> visit_transactions;
  std::int64_t units = 0;
  std::optional<std::int64_t> visitors;

  bool operator==(const StoreDay&) const = default;
  static constexpr std::string_view table = "store_day", plural = "store-days";
  static constexpr std::string_view meaning =
      "KPIs of a store on a day, for every day from the first to the last of the data on which "
      "the store existed.";
  static constexpr Delivery delivery = Delivery::derived;
  static constexpr auto columns() {
    return std::tuple_cat(
        std::tuple{
            column("store_id", &StoreDay::store_id, key() | references("store.store_id"),
                   "The store."),
            column("business_date", &StoreDay::business_date, key(), "The day."),
            column("is_open", &StoreDay::is_open, plain(), "A visit or an in-store sale that day."),
        },
        kpi_columns<StoreDay>());
  }
};
static_assert(lists_every_field<StoreDay>());

struct StoreMonth {
  StoreId store_id;
  std::string month;
  std::int64_t open_days = 0;
  Total gross_sales;
  Total discounts;
  Total returns;
  Total net_sales;
  std::optional<Total> cogs;
  std::optional<Total> tax;
  std::int64_t transactions = 0;
  std::int64_t return_transactions = 0;
  std::optional<std::int64_t> visit_transactions;
  std::int64_t units = 0;
  std::optional<std::int64_t> visitors;

  bool operator==(const StoreMonth&) const = default;
  static constexpr std::string_view table = "store_month", plural = "store-months";
  static constexpr std::string_view meaning = "KPIs of a store in a month: the sums of store_day.";
  static constexpr Delivery delivery = Delivery::derived;
  static constexpr auto columns() {
    return std::tuple_cat(
        std::tuple{
            column("store_id", &StoreMonth::store_id, key() | references("store.store_id"),
                   "The store."),
            column("month", &StoreMonth::month, key(), "The month, YYYY-MM."),
            column("open_days", &StoreMonth::open_days, unit("days"),
                   "Days on which the store was open."),
        },
        kpi_columns<StoreMonth>());
  }
};
static_assert(lists_every_field<StoreMonth>());

}  // namespace retailsim
