#include "transform/gold/product_sales.h"

namespace retailsim::transform {

ProductSalesPass::Sums& ProductSalesPass::Sums::operator+=(const Sums& other) {
  net += other.net;
  cogs += other.cogs;
  units += other.units;
  discounts += other.discounts;
  lines += other.lines;
  costed_lines += other.costed_lines;
  return *this;
}

ProductSalesPass::ProductSalesPass(const Chain& chain, Month month)
    : chain_(chain), month_(to_text(month)), sums_(chain.products().size()) {}

void ProductSalesPass::add(const Line& line) {
  if (line.store != store_) {
    assert(line.store > store_ && "clean lines are sorted by store");
    finish_store();
    store_ = line.store;
  }
  const TransactionLine& row = line.row;
  Sums& sums = sums_[line.product];
  const std::int64_t sign = sign_of(row.kind);
  sums.net += sign * row.net.value;
  sums.units += sign * row.quantity;
  if (row.kind == Kind::sale) sums.discounts += row.discount.value;
  ++sums.lines;
  if (row.unit_cost) {
    sums.cogs += sign * row.quantity * row.unit_cost->value;
    ++sums.costed_lines;
  }
}

template <class Row>
Row ProductSalesPass::row_of(const Sums& sums) const {
  Row row;
  row.store_id = chain_.stores()[store_].store_id;
  row.month = month_;
  row.net_sales = {sums.net};
  if (sums.costed_lines > 0) row.cogs = Total{sums.cogs};
  row.units = sums.units;
  row.discounts = {sums.discounts};
  return row;
}

void ProductSalesPass::finish_store() {
  std::vector<Sums> by_category(chain_.categories().size());
  for (std::size_t product = 0; product < sums_.size(); ++product) {
    Sums& sums = sums_[product];
    if (sums.lines == 0) continue;
    products_.push_back(row_of<ProductMonth>(sums));
    products_.back().product_id = chain_.products()[product].product_id;
    by_category[chain_.category_of(product)] += sums;
    sums = {};
  }
  for (std::size_t category = 0; category < by_category.size(); ++category) {
    if (by_category[category].lines == 0) continue;
    categories_.push_back(row_of<StoreCategoryMonth>(by_category[category]));
    categories_.back().category = chain_.categories()[category];
  }
}

std::vector<ProductMonth> ProductSalesPass::rows(std::type_identity<ProductMonth>,
                                                 const Coverage&) {
  finish_store();
  return products_;
}

std::vector<StoreCategoryMonth> ProductSalesPass::rows(std::type_identity<StoreCategoryMonth>,
                                                       const Coverage&) {
  finish_store();
  return categories_;
}

}  // namespace retailsim::transform
