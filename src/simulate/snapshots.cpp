#include "simulate/snapshots.h"

#include <fmt/core.h>

#include <algorithm>

#include "simulate/clock.h"
#include "simulate/distributions.h"
#include "simulate/people.h"
#include "simulate/words.h"

namespace retailsim::simulate {
namespace {

std::string product_name(const World& world, const ProductState& product, std::string_view brand) {
  const CategoryFacts& facts = *world.categories[product.category].facts;
  const std::string_view qualifier = world.assortment->qualifiers[product.qualifier];
  return fmt::format("{} {}{}{} {}", brand, qualifier, qualifier.empty() ? "" : " ",
                     word_at(facts.kinds, product.kind), word_at(facts.sizes, product.size));
}

LoyaltyTier tier_of(double visits, double mean) {
  if (visits > 1.8 * mean) return LoyaltyTier::gold;
  return visits > mean ? LoyaltyTier::silver : LoyaltyTier::basic;
}

// Large baskets are mostly families'; the score mixes that with chance.
Segment segment_of(double score) {
  if (score < -0.65) return Segment::single;
  if (score < 0.10) return Segment::couple;
  return score < 1.05 ? Segment::family : Segment::senior;
}

}  // namespace

std::vector<Store> store_rows(const World& world) {
  std::vector<Store> rows;
  rows.reserve(world.stores.size());
  for (const StoreSite& store : world.stores) rows.push_back(store.row);
  return rows;
}

std::string gtin_of(ProductId product) {
  std::string digits = fmt::format("20{:010}", product.value);
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
  digits += static_cast<char>('0' + (10 - sum % 10) % 10);
  return digits;
}

std::vector<Product> product_rows(const World& world) {
  std::vector<Product> rows;
  rows.reserve(world.products.size());
  for (std::size_t i = 0; i < world.products.size(); ++i) {
    const ProductState& product = world.products[i];
    const CategoryState& category = world.categories[product.category];
    const std::string_view brand =
        product.is_private ? world.assortment->own_brand : world.assortment->brands[product.brand];
    rows.push_back({.product_id = world.product_id(i),
                    .gtin = gtin_of(world.product_id(i)),
                    .name = product_name(world, product, brand),
                    .department = std::string{category.facts->department},
                    .category = category.name,
                    .subcategory = std::string{word_at(category.facts->kinds, product.kind)},
                    .brand = std::string{brand},
                    .is_private_label = product.is_private,
                    .tax_rate = category.tax_rate,
                    .launched_on = monday_of(product.first_week),
                    .delisted_on = product.last_week > world.last_week()
                                       ? std::nullopt
                                       : std::optional<Day>{monday_of(product.last_week + 1) -
                                                            std::chrono::days(1)}});
  }
  return rows;
}

std::vector<Customer> customer_rows(const World& world) {
  const double mean_visits =
      world.scenario.trips_per_year * 7 / days_per_year / world.scenario.conversion;
  const double size_sd = std::max(0.01, world.scenario.household_basket_sd);
  const int year = static_cast<int>(std::chrono::year_month_day{world.scenario.from}.year());
  std::vector<Customer> rows;
  rows.reserve(world.households.size());
  for (std::size_t i = 0; i < world.households.size(); ++i) {
    const HouseholdState& household = world.households[i];
    const HouseholdId id = world.household_id(i);
    Draws draws{world.seed, Stream::customer, {static_cast<std::uint32_t>(id.value)}};
    const double score =
        0.7 * static_cast<double>(household.log_size) / size_sd + 0.7 * normal(draws);
    const Segment segment = segment_of(score);
    const double age_unit = draws.unit();
    const std::uint32_t first_word = draws.word();
    const std::uint32_t last_word = draws.word();
    const std::uint32_t domain_word = draws.word();
    const double age = segment == Segment::senior ? 66 + 22 * age_unit : 22 + 43 * age_unit;
    const Person person = invent_person(first_word, last_word);
    rows.push_back({.customer_id = {id.value},
                    .household_id = id,
                    .home_store_id = world.store_id(household.home),
                    .segment = segment,
                    .loyalty_tier = tier_of(household.visits, mean_visits),
                    .joined_on = household.joined,
                    .birth_year = year - static_cast<int>(age),
                    .name = fmt::format("{} {}", person.first, person.last),
                    .email = fmt::format("{}{}@example.{}", person.mailbox, id.value,
                                         (domain_word & 1) != 0 ? "com" : "org")});
  }
  return rows;
}

}  // namespace retailsim::simulate
