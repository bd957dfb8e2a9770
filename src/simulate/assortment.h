// What kind of goods a chain sells, as data: one file per kind under assortments/.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace retailsim::simulate {

enum class TaxClass : std::uint8_t { reduced, standard };

struct CategoryFacts {
  std::string_view department;
  std::string_view name;
  std::string_view kinds;  // subcategories, parted by '|'; products are named after them
  std::string_view sizes;  // of packs, or fabrics: parted by '|', small or cheap to large or dear
  double median_price;     // list price without tax, in units of the currency
  double price_log_sd;     // spread of log prices over its products
  double margin;           // (price - cost) / price of a middle product
  TaxClass tax;
  double private_share;      // products of the chain's own brand
  double season;             // amplitude of the yearly cosine of its log share
  double peak_day;           // day of the year (1 … 365) of that cosine's top
  double fill_in_tilt;       // > 0: bought on short trips rather than on large ones
  std::string_view partner;  // category that goes with it, or ""
};

struct DepartmentFacts {
  std::string_view name;
  double returned;         // how readily a line is brought back; 1 is usual
  double shelf_life_days;  // of what is left unsold; 0: keeps
  double seasonal = 1;     // how readily a product is sold for one season only; 1 is usual
};

struct Assortment {
  std::string_view name;
  std::string_view own_brand;
  // By falling popularity: the n-th has share n^-exponent * e^(-n / cutoff).
  std::span<const CategoryFacts> categories;
  std::span<const DepartmentFacts> departments;
  double share_exponent;
  double share_cutoff;
  std::span<const std::string_view> brands;
  std::span<const std::string_view> qualifiers;  // "Organic", colours; "" for none
};

// Null when there is none of that name.
const Assortment* find_assortment(std::string_view name);

extern const Assortment grocery;
extern const Assortment fashion;

}  // namespace retailsim::simulate
