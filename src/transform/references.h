// Which stores, products and customers exist: what the rows of other tables may refer to.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_set>

#include "model/schema.h"

namespace retailsim::transform {

struct References {
  std::unordered_set<std::int64_t> stores;
  std::unordered_set<std::int64_t> products;
  std::unordered_set<std::int64_t> customers;
};

// What becomes of a row whose column refers to nothing.
enum class Orphan { refused, unknown_customer };

struct Lookup {
  const std::unordered_set<std::int64_t>* known = nullptr;  // null: not looked up
  Orphan outcome = Orphan::refused;
};

// The rows a column refers to, by its `references` rule.
inline Lookup lookup(const References& references, std::string_view column) {
  if (column == "store.store_id") return {&references.stores, Orphan::refused};
  if (column == "product.product_id") return {&references.products, Orphan::refused};
  if (column == "customer.customer_id") return {&references.customers, Orphan::unknown_customer};
  return {};
}

}  // namespace retailsim::transform
