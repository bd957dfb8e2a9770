#include "pipeline/replay/receipts.h"

#include <fmt/core.h>

#include <algorithm>
#include <tuple>

#include "pipeline/replay/columns.h"

namespace retailsim::pipeline {
namespace {

// The first row of a basket, and those at both ends of its time.
struct BasketRows {
  std::uint32_t count = 0;
  std::uint32_t first = 0;
  std::uint32_t earliest = 0;
  std::uint32_t latest = 0;
};

[[noreturn]] void refuse_basket(const SalesLines& lines, std::uint32_t row, std::uint32_t other,
                                const std::string& what) {
  throw bad_row(lines.file, std::int64_t{row} + 1,
                fmt::format("basket {} {} in row {}", lines.baskets.text_of(lines.basket[row]),
                            what, std::int64_t{other} + 1),
                "make basket_id name one purchase, for example as store_id || '-' || date || '-' "
                "|| basket_id");
}

void require_same_place(const SalesLines& lines, std::uint32_t row, std::uint32_t other) {
  const auto differ = [&](const char* what, const ReplayIds& ids,
                          const std::vector<ReplayIds::Code>& codes) {
    if (codes[row] == codes[other]) return;
    refuse_basket(
        lines, row, other,
        fmt::format("has {} {}, but {}", what, ids.text_of(codes[row]), ids.text_of(codes[other])));
  };
  differ("store_id", lines.stores, lines.store);
  differ("household_id", lines.households, lines.household);
}

std::vector<BasketRows> find_baskets(const SalesLines& lines) {
  std::vector<BasketRows> baskets(lines.baskets.size());
  for (std::uint32_t row = 0; row < lines.size(); ++row) {
    BasketRows& basket = baskets[lines.basket[row]];
    if (basket.count++ == 0) {
      basket.first = basket.earliest = basket.latest = row;
      continue;
    }
    require_same_place(lines, row, basket.first);
    if (lines.sold_at[row] < lines.sold_at[basket.earliest]) basket.earliest = row;
    if (lines.sold_at[row] > lines.sold_at[basket.latest]) basket.latest = row;
    if (lines.sold_at[basket.latest] - lines.sold_at[basket.earliest] >= std::chrono::days(1))
      refuse_basket(lines, basket.latest, basket.earliest, "is sold a day or more later than");
  }
  return baskets;
}

}  // namespace

Receipts sort_receipts(const SalesLines& lines, const StoreClock& clock) {
  const auto baskets = find_baskets(lines);
  Receipts receipts;
  std::vector<std::uint32_t> next(baskets.size());  // where a basket's next row belongs
  std::uint32_t begin = 0;
  for (std::size_t code = 0; code < baskets.size(); ++code) {
    const BasketRows& basket = baskets[code];
    const auto store = lines.store[basket.first];
    const auto household = lines.household[basket.first];
    const LocalTime begin_local = lines.sold_at[basket.earliest];
    receipts.outlines.push_back(
        {TransactionId{lines.baskets.id_of(static_cast<ReplayIds::Code>(code))},
         StoreId{lines.stores.id_of(store)}, CustomerId{lines.households.id_of(household)}, store,
         household, begin_local, clock.instant_of(begin_local), begin, basket.count});
    receipts.across_midnight += std::chrono::floor<std::chrono::days>(begin_local) !=
                                std::chrono::floor<std::chrono::days>(lines.sold_at[basket.latest]);
    next[code] = begin;
    begin += basket.count;
  }
  receipts.rows.resize(lines.size());
  for (std::uint32_t row = 0; row < lines.size(); ++row)
    receipts.rows[next[lines.basket[row]]++] = row;
  for (const auto& receipt : receipts.outlines) {
    std::ranges::sort(std::span{receipts.rows}.subspan(receipt.first, receipt.lines), {},
                      [&](std::uint32_t row) {
                        return std::pair{lines.products.id_of(lines.product[row]), row};
                      });
  }
  std::ranges::sort(receipts.outlines, {}, [](const ReceiptOutline& receipt) {
    return std::tuple{receipt.business_date(), receipt.store_id, receipt.begin_at,
                      receipt.transaction_id};
  });
  return receipts;
}

Transaction receipt_row(const SalesLines& lines, const Receipts& receipts,
                        const ReceiptOutline& outline, std::vector<TransactionLine>& row_lines) {
  Transaction receipt{};
  receipt.transaction_id = outline.transaction_id;
  receipt.store_id = outline.store_id;
  receipt.business_date = outline.business_date();
  receipt.local_hour = static_cast<std::int32_t>(
      std::chrono::floor<std::chrono::hours>(outline.begin_local.time_since_epoch() -
                                             receipt.business_date.time_since_epoch())
          .count());
  receipt.begin_at = outline.begin_at;
  receipt.channel = Channel::store;
  receipt.kind = Kind::sale;
  receipt.customer_id = outline.customer_id;
  row_lines.clear();
  for (const std::uint32_t row : std::span{receipts.rows}.subspan(outline.first, outline.lines)) {
    TransactionLine line{};
    line.transaction_id = receipt.transaction_id;
    line.line_number = static_cast<std::int32_t>(row_lines.size()) + 1;
    line.kind = receipt.kind;
    line.store_id = receipt.store_id;
    line.business_date = receipt.business_date;
    line.product_id = ProductId{lines.products.id_of(lines.product[row])};
    line.quantity = lines.quantity[row];
    line.discount = lines.discount[row];
    line.net = lines.net[row];
    line.gross = line.net + line.discount;
    // Without units there is no price of one; clean refuses such a line, as it stands.
    line.list_price =
        line.quantity > 0 ? Cents{divide_rounded(line.gross.value, line.quantity)} : line.gross;
    receipt.gross += line.gross;
    receipt.discount += line.discount;
    receipt.net += line.net;
    row_lines.push_back(line);
  }
  return receipt;
}

}  // namespace retailsim::pipeline
