// store_date_hour and store_hour: when in the day a store is visited and sells.
#pragma once

#include "model/tables/events.h"

namespace retailsim {

// What happens in an hour on a store's clock. Visits and receipts count in the hour they begin.
template <class Row>
constexpr auto hour_columns() {
  return std::tuple{
      column("visitors", &Row::visitors, plain(), "Visits that began in the hour."),
      column("visit_transactions", &Row::visit_transactions, plain(),
             "Those of these visits that ended in a purchase."),
      column("transactions", &Row::transactions, plain(), "Sale receipts begun in the hour."),
      column("net_sales", &Row::net_sales, plain(),
             "Net of the receipts begun in the hour, sales − returns."),
  };
}

struct StoreDateHour {
  StoreId store_id;
  Day business_date;
  std::int32_t hour = 0;
  std::optional<std::int64_t> visitors;
  std::optional<std::int64_t> visit_transactions;
  std::int64_t transactions = 0;
  Total net_sales;

  bool operator==(const StoreDateHour&) const = default;
  static constexpr std::string_view table = "store_date_hour", plural = "store-date-hours";
  static constexpr std::string_view meaning =
      "Visits and sales of a store in one hour of one day, for each hour with a visit or a "
      "receipt.";
  static constexpr Delivery delivery = Delivery::derived;
  static constexpr auto columns() {
    using Row = StoreDateHour;
    return std::tuple_cat(
        std::tuple{
            column("store_id", &Row::store_id, key() | references("store.store_id"), "The store."),
            column("business_date", &Row::business_date, key(), "The day."),
            column("hour", &Row::hour, key() | between(0, 23) | unit("hour"),
                   "Hour on the store's clock."),
        },
        hour_columns<Row>());
  }
};
static_assert(lists_every_field<StoreDateHour>());

struct StoreHour {
  StoreId store_id;
  std::string month;
  std::int32_t weekday = 1;
  std::int32_t hour = 0;
  std::int64_t occurrences = 0;
  std::optional<std::int64_t> visitors;
  std::optional<std::int64_t> visit_transactions;
  std::int64_t transactions = 0;
  Total net_sales;

  bool operator==(const StoreHour&) const = default;
  static constexpr std::string_view table = "store_hour", plural = "store-hours";
  static constexpr std::string_view meaning =
      "The week of a store in a month: the sums of store_date_hour by weekday and hour.";
  static constexpr Delivery delivery = Delivery::derived;
  static constexpr auto columns() {
    using Row = StoreHour;
    return std::tuple_cat(
        std::tuple{
            column("store_id", &Row::store_id, key() | references("store.store_id"), "The store."),
            column("month", &Row::month, key(), "The month, YYYY-MM."),
            column("weekday", &Row::weekday, key() | between(1, 7), "1 is Monday, 7 Sunday."),
            column("hour", &Row::hour, key() | between(0, 23) | unit("hour"),
                   "Hour on the store's clock."),
            column("occurrences", &Row::occurrences, unit("days"),
                   "Days of this weekday in the month on which the store was open."),
        },
        hour_columns<Row>());
  }
};
static_assert(lists_every_field<StoreHour>());

}  // namespace retailsim
