// product_month and store_category_month: what a store sold of what.
#pragma once

#include "model/tables/events.h"

namespace retailsim {

template <class Row>
constexpr auto product_sales_columns() {
  return std::tuple{
      column("net_sales", &Row::net_sales, plain(), "Σ net, sales − returns."),
      column("cogs", &Row::cogs, plain(),
             "Cost of goods sold: Σ unit_cost × quantity, sales − returns."),
      column("units", &Row::units, unit("units"), "Σ quantity, sales − returns."),
      column("discounts", &Row::discounts, plain(), "Σ discount of sale lines."),
      column("stockout_days", &Row::stockout_days, unit("days"),
             "Product-days on which it was missing for some time; null without stock."),
      column("product_days", &Row::product_days, unit("days"),
             "Σ over listed products of the store's open days; null without stock."),
  };
}

struct ProductMonth {
  StoreId store_id;
  std::string month;
  ProductId product_id;
  Total net_sales;
  std::optional<Total> cogs;
  std::int64_t units = 0;
  Total discounts;
  std::optional<std::int64_t> stockout_days;
  std::optional<std::int64_t> product_days;

  bool operator==(const ProductMonth&) const = default;
  static constexpr std::string_view table = "product_month", plural = "product-months";
  static constexpr std::string_view meaning =
      "What a store sold of a product in a month, for each product on a receipt.";
  static constexpr Delivery delivery = Delivery::derived;
  static constexpr auto columns() {
    using Row = ProductMonth;
    return std::tuple_cat(
        std::tuple{
            column("store_id", &Row::store_id, key() | references("store.store_id"), "The store."),
            column("month", &Row::month, key(), "The month, YYYY-MM."),
            column("product_id", &Row::product_id, key() | references("product.product_id"),
                   "The product."),
        },
        product_sales_columns<Row>());
  }
};
static_assert(lists_every_field<ProductMonth>());

struct StoreCategoryMonth {
  StoreId store_id;
  std::string month;
  std::string category;
  Total net_sales;
  std::optional<Total> cogs;
  std::int64_t units = 0;
  Total discounts;
  std::optional<std::int64_t> stockout_days;
  std::optional<std::int64_t> product_days;

  bool operator==(const StoreCategoryMonth&) const = default;
  static constexpr std::string_view table = "store_category_month",
                                    plural = "store-category-months";
  static constexpr std::string_view meaning =
      "What a store sold of a category in a month: the sums of product_month; but its stock "
      "counts every listed product.";
  static constexpr Delivery delivery = Delivery::derived;
  static constexpr auto columns() {
    using Row = StoreCategoryMonth;
    return std::tuple_cat(
        std::tuple{
            column("store_id", &Row::store_id, key() | references("store.store_id"), "The store."),
            column("month", &Row::month, key(), "The month, YYYY-MM."),
            column("category", &Row::category, key(), "The products' category."),
        },
        product_sales_columns<Row>());
  }
};
static_assert(lists_every_field<StoreCategoryMonth>());

}  // namespace retailsim
