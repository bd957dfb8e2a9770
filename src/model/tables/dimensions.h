// What the chain is: stores, products, prices, promotions, customers. Delivered whole
// (snapshots), not day by day.
#pragma once

#include <optional>
#include <string>

#include "model/column.h"
#include "model/id.h"
#include "model/label.h"
#include "model/money.h"
#include "model/time.h"

namespace retailsim {

// `snapshot`: one file, the whole table. `event`: one file a feed date. `derived`: made here.
enum class Delivery : std::uint8_t { snapshot, event, derived };

enum class StoreFormat : std::uint8_t { convenience, supermarket, hypermarket, boutique, outlet };
constexpr std::array<std::string_view, 5> labels(StoreFormat) {
  return {"CONVENIENCE", "SUPERMARKET", "HYPERMARKET", "BOUTIQUE", "OUTLET"};
}

struct Store {
  StoreId store_id;
  std::string name;
  std::optional<StoreFormat> format;
  std::optional<std::string> region;
  std::optional<std::string> city;
  std::optional<Degrees> latitude;
  std::optional<Degrees> longitude;
  std::optional<std::int32_t> sales_area_sqm;
  std::optional<Day> opened_on;
  std::optional<Day> closed_on;
  std::optional<std::int32_t> open_hour;
  std::optional<std::int32_t> close_hour;
  std::optional<std::string> timezone;
  std::string currency;

  bool operator==(const Store&) const = default;
  static constexpr std::string_view table = "store", plural = "stores";
  static constexpr std::string_view meaning = "One shop of the chain.";
  static constexpr Delivery delivery = Delivery::snapshot;
  static constexpr auto columns() {
    return std::tuple{
        column("store_id", &Store::store_id, key(), "Identifies the store."),
        column("name", &Store::name, plain(), "What people call the store."),
        column("format", &Store::format, plain(), "Kind of store by size and range."),
        column("region", &Store::region, plain(), "Sales region; prices are set per region."),
        column("city", &Store::city, plain(), "Town the store stands in."),
        column("latitude", &Store::latitude, between(-90'000'000, 90'000'000) | unit("degrees"),
               "North of the equator."),
        column("longitude", &Store::longitude, between(-180'000'000, 180'000'000) | unit("degrees"),
               "East of Greenwich."),
        column("sales_area_sqm", &Store::sales_area_sqm, at_least(1) | unit("m²"),
               "Floor open to shoppers."),
        column("opened_on", &Store::opened_on, plain(), "First day of trading."),
        column("closed_on", &Store::closed_on, plain(), "Last day of trading; null while open."),
        column("open_hour", &Store::open_hour, between(0, 23) | unit("hour"),
               "Hour of the day at which the doors open."),
        column("close_hour", &Store::close_hour, between(1, 24) | unit("hour"),
               "Hour of the day at which the doors close."),
        column("timezone", &Store::timezone, plain(), "IANA name of the store's clock."),
        column("currency", &Store::currency, plain(), "ISO 4217 code of all amounts."),
    };
  }
};
static_assert(lists_every_field<Store>());

struct Product {
  ProductId product_id;
  std::optional<std::string> gtin;
  std::string name;
  std::optional<std::string> department;
  std::string category;
  std::optional<std::string> subcategory;
  std::optional<std::string> brand;
  std::optional<bool> is_private_label;
  std::optional<Rate> tax_rate;
  std::optional<Day> launched_on;
  std::optional<Day> delisted_on;

  bool operator==(const Product&) const = default;
  static constexpr std::string_view table = "product", plural = "products";
  static constexpr std::string_view meaning = "One article that stores sell.";
  static constexpr Delivery delivery = Delivery::snapshot;
  static constexpr auto columns() {
    return std::tuple{
        column("product_id", &Product::product_id, key(), "Identifies the product."),
        column("gtin", &Product::gtin, plain(), "Bar code: 13 digits with check digit (GS1)."),
        column("name", &Product::name, plain(), "Text on the receipt."),
        column("department", &Product::department, plain(), "Top level of the range."),
        column("category", &Product::category, plain(), "Middle level of the range."),
        column("subcategory", &Product::subcategory, plain(), "Lowest level of the range."),
        column("brand", &Product::brand, plain(), "Brand, or the chain's own."),
        column("is_private_label", &Product::is_private_label, plain(),
               "Whether the chain owns the brand."),
        column("tax_rate", &Product::tax_rate, between(0, 10'000),
               "Value-added tax on the net price; 0.2000 is 20 %."),
        column("launched_on", &Product::launched_on, plain(), "First day on the shelf."),
        column("delisted_on", &Product::delisted_on, plain(),
               "Last day on the shelf; null while listed."),
    };
  }
};
static_assert(lists_every_field<Product>());

struct Price {
  ProductId product_id;
  std::string zone;
  Day valid_from;
  std::optional<Day> valid_to;
  Cents list_price;
  std::optional<Cents> unit_cost;

