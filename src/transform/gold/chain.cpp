#include "transform/gold/chain.h"

#include <algorithm>

namespace retailsim::transform {
namespace {

template <class Row, class Key>
std::vector<Row> sorted_by_id(std::vector<Row> rows, Key key) {
  std::ranges::sort(rows, {}, key);
  return rows;
}

template <class Row, class Key>
Numbers numbers_of(const std::vector<Row>& rows, Key key) {
  std::vector<std::int64_t> ids;
  ids.reserve(rows.size());
  for (const auto& row : rows) ids.push_back((row.*key).value);
  return Numbers(ids);
}

}  // namespace

Numbers::Numbers(const std::vector<std::int64_t>& ids) {
  if (ids.empty()) return;
  first_ = ids.front();
  const auto span = static_cast<std::size_t>(ids.back() - first_) + 1;
  const bool is_dense = span <= 16 * ids.size() + 1024;
  if (is_dense) direct_.resize(span);
  for (std::size_t at = 0; at < ids.size(); ++at) {
    const auto number = static_cast<std::uint32_t>(at);
    if (is_dense) {
      direct_[static_cast<std::size_t>(ids[at] - first_)] = number;
    } else {
      by_id_[ids[at]] = number;
    }
  }
}

Chain::Chain(std::vector<Store> stores, std::vector<Product> products)
    : stores_(sorted_by_id(std::move(stores), &Store::store_id)),
      products_(sorted_by_id(std::move(products), &Product::product_id)),
      store_numbers_(numbers_of(stores_, &Store::store_id)),
      product_numbers_(numbers_of(products_, &Product::product_id)) {
  for (const auto& product : products_) categories_.push_back(product.category);
  std::ranges::sort(categories_);
  const auto repeated = std::ranges::unique(categories_);
  categories_.erase(repeated.begin(), repeated.end());
  for (const auto& product : products_) {
    const auto found = std::ranges::lower_bound(categories_, product.category);
    category_of_.push_back(static_cast<std::size_t>(found - categories_.begin()));
  }
}

}  // namespace retailsim::transform
