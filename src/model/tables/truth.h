// What is true of the simulated chain and nobody is told: kept in a folder of its own, never
// served. Methods are graded against it.
#pragma once

#include "model/quality.h"
#include "model/tables/dimensions.h"

namespace retailsim {

struct TruthDefect {
  std::string table_name;
  std::string key;
  std::optional<std::string> column_name;
  DefectKind kind;
  Mechanism mechanism;
  Day feed_date;
  std::optional<std::string> true_value;
  std::optional<std::string> emitted_value;

  bool operator==(const TruthDefect&) const = default;
  static constexpr std::string_view table = "truth_defect", plural = "truth-defects";
  static constexpr std::string_view meaning = "A defect that was put into the feed.";
  static constexpr Delivery delivery = Delivery::event;
  static constexpr auto columns() {
    using T = TruthDefect;
    return std::tuple{
        column("table_name", &T::table_name, retailsim::key(), "Table of the damaged row."),
        column("key", &T::key, retailsim::key(), "Its true key, parts joined by /."),
        column("column_name", &T::column_name, plain(),
               "The damaged column; null when the whole row is."),
        column("kind", &T::kind, plain(), "What was done to it."),
        column("mechanism", &T::mechanism, plain(),
               "What made it likely: nothing (MCAR), something visible (MAR), the value (MNAR)."),
        column("feed_date", &T::feed_date, sorted(), "Day on which the damaged row is delivered."),
        column("true_value", &T::true_value, plain(), "The value before."),
        column("emitted_value", &T::emitted_value, plain(), "The value delivered."),
    };
  }
};
static_assert(lists_every_field<TruthDefect>());

enum class DemandCause : std::uint8_t { out_of_stock, missed_delivery, taken_instead };
constexpr std::array<std::string_view, 3> labels(DemandCause) {
  return {"OUT_OF_STOCK", "MISSED_DELIVERY", "TAKEN_INSTEAD"};
}

struct TruthDemand {
  StoreId store_id;
  ProductId product_id;
  Day business_date;
  std::int32_t wanted;
  std::int32_t sold;
  std::int32_t lost;
  std::int32_t substituted;
  std::int32_t taken_instead;
  DemandCause cause;

  bool operator==(const TruthDemand&) const = default;
  static constexpr std::string_view table = "truth_demand", plural = "truth-demands";
  static constexpr std::string_view meaning =
      "What shoppers wanted of a product in a store on a day, where they did not buy just that: "
      "wanted = sold - taken_instead + substituted + lost.";
  static constexpr Delivery delivery = Delivery::event;
  static constexpr auto columns() {
    using T = TruthDemand;
    return std::tuple{
        column("store_id", &T::store_id, key() | references("store.store_id"), "The store."),
        column("product_id", &T::product_id, key() | references("product.product_id"),
               "The product."),
        column("business_date", &T::business_date, key(), "Day on the store's calendar."),
        column("wanted", &T::wanted, at_least(0) | unit("units"),
               "Units that shoppers came for, whether or not they got them."),
        column("sold", &T::sold, at_least(0) | unit("units"), "Units sold: those on receipts."),
        column("lost", &T::lost, at_least(0) | unit("units"),
               "Wanted units in place of which nothing was sold."),
        column("substituted", &T::substituted, at_least(0) | unit("units"),
               "Wanted units in place of which another product was sold."),
        column("taken_instead", &T::taken_instead, at_least(0) | unit("units"),
               "Units sold to shoppers who wanted another product."),
        column("cause", &T::cause, plain(),
               "Why it was not on the shelf; TAKEN_INSTEAD: it was, and another product was not."),
    };
  }
};
static_assert(lists_every_field<TruthDemand>());

}  // namespace retailsim
