// Realistic receipts from a counter: receipt i is a function of i alone. About 8 lines each.
#pragma once

#include <vector>

#include "model/schema.h"

namespace retailsim::sample {

class Draws {
 public:
  explicit constexpr Draws(std::uint64_t key) : state_(key * 0x9E3779B97F4A7C15u) {}
  constexpr std::uint64_t next() {
    std::uint64_t x = state_ += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
  }
  constexpr std::int64_t below(std::int64_t limit) {
    return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(limit));
  }
  constexpr bool chance(int percent) { return below(100) < percent; }

 private:
  std::uint64_t state_;
};

struct Receipt {
  Transaction header;
  std::vector<TransactionLine> lines;
};

inline Receipt receipt(std::int64_t number) {
  using namespace std::chrono;
  Draws draw(static_cast<std::uint64_t>(number) + 1);
  Receipt made;
  Transaction& t = made.header;
  t.transaction_id = {1'000'000'000 + number};
  t.store_id = {101 + number / 1200 % 40};
  t.business_date = Day{2024y / January / 1} + days(number / 48'000);
  t.local_hour = static_cast<std::int32_t>(8 + draw.below(12));
  t.begin_at = t.business_date + hours(t.local_hour - 1) + seconds(draw.below(3600));
  t.channel = draw.chance(88) ? Channel::store : Channel::online;
  t.kind = draw.chance(96) ? Kind::sale : Kind::refund;
  if (draw.chance(60)) t.customer_id = CustomerId{5'000'000 + draw.below(400'000)};
  if (t.kind == Kind::refund) t.original_transaction_id = TransactionId{number};
  t.tender = static_cast<Tender>(draw.below(4));
  t.tax = Cents{0};
  const std::int64_t lines = 1 + draw.below(8) + draw.below(8);
  for (std::int32_t i = 1; i <= lines; ++i) {
    TransactionLine line{};
    line.transaction_id = t.transaction_id;
    line.line_number = i;
    line.kind = t.kind;
    line.store_id = t.store_id;
    line.business_date = t.business_date;
    line.product_id = {300'000 + draw.below(20'000) * draw.below(20'000) / 20'000};
    line.quantity = static_cast<std::int32_t>(draw.chance(75) ? 1 : 2 + draw.below(4));
    line.list_price = Cents{99 + 100 * draw.below(40)};
    line.gross = line.quantity * line.list_price;
    if (draw.chance(22)) {
      line.promo_id = PromoId{7000 + draw.below(40)};
      line.discount = Cents{line.gross.value / 5};
    }
    line.net = line.gross - line.discount;
    line.unit_cost = Cents{line.list_price.value * 7 / 10};
    line.tax = times(line.net, Rate{2000});
    t.gross += line.gross;
    t.discount += line.discount;
    t.net += line.net;
    *t.tax += *line.tax;
    made.lines.push_back(line);
  }
  t.total = t.net + *t.tax;
  return made;
}

}  // namespace retailsim::sample
