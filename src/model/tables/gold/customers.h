// customer_rfm and customer_month: who buys, how lately, how often, for how much.
#pragma once

#include "model/tables/events.h"

namespace retailsim {

enum class RfmSegment : std::uint8_t { champion, loyal, fresh, at_risk, lost, other };
constexpr std::array<std::string_view, 6> labels(RfmSegment) {
  return {"CHAMPION", "LOYAL", "NEW", "AT_RISK", "LOST", "OTHER"};
}

struct CustomerRfm {
  CustomerId customer_id;
  std::int64_t recency_days = 0;
  std::int64_t transactions = 0;
  Total net_sales;
  RfmSegment segment = RfmSegment::other;

  bool operator==(const CustomerRfm&) const = default;
  static constexpr std::string_view table = "customer_rfm", plural = "customer-rfms";
  static constexpr std::string_view meaning =
      "Recency, frequency and monetary value of each customer with at least one sale.";
  static constexpr Delivery delivery = Delivery::derived;
  static constexpr auto columns() {
    using Row = CustomerRfm;
    return std::tuple{
        column("customer_id", &Row::customer_id, key() | references("customer.customer_id"),
               "The customer."),
        column("recency_days", &Row::recency_days, unit("days"),
               "From the last sale to the last day of the data."),
        column("transactions", &Row::transactions, plain(), "Sale receipts."),
        column("net_sales", &Row::net_sales, plain(), "Net of the receipts, sales − returns."),
        column("segment", &Row::segment, plain(),
               "From fifths of the customers by recency, transactions and net sales."),
    };
  }
};
static_assert(lists_every_field<CustomerRfm>());

struct CustomerMonth {
  StoreId store_id;
  std::string month;
  std::int64_t new_customers = 0;
  std::int64_t returning_customers = 0;

  bool operator==(const CustomerMonth&) const = default;
  static constexpr std::string_view table = "customer_month", plural = "customer-months";
  static constexpr std::string_view meaning =
      "How many customers bought in a store in a month, for each store and month with one.";
  static constexpr Delivery delivery = Delivery::derived;
  static constexpr auto columns() {
    using Row = CustomerMonth;
    return std::tuple{
        column("store_id", &Row::store_id, key() | references("store.store_id"), "The store."),
        column("month", &Row::month, key(), "The month, YYYY-MM."),
        column("new_customers", &Row::new_customers, unit("customers"),
               "Those whose first sale, in any store, was in this month."),
        column("returning_customers", &Row::returning_customers, unit("customers"),
               "Those who had bought before this month, in any store."),
    };
  }
};
static_assert(lists_every_field<CustomerMonth>());

}  // namespace retailsim