  bool operator==(const Price&) const = default;
  static constexpr std::string_view table = "price", plural = "prices";
  static constexpr std::string_view meaning =
      "List price and cost of a product in a price zone (a region) for a span of days.";
  static constexpr Delivery delivery = Delivery::snapshot;
  static constexpr auto columns() {
    return std::tuple{
        column("product_id", &Price::product_id, key() | references("product.product_id"),
               "The product."),
        column("zone", &Price::zone, key(), "The region in which this price holds."),
        column("valid_from", &Price::valid_from, key(), "First day of this price."),
        column("valid_to", &Price::valid_to, plain(), "Last day of this price; null: no end."),
        column("list_price", &Price::list_price, at_least(0), "Shelf price without tax."),
        column("unit_cost", &Price::unit_cost, at_least(0), "What one unit costs the chain."),
    };
  }
};
static_assert(lists_every_field<Price>());

struct PromotionProduct {
  PromoId promo_id;
  ProductId product_id;

  bool operator==(const PromotionProduct&) const = default;
  static constexpr std::string_view table = "promotion_product", plural = "promotion-products";
  static constexpr std::string_view meaning = "Which products a promotion covers.";
  static constexpr Delivery delivery = Delivery::snapshot;
  static constexpr auto columns() {
    return std::tuple{
        column("promo_id", &PromotionProduct::promo_id,
               key() | inherited() | references("promotion.promo_id"), "The promotion."),
        column("product_id", &PromotionProduct::product_id,
               key() | references("product.product_id"), "A product on promotion."),
    };
  }
};
static_assert(lists_every_field<PromotionProduct>());

enum class PromotionKind : std::uint8_t { price_cut, mailer, display };
constexpr std::array<std::string_view, 3> labels(PromotionKind) {
  return {"PRICE_CUT", "MAILER", "DISPLAY"};
}

struct Promotion {
  PromoId promo_id;
  PromotionKind kind;
  std::optional<std::int32_t> depth_pct;
  Day starts_on;
  Day ends_on;

  bool operator==(const Promotion&) const = default;
  static constexpr std::string_view table = "promotion", plural = "promotions";
  static constexpr std::string_view meaning = "A price reduction for some products and days.";
  static constexpr Delivery delivery = Delivery::snapshot;
  using Child = PromotionProduct;
  static constexpr std::string_view children_name = "products";
  static constexpr auto columns() {
    return std::tuple{
        column("promo_id", &Promotion::promo_id, key(), "Identifies the promotion."),
        column("kind", &Promotion::kind, plain(), "How shoppers learn of it."),
        column("depth_pct", &Promotion::depth_pct, between(0, 100) | unit("%"),
               "Share taken off the list price."),
        column("starts_on", &Promotion::starts_on, plain(), "First day."),
        column("ends_on", &Promotion::ends_on, plain(), "Last day."),
    };
  }
};
static_assert(lists_every_field<Promotion>());

enum class Segment : std::uint8_t { single, couple, family, senior };
constexpr std::array<std::string_view, 4> labels(Segment) {
  return {"SINGLE", "COUPLE", "FAMILY", "SENIOR"};
}

enum class LoyaltyTier : std::uint8_t { basic, silver, gold };
constexpr std::array<std::string_view, 3> labels(LoyaltyTier) {
  return {"BASIC", "SILVER", "GOLD"};
}

struct Customer {
  CustomerId customer_id;
  HouseholdId household_id;
  StoreId home_store_id;
  std::optional<Segment> segment;
  std::optional<LoyaltyTier> loyalty_tier;
  std::optional<Day> joined_on;
  std::optional<std::int32_t> birth_year;
  std::string name;
  std::optional<std::string> email;

  bool operator==(const Customer&) const = default;
  static constexpr std::string_view table = "customer", plural = "customers";
  static constexpr std::string_view meaning =
      "A holder of a loyalty card. All people are invented.";
  static constexpr Delivery delivery = Delivery::snapshot;
  static constexpr auto columns() {
    return std::tuple{
        column("customer_id", &Customer::customer_id, key(), "Identifies the card holder."),
        column("household_id", &Customer::household_id, plain(), "People who shop together."),
        column("home_store_id", &Customer::home_store_id, references("store.store_id"),
               "The store this household visits most."),
        column("segment", &Customer::segment, plain(), "Kind of household."),
        column("loyalty_tier", &Customer::loyalty_tier, plain(), "Level of the loyalty card."),
        column("joined_on", &Customer::joined_on, plain(), "Day the card was handed out."),
        column("birth_year", &Customer::birth_year, between(1900, 2100) | unit("year"),
               "Year of birth."),
        column("name", &Customer::name, plain(), "Name (invented)."),
        column("email", &Customer::email, plain(), "Address at a domain kept for examples."),
    };
  }
};
static_assert(lists_every_field<Customer>());

}  // namespace retailsim
