// What happens in the chain day by day: visits, transactions with their lines, stock and weather.
// Plain structs, mostly without heap members: the simulation writes millions of them.
#pragma once

#include "model/tables/dimensions.h"

namespace retailsim {

enum class Mission : std::uint8_t { fill_in, stock_up, browse, pickup };
constexpr std::array<std::string_view, 4> labels(Mission) {
  return {"FILL_IN", "STOCK_UP", "BROWSE", "PICKUP"};
}

struct Visit {
  VisitId visit_id;
  StoreId store_id;
  Instant entered_at;
  Day business_date;
  std::int32_t local_hour;
  std::optional<std::int32_t> dwell_s;
  std::optional<CustomerId> customer_id;
  std::optional<std::int32_t> party_size;
  std::optional<Mission> mission;
  std::optional<TransactionId> transaction_id;

  bool operator==(const Visit&) const = default;
  static constexpr std::string_view table = "visit", plural = "visits";
  static constexpr std::string_view meaning =
      "A group of people entering a store, as its door counter and card readers see it.";
  static constexpr Delivery delivery = Delivery::event;
  static constexpr auto columns() {
    return std::tuple{
        column("visit_id", &Visit::visit_id, key(), "Identifies the visit."),
        column("store_id", &Visit::store_id, sorted() | references("store.store_id"),
               "Store entered."),
        column("entered_at", &Visit::entered_at, sorted(), "Instant of entering, UTC."),
        column("business_date", &Visit::business_date, sorted(), "Day on the store's calendar."),
        column("local_hour", &Visit::local_hour, between(0, 23) | unit("hour"),
               "Hour on the store's clock at entering."),
        column("dwell_s", &Visit::dwell_s, at_least(0) | unit("seconds"), "Time spent inside."),
        column("customer_id", &Visit::customer_id, references("customer.customer_id"),
               "Card holder, when the card was shown."),
        column("party_size", &Visit::party_size, at_least(1) | unit("people"),
               "People entering together."),
        column("mission", &Visit::mission, plain(),
               "What the visit was for, PICKUP to collect an order; null when goods were brought "
               "back."),
        column("transaction_id", &Visit::transaction_id, references("transaction.transaction_id"),
               "The purchase; null when nothing was bought."),
    };
  }
};
static_assert(lists_every_field<Visit>());

enum class Channel : std::uint8_t { store, online, click_and_collect };
constexpr std::array<std::string_view, 3> labels(Channel) {
  return {"STORE", "ONLINE", "CLICK_AND_COLLECT"};
}

enum class Kind : std::uint8_t { sale, refund };
constexpr std::array<std::string_view, 2> labels(Kind) { return {"SALE", "RETURN"}; }

enum class Tender : std::uint8_t { card, cash, mobile, voucher };
constexpr std::array<std::string_view, 4> labels(Tender) {
  return {"CARD", "CASH", "MOBILE", "VOUCHER"};
}

struct TransactionLine {
  TransactionId transaction_id;
  std::int32_t line_number;
  Kind kind;
  StoreId store_id;
  Day business_date;
  ProductId product_id;
  std::int32_t quantity;
  Cents list_price;
  Cents gross;
  Cents discount;
  Cents net;
  std::optional<PromoId> promo_id;
  std::optional<Cents> unit_cost;
  std::optional<Cents> tax;

  bool operator==(const TransactionLine&) const = default;
  static constexpr std::string_view table = "transaction_line", plural = "transaction-lines";
  static constexpr std::string_view meaning =
      "One product on a receipt. Amounts are without tax and never negative; kind has the sign.";
  static constexpr Delivery delivery = Delivery::event;
  static constexpr auto columns() {
    using Line = TransactionLine;
    return std::tuple{
        column("transaction_id", &Line::transaction_id,
               key() | inherited() | references("transaction.transaction_id"), "The receipt."),
        column("line_number", &Line::line_number, Rule{.is_key = true} | at_least(1),
               "Place on the receipt; numbers may have gaps."),
        column("kind", &Line::kind, inherited(), "SALE or RETURN, as the receipt."),
        column("store_id", &Line::store_id, inherited() | references("store.store_id"),
               "Store of the receipt."),
        column("business_date", &Line::business_date, inherited(), "Day of the receipt."),
        column("product_id", &Line::product_id, references("product.product_id"), "Product sold."),
        column("quantity", &Line::quantity, measure() | at_least(1) | unit("units"),
               "Units sold or taken back."),
        column("list_price", &Line::list_price, measure() | at_least(0),
               "Shelf price of one unit; informative."),
        column("gross", &Line::gross, measure() | at_least(0), "Before discount: net + discount."),
        column("discount", &Line::discount, measure() | at_least(0), "Taken off by promotions."),
        column("net", &Line::net, measure() | at_least(0), "To pay, without tax."),
        column("promo_id", &Line::promo_id, references("promotion.promo_id"),
               "Promotion that gave the discount."),
        column("unit_cost", &Line::unit_cost, measure() | at_least(0),
               "What one unit cost the chain."),
        column("tax", &Line::tax, measure() | at_least(0), "Value-added tax on net."),
    };
  }
};
static_assert(lists_every_field<TransactionLine>());

struct Transaction {
  TransactionId transaction_id;
  StoreId store_id;
  Day business_date;
  std::int32_t local_hour;
  Instant begin_at;
  Channel channel;
  Kind kind;
  std::optional<TransactionId> original_transaction_id;
  std::optional<CustomerId> customer_id;
  std::optional<Tender> tender;
  Cents gross;
  Cents discount;
  Cents net;
  std::optional<Cents> tax;
  std::optional<Cents> total;

