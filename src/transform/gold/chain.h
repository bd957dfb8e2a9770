// What every gold pass knows of the chain: its stores and products by number, so that sums
// lie in plain arrays, and each clean row beside the numbers of what it refers to.
#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/schema.h"

namespace retailsim::transform {

// Ids -> their places in ascending order. Ids that lie close together, as a catalogue's
// do, are looked up in an array.
class Numbers {
 public:
  // `ids` ascend.
  explicit Numbers(const std::vector<std::int64_t>& ids);

  // `id` must be one of them: clean rows refer to what exists.
  std::size_t of(std::int64_t id) const {
    if (!direct_.empty()) {
      const auto at = static_cast<std::size_t>(id - first_);
      assert(at < direct_.size());
      return direct_[at];
    }
    const auto found = by_id_.find(id);
    assert(found != by_id_.end());
    return found->second;
  }

 private:
  std::int64_t first_ = 0;
  std::vector<std::uint32_t> direct_;
  std::unordered_map<std::int64_t, std::uint32_t> by_id_;
};

// Clean rows, with the numbers of the store and the product they refer to.
struct Receipt {
  const Transaction& row;
  std::size_t store;
};
struct Line {
  const TransactionLine& row;
  std::size_t store;
  std::size_t product;
};
struct Entry {
  const Visit& row;
  std::size_t store;
};
struct Stocked {
  const InventoryDay& row;
  std::size_t store;
  std::size_t product;
};

// Safe to share between threads.
class Chain {
 public:
  Chain(std::vector<Store> stores, std::vector<Product> products);

  const std::vector<Store>& stores() const { return stores_; }  // ascending by id, as numbered
  const std::vector<Product>& products() const { return products_; }
  const std::vector<std::string>& categories() const { return categories_; }  // ascending
  std::size_t category_of(std::size_t product) const { return category_of_[product]; }

  std::size_t number_of(StoreId id) const { return store_numbers_.of(id.value); }
  std::size_t number_of(ProductId id) const { return product_numbers_.of(id.value); }
  Receipt with_numbers(const Transaction& row) const { return {row, number_of(row.store_id)}; }
  Line with_numbers(const TransactionLine& row) const {
    return {row, number_of(row.store_id), number_of(row.product_id)};
  }
  Entry with_numbers(const Visit& row) const { return {row, number_of(row.store_id)}; }
  Stocked with_numbers(const InventoryDay& row) const {
    return {row, number_of(row.store_id), number_of(row.product_id)};
  }

 private:
  std::vector<Store> stores_;
  std::vector<Product> products_;
  std::vector<std::string> categories_;
  std::vector<std::size_t> category_of_;
  Numbers store_numbers_;
  Numbers product_numbers_;
};

// The days that the data of the whole lake covers. A lake without visits knows no visitors.
struct Coverage {
  Day from;
  Day through;
  bool has_visits = false;
};

// SALE counts up, RETURN down.
constexpr std::int64_t sign_of(Kind kind) { return kind == Kind::sale ? 1 : -1; }

}  // namespace retailsim::transform
