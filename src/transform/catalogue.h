// What the clean snapshots say, as cleaning needs it: which stores, products and customers
// exist, how products are taxed and grouped, and what they cost where and when. Immutable
// once built; safe to share between threads.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "model/schema.h"
#include "transform/id_index.h"

namespace retailsim::transform {

struct ListedPrice {
  std::int32_t zone;  // place among the regions of the stores; nowhere for other zones
  Day from;
  Day to;  // inclusive
  Cents list_price;
  std::optional<Cents> unit_cost;
  double log_cents;  // natural logarithm of the list price in cents; of 1 when that is 0
};

struct ListedProduct {
  std::int32_t category;  // place among the categories
  std::optional<Rate> tax_rate;
};

class Catalogue {
 public:
  Catalogue() = default;
  Catalogue(std::span<const Store> stores, std::span<const Product> products,
            std::span<const Customer> customers, std::span<const Price> prices);

  const IdIndex& stores() const { return stores_; }
  const IdIndex& products() const { return products_; }
  const IdIndex& customers() const { return customers_; }

  // Of the product at this place.
  const ListedProduct& product(std::int32_t place) const {
    return listed_[static_cast<std::size_t>(place)];
  }
  std::size_t categories() const { return categories_; }

  // The price of a product in a store on a day; null when the price table has none.
  const ListedPrice* price(ProductId product, StoreId store, Day day) const;

 private:
  IdIndex stores_, products_, customers_;
  std::vector<std::int32_t> zone_of_store_;
  std::vector<ListedProduct> listed_;
  std::size_t categories_ = 0;
  std::vector<ListedPrice> prices_;        // by product, zone and day
  std::vector<std::uint32_t> price_ends_;  // by product: one past its prices
};

// What becomes of a row whose column refers to nothing.
struct Lookup {
  const IdIndex* known = nullptr;  // null: not looked up
  bool is_forgotten = false;       // the column becomes null; else the row is refused
};

// The rows a column refers to, by its `references` rule.
inline Lookup lookup(const Catalogue& catalogue, std::string_view column) {
  if (column == "store.store_id") return {&catalogue.stores()};
  if (column == "product.product_id") return {&catalogue.products()};
  if (column == "customer.customer_id") return {&catalogue.customers(), true};
  return {};
}

}  // namespace retailsim::transform
