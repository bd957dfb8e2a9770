#include "pipeline/replay/snapshots.h"

#include <fmt/core.h>

#include <algorithm>

namespace retailsim::pipeline {
namespace {

constexpr std::string_view private_brand = "Private";

// By household code.
std::vector<StoreId> home_stores(const SalesLines& lines, const Receipts& receipts) {
  std::vector<std::pair<ReplayIds::Code, StoreId>> trips;
  trips.reserve(receipts.outlines.size());
  for (const auto& receipt : receipts.outlines)
    trips.emplace_back(receipt.household, receipt.store_id);
  std::ranges::sort(trips);
  std::vector<StoreId> homes(lines.households.size());
  std::vector<std::ptrdiff_t> most(lines.households.size());
  for (auto begin = trips.begin(); begin != trips.end();) {
    const auto end =
        std::find_if(begin, trips.end(), [&](const auto& trip) { return trip != *begin; });
    const auto [household, store] = *begin;
    if (end - begin > most[household]) {
      most[household] = end - begin;
      homes[household] = store;
    }
    begin = end;
  }
  return homes;
}

}  // namespace

std::vector<Store> replayed_stores(const SalesLines& lines, const std::string& timezone,
                                   const std::string& currency) {
  std::vector<Store> rows;
  for (const auto code : lines.stores.in_order()) {
    Store& row = rows.emplace_back();
    row.store_id = {lines.stores.id_of(code)};
    row.name = fmt::format("Store {}", lines.stores.text_of(code));
    row.timezone = timezone;
    row.currency = currency;
  }
  return rows;
}

std::vector<Product> replayed_products(const SalesLines& lines) {
  const bool has_private_brand = std::ranges::any_of(
      lines.product_texts, [](const ProductText& text) { return text.brand == private_brand; });
  std::vector<Product> rows;
  for (const auto code : lines.products.in_order()) {
    const ProductText& text = lines.product_texts[code];
    Product& row = rows.emplace_back();
    row.product_id = {lines.products.id_of(code)};
    row.category = text.category.value_or("");  // it is always there
    row.name = text.product_type.value_or(row.category);
    row.department = text.department;
    row.brand = text.brand;
    if (has_private_brand && text.brand) row.is_private_label = *text.brand == private_brand;
  }
  return rows;
}

std::vector<Customer> replayed_customers(const SalesLines& lines, const Receipts& receipts) {
  const auto homes = home_stores(lines, receipts);
  std::vector<Customer> rows;
  for (const auto code : lines.households.in_order()) {
    Customer& row = rows.emplace_back();
    row.customer_id = {lines.households.id_of(code)};
    row.household_id = {lines.households.id_of(code)};
    row.home_store_id = homes[code];
    row.name = fmt::format("Household {}", lines.households.text_of(code));
  }
  return rows;
}

}  // namespace retailsim::pipeline
