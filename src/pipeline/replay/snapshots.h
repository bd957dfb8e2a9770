// Sales lines -> the stores, products and customers that they name, each table by id. What
// lines do not tell (a store's town, a product's bar code, a customer's age) is null.
#pragma once

#include <string>
#include <vector>

#include "model/schema.h"
#include "pipeline/replay/receipts.h"

namespace retailsim::pipeline {

std::vector<Store> replayed_stores(const SalesLines& lines, const std::string& timezone,
                                   const std::string& currency);

// Products are named by product_type, for want of a better text, or else by category. They are
// private label or not by `brand`, provided that it is Private for some product.
std::vector<Product> replayed_products(const SalesLines& lines);

// One customer a household. Home is the store with most of its receipts, of equals the one
// with the smaller id.
std::vector<Customer> replayed_customers(const SalesLines& lines, const Receipts& receipts);

}  // namespace retailsim::pipeline
