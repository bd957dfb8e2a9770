// The dimension tables as the source system delivers them: the whole scenario at once. Prices
// and promotions have theirs in prices.h and promotions.h.
#pragma once

#include <string>
#include <vector>

#include "simulate/world.h"

namespace retailsim::simulate {

std::vector<Store> store_rows(const World& world);
std::vector<Product> product_rows(const World& world);
std::vector<Customer> customer_rows(const World& world);

// 13 digits from GS1's range for codes that a company gives itself (20 …), check digit
// included.
std::string gtin_of(ProductId product);

}  // namespace retailsim::simulate