  bool operator==(const Transaction&) const = default;
  static constexpr std::string_view table = "transaction", plural = "transactions";
  static constexpr std::string_view meaning = "A receipt: one purchase or one return.";
  static constexpr Delivery delivery = Delivery::event;
  using Child = TransactionLine;
  static constexpr std::string_view children_name = "lines";
  static constexpr auto columns() {
    using T = Transaction;
    return std::tuple{
        column("transaction_id", &T::transaction_id, key(), "Identifies the receipt."),
        column("store_id", &T::store_id, sorted() | references("store.store_id"),
               "Store that sold or took back."),
        column("business_date", &T::business_date, sorted(), "Day on the store's calendar."),
        column("local_hour", &T::local_hour, between(0, 23) | unit("hour"),
               "Hour on the store's clock."),
        column("begin_at", &T::begin_at, sorted(), "Instant of the first scan, UTC."),
        column("channel", &T::channel, plain(),
               "Where the purchase was made; of a return, where the sale was."),
        column("kind", &T::kind, plain(), "SALE or RETURN."),
        column("original_transaction_id", &T::original_transaction_id,
               references("transaction.transaction_id"), "For a return: the sale."),
        column("customer_id", &T::customer_id, references("customer.customer_id"),
               "Card holder, when the card was shown."),
        column("tender", &T::tender, plain(), "Means of payment."),
        column("gross", &T::gross, measure() | at_least(0), "Sum of the lines' gross."),
        column("discount", &T::discount, measure() | at_least(0), "Sum of the lines' discount."),
        column("net", &T::net, measure() | at_least(0), "Sum of the lines' net."),
        column("tax", &T::tax, measure() | at_least(0), "Sum of the lines' tax."),
        column("total", &T::total, measure() | at_least(0), "Net and tax."),
    };
  }
};
static_assert(lists_every_field<Transaction>());

struct InventoryDay {
  StoreId store_id;
  ProductId product_id;
  Day business_date;
  std::int32_t on_hand_close;
  std::int32_t received;
  std::int32_t waste;
  std::int32_t adjustment;
  std::int32_t minutes_out_of_stock;

  bool operator==(const InventoryDay&) const = default;
  static constexpr std::string_view table = "inventory_day", plural = "inventory-days";
  static constexpr std::string_view meaning =
      "What happened to a product's stock in a store on a day beside sales: only days on which "
      "goods came in, spoiled, were corrected or were missing. Returned goods are not put back.";
  static constexpr Delivery delivery = Delivery::event;
  static constexpr auto columns() {
    using Row = InventoryDay;
    return std::tuple{
        column("store_id", &Row::store_id, key() | sorted() | references("store.store_id"),
               "The store."),
        column("product_id", &Row::product_id, key() | references("product.product_id"),
               "The product."),
        column("business_date", &Row::business_date, key() | sorted(),
               "Day on the store's calendar."),
        column("on_hand_close", &Row::on_hand_close, measure() | at_least(0) | unit("units"),
               "Units in the store at the end of the day, after the night's delivery."),
        column("received", &Row::received, measure() | at_least(0) | unit("units"),
               "Units that came in, mostly in the night after closing."),
        column("waste", &Row::waste, measure() | at_least(0) | unit("units"),
               "Units thrown away because they were too old."),
        column("adjustment", &Row::adjustment, measure() | unit("units"),
               "Negative: units that a count found missing, or that the delivery took back."),
        column("minutes_out_of_stock", &Row::minutes_out_of_stock,
               measure() | between(0, 1440) | unit("minutes"),
               "Opening time during which none was on the shelf."),
    };
  }
};
static_assert(lists_every_field<InventoryDay>());

struct WeatherDay {
  std::string region;
  Day business_date;
  Tenths temperature_c;
  Tenths rain_mm;

  bool operator==(const WeatherDay&) const = default;
  static constexpr std::string_view table = "weather_day", plural = "weather-days";
  static constexpr std::string_view meaning =
      "The weather of a region on a day, as its station has measured it.";
  static constexpr Delivery delivery = Delivery::event;
  static constexpr auto columns() {
    using Row = WeatherDay;
    return std::tuple{
        column("region", &Row::region, key(), "The region, as in store.region."),
        column("business_date", &Row::business_date, key() | sorted(),
               "Day on the calendar of the region."),
        column("temperature_c", &Row::temperature_c, measure() | between(-900, 600) | unit("°C"),
               "Mean temperature of the day."),
        column("rain_mm", &Row::rain_mm, measure() | at_least(0) | unit("mm"),
               "Rain of the day; 0: it was dry."),
    };
  }
};
static_assert(lists_every_field<WeatherDay>());

}  // namespace retailsim
