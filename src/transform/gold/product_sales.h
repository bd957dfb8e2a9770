// product_month and store_category_month.
#pragma once

#include <array>
#include <type_traits>
#include <vector>

#include "transform/gold/chain.h"

namespace retailsim::transform {

// Collects the rows of one month; lines must come store by store, as clean orders them.
// Holds the sums of one store at a time. Not for sharing between threads.
class ProductSalesPass {
 public:
  using Tables = TableList<ProductMonth, StoreCategoryMonth>;
  static constexpr std::array reads{Product::table, TransactionLine::table};

  ProductSalesPass(const Chain& chain, Month month);

  void add(const Line& line);

  // A row for each product (or category) on a line; by store and product (or category).
  std::vector<ProductMonth> rows(std::type_identity<ProductMonth>, const Coverage& coverage);
  std::vector<StoreCategoryMonth> rows(std::type_identity<StoreCategoryMonth>,
                                       const Coverage& coverage);

 private:
  struct Sums {
    std::int64_t net = 0;
    std::int64_t cogs = 0;
    std::int64_t units = 0;
    std::int64_t discounts = 0;
    std::int32_t lines = 0;
    std::int32_t costed_lines = 0;
    Sums& operator+=(const Sums& other);
  };
  template <class Row>
  Row row_of(const Sums& sums) const;
  void finish_store();

  const Chain& chain_;
  std::string month_;
  std::size_t store_ = 0;   // whose sums are being taken
  std::vector<Sums> sums_;  // of its products
  std::vector<ProductMonth> products_;
  std::vector<StoreCategoryMonth> categories_;
};

}  // namespace retailsim::transform
