// basket_size_month: small and large baskets.
#pragma once

#include "model/tables/events.h"

namespace retailsim {

enum class LinesBucket : std::uint8_t { one, to_3, to_6, to_10, to_20, more };
constexpr std::array<std::string_view, 6> labels(LinesBucket) {
  return {"1", "2-3", "4-6", "7-10", "11-20", "21+"};
}

struct BasketSizeMonth {
  StoreId store_id;
  std::string month;
  LinesBucket lines_bucket = LinesBucket::one;
  std::int64_t transactions = 0;

  bool operator==(const BasketSizeMonth&) const = default;
  static constexpr std::string_view table = "basket_size_month", plural = "basket-size-months";
  static constexpr std::string_view meaning =
      "Sale receipts of a store in a month by the number of their lines.";
  static constexpr Delivery delivery = Delivery::derived;
  static constexpr auto columns() {
    using Row = BasketSizeMonth;
    return std::tuple{
        column("store_id", &Row::store_id, key() | references("store.store_id"), "The store."),
        column("month", &Row::month, key(), "The month, YYYY-MM."),
        column("lines_bucket", &Row::lines_bucket, Rule{.is_key = true}, "Lines on the receipt."),
        column("transactions", &Row::transactions, plain(), "Sale receipts."),
    };
  }
};
static_assert(lists_every_field<BasketSizeMonth>());

}  // namespace retailsim
