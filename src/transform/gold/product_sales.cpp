#include "transform/gold/product_sales.h"

#include <algorithm>
#include <bit>

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
    : chain_(chain),
      month_(to_text(month)),
      first_(first_day_of(month)),
      last_(last_day_of(month)),
      sums_(chain.products().size()),
      open_(chain.stores().size()),
      has_inventory_(chain.stores().size()) {}

ProductSalesPass::Days ProductSalesPass::bit_of(Day day) const {
  return Days{1} << (day - first_).count();
}

// A store is open on a day with a visit or a sale in the store.
void ProductSalesPass::add(const Receipt& receipt) {
  if (receipt.row.kind == Kind::sale && receipt.row.channel == Channel::store)
    open_[receipt.store] |= bit_of(receipt.row.business_date);
}

void ProductSalesPass::add(const Entry& entry) {
  open_[entry.store] |= bit_of(entry.row.business_date);
}

void ProductSalesPass::add(const Stocked& stocked) {
  has_inventory_[stocked.store] = true;
  if (stocked.row.minutes_out_of_stock > 0)
    stockouts_.push_back({stocked.store, stocked.product, 1});
}

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

ProductSalesPass::Days ProductSalesPass::days_listed(const Product& product) const {
  const Day from = std::max(product.launched_on.value_or(first_), first_);
  const Day to = std::min(product.delisted_on.value_or(last_), last_);
  if (from > to) return 0;
  return ((Days{1} << ((to - from).count() + 1)) - 1) << (from - first_).count();
}

// One entry for each store and product, in the order of the rows.
void ProductSalesPass::add_stock_of_products() {
  const auto place = [](const Stockouts& each) { return std::pair{each.store, each.product}; };
  std::ranges::sort(stockouts_, {}, place);
  std::size_t kept = 0;
  for (std::size_t i = 1; i < stockouts_.size(); ++i) {
    if (place(stockouts_[i]) == place(stockouts_[kept]))
      stockouts_[kept].days += stockouts_[i].days;
    else
      stockouts_[++kept] = stockouts_[i];
  }
  if (!stockouts_.empty()) stockouts_.resize(kept + 1);
  auto next = stockouts_.begin();
  for (ProductMonth& row : products_) {
    const std::size_t store = chain_.number_of(row.store_id);
    if (!has_inventory_[store]) continue;
    const std::size_t product = chain_.number_of(row.product_id);
    while (next != stockouts_.end() && place(*next) < std::pair{store, product}) ++next;
    const bool is_met = next != stockouts_.end() && place(*next) == std::pair{store, product};
    row.stockout_days = is_met ? next->days : 0;
    row.product_days = std::popcount(open_[store] & listed_[product]);
  }
}

// Of a category, every product counts that is listed: also those that nobody bought.
void ProductSalesPass::add_stock_of_categories() {
  const std::size_t count = chain_.categories().size();
  std::vector<std::int64_t> stockout_days(chain_.stores().size() * count);
  for (const Stockouts& each : stockouts_)
    stockout_days[each.store * count + chain_.category_of(each.product)] += each.days;
  std::vector<std::int64_t> product_days(count);
  auto row = categories_.begin();
  while (row != categories_.end()) {
    const StoreId id = row->store_id;
    const std::size_t store = chain_.number_of(id);
    std::ranges::fill(product_days, 0);
    for (std::size_t product = 0; product < listed_.size(); ++product)
      product_days[chain_.category_of(product)] += std::popcount(open_[store] & listed_[product]);
    for (; row != categories_.end() && row->store_id == id; ++row) {
      if (!has_inventory_[store]) continue;
      const auto found = std::ranges::lower_bound(chain_.categories(), row->category);
      const auto category = static_cast<std::size_t>(found - chain_.categories().begin());
      row->stockout_days = stockout_days[store * count + category];
      row->product_days = product_days[category];
    }
  }
}

void ProductSalesPass::finish() {
  if (is_finished_) return;
  is_finished_ = true;
  finish_store();
  if (std::find(has_inventory_.begin(), has_inventory_.end(), true) == has_inventory_.end()) return;
  for (const Product& product : chain_.products()) listed_.push_back(days_listed(product));
  add_stock_of_products();
  add_stock_of_categories();
}

std::vector<ProductMonth> ProductSalesPass::rows(std::type_identity<ProductMonth>,
                                                 const Coverage&) {
  finish();
  return products_;
}

std::vector<StoreCategoryMonth> ProductSalesPass::rows(std::type_identity<StoreCategoryMonth>,
                                                       const Coverage&) {
  finish();
  return categories_;
}

}  // namespace retailsim::transform
