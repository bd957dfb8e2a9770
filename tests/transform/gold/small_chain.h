// Two stores and three products, and rows of them that a test fills in where it matters.
#pragma once

#include "transform/gold/all.h"

namespace retailsim::transform {

inline constexpr Month february{2024 * 12 + 1};
inline constexpr Day first = first_day_of(february);  // a Thursday

inline Store store(std::int64_t id) {
  Store made{};
  made.store_id = {id};
  return made;
}

inline Product product(std::int64_t id, std::string category) {
  Product made{};
  made.product_id = {id};
  made.category = std::move(category);
  return made;
}

inline const Chain& small_chain() {
  static const Chain chain({store(2), store(1)},
                           {product(30, "TEA"), product(10, "MILK"), product(20, "TEA")});
  return chain;
}

struct Sold {
  std::int64_t store = 1;
  Day day = first;
  std::int64_t receipt = 1;
  Kind kind = Kind::sale;
  std::int64_t product = 10;
  std::int32_t quantity = 1;
  std::int64_t gross = 0;
  std::int64_t discount = 0;
  std::optional<Cents> unit_cost = {};
  std::optional<PromoId> promo_id = {};
};

inline TransactionLine line(const Sold& sold) {
  TransactionLine made{};
  made.transaction_id = {sold.receipt};
  made.store_id = {sold.store};
  made.business_date = sold.day;
  made.kind = sold.kind;
  made.product_id = {sold.product};
  made.quantity = sold.quantity;
  made.gross = Cents{sold.gross};
  made.discount = Cents{sold.discount};
  made.net = Cents{sold.gross - sold.discount};
  made.unit_cost = sold.unit_cost;
  made.promo_id = sold.promo_id;
  made.tax = Cents{10};
  return made;
}

struct Rung {
  std::int64_t store = 1;
  Day day = first;
  std::int32_t hour = 9;
  std::int64_t receipt = 1;
  Kind kind = Kind::sale;
  std::int64_t net = 0;
  std::optional<std::int64_t> customer = {};
  Channel channel = Channel::store;
};

inline Transaction receipt(const Rung& rung) {
  Transaction made{};
  made.transaction_id = {rung.receipt};
  made.store_id = {rung.store};
  made.business_date = rung.day;
  made.local_hour = rung.hour;
  made.kind = rung.kind;
  made.net = Cents{rung.net};
  made.channel = rung.channel;
  if (rung.customer) made.customer_id = CustomerId{*rung.customer};
  return made;
}

inline Visit visit(Day day, bool buys, std::int32_t hour = 9) {
  Visit made{};
  made.store_id = {1};
  made.business_date = day;
  made.local_hour = hour;
  if (buys) made.transaction_id = TransactionId{5};
  return made;
}

// The whole month, with visits.
inline constexpr Coverage whole{first, last_day_of(february), true};

// Gives one row to a pass, with its numbers.
template <class Pass, class Row>
void give(Pass& pass, const Row& row) {
  pass.add(small_chain().with_numbers(row));
}

template <class Row, class Pass>
auto rows_of(Pass& pass, const Coverage& coverage = whole) {
  return pass.rows(std::type_identity<Row>{}, coverage);
}

}  // namespace retailsim::transform
