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
  static constexpr std::array reads{Product::table, Transaction::table, TransactionLine::table,
                                    Visit::table, InventoryDay::table};

  ProductSalesPass(const Chain& chain, Month month);

  void add(const Line& line);
  void add(const Receipt& receipt);
  void add(const Entry& entry);
  void add(const Stocked& stocked);

  // A row for each product (or category) on a line; by store and product (or category).
  std::vector<ProductMonth> rows(std::type_identity<ProductMonth>, const Coverage& coverage);
  std::vector<StoreCategoryMonth> rows(std::type_identity<StoreCategoryMonth>,
                                       const Coverage& coverage);

 private:
  using Days = std::uint32_t;  // of the month, one bit each
  struct Stockouts {
    std::size_t store;
    std::size_t product;
    std::int64_t days;
  };
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
  void finish();
  Days bit_of(Day day) const;
  // The days of the month on which a product is listed.
  Days days_listed(const Product& product) const;
  void add_stock_of_products();
  void add_stock_of_categories();

  const Chain& chain_;
  std::string month_;
  Day first_;
  Day last_;
  std::size_t store_ = 0;   // whose sums are being taken
  std::vector<Sums> sums_;  // of its products
  std::vector<ProductMonth> products_;
  std::vector<StoreCategoryMonth> categories_;
  std::vector<Days> open_;           // by store
  std::vector<bool> has_inventory_;  // by store: in this month
  std::vector<Stockouts> stockouts_;
  std::vector<Days> listed_;  // by product
  bool is_finished_ = false;
};

}  // namespace retailsim::transform
