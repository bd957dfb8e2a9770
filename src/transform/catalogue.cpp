#include "transform/catalogue.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

#include "simulate/elementary.h"

namespace retailsim::transform {
namespace {

template <class Row, class Tag>
IdIndex index_of(std::span<const Row> rows, Id<Tag> Row::*id) {
  std::vector<std::int64_t> ids;
  ids.reserve(rows.size());
  for (const Row& row : rows) ids.push_back((row.*id).value);
  return IdIndex(ids);
}

// Texts numbered in order of first use.
class Words {
 public:
  std::int32_t number_of(const std::string& word) {
    return numbers_.try_emplace(word, static_cast<std::int32_t>(numbers_.size())).first->second;
  }
  std::int32_t find(const std::string& word) const {
    const auto found = numbers_.find(word);
    return found == numbers_.end() ? IdIndex::nothing : found->second;
  }
  std::size_t size() const { return numbers_.size(); }

 private:
  std::map<std::string, std::int32_t> numbers_;
};

}  // namespace

Catalogue::Catalogue(std::span<const Store> stores, std::span<const Product> products,
                     std::span<const Customer> customers, std::span<const Price> prices)
    : stores_(index_of(stores, &Store::store_id)),
      products_(index_of(products, &Product::product_id)),
      customers_(index_of(customers, &Customer::customer_id)) {
  Words regions, categories;
  for (const auto& store : stores)
    zone_of_store_.push_back(store.region ? regions.number_of(*store.region) : IdIndex::nothing);
  for (const auto& product : products)
    listed_.push_back({categories.number_of(product.category), product.tax_rate});
  categories_ = categories.size();

  std::vector<std::pair<std::int32_t, ListedPrice>> by_product;
  for (const auto& price : prices) {
    const std::int32_t product = products_.find(price.product_id.value);
    if (product == IdIndex::nothing) continue;
    by_product.emplace_back(
        product, ListedPrice{regions.find(price.zone), price.valid_from,
                             price.valid_to.value_or(last_day), price.list_price, price.unit_cost,
                             simulate::natural_log(static_cast<double>(
                                 std::max<std::int64_t>(price.list_price.value, 1)))});
  }
  std::ranges::stable_sort(by_product, {}, [](const auto& each) {
    return std::tuple{each.first, each.second.zone, each.second.from};
  });
  price_ends_.resize(products_.size());
  for (const auto& [product, price] : by_product) {
    prices_.push_back(price);
    price_ends_[static_cast<std::size_t>(product)] = static_cast<std::uint32_t>(prices_.size());
  }
  for (std::size_t i = 1; i < price_ends_.size(); ++i)
    price_ends_[i] = std::max(price_ends_[i], price_ends_[i - 1]);
}

const ListedPrice* Catalogue::price(ProductId product, StoreId store, Day day) const {
  const std::int32_t place = products_.find(product.value);
  const std::int32_t shop = stores_.find(store.value);
  if (place == IdIndex::nothing || shop == IdIndex::nothing) return nullptr;
  const std::int32_t zone = zone_of_store_[static_cast<std::size_t>(shop)];
  const auto at = static_cast<std::size_t>(place);
  const auto begin = prices_.begin() + (at == 0 ? 0 : price_ends_[at - 1]);
  const auto end = prices_.begin() + price_ends_[at];
  // The last one of the zone that begins on the day or before it.
  const auto after = std::upper_bound(begin, end, std::pair{zone, day},
                                      [](const auto& wanted, const ListedPrice& price) {
                                        return wanted < std::pair{price.zone, price.from};
                                      });
  if (after == begin) return nullptr;
  const ListedPrice& found = *std::prev(after);
  return found.zone == zone && found.to >= day ? &found : nullptr;
}

}  // namespace retailsim::transform
