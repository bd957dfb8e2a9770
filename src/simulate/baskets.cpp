#include "simulate/baskets.h"

#include <algorithm>

#include "simulate/distributions.h"

namespace retailsim::simulate {
namespace {

// Units on a line given more than one, from 2 on, for list prices below 60 cents, below 2
// and from 2 currency units on. Prototype, fitted on the panel.
constexpr std::size_t most_units = 16;
constexpr double unit_weights[3][most_units - 1] = {
    {.559, .167, .140, .0366, .0463, .007, .014, .004, .0114, .001, .008, 0, 0, 0, .003},
    {.728, .142, .078, .0225, .0155, .002, .005, .001, .0045, .0002, .003, 0, 0, 0, .0005},
    {.836, .100, .043, .0103, .0063, .0005, .0015, .0003, .001, 0, .0007, 0, 0, 0, .0002}};

using UnitBounds = std::array<std::uint32_t, most_units - 1>;

constexpr std::array<UnitBounds, 3> unit_bounds() {
  std::array<UnitBounds, 3> bounds{};
  for (std::size_t table = 0; table < 3; ++table) {
    double sum = 0;
    for (const double weight : unit_weights[table]) sum += weight;
    double cumulated = 0;
    for (std::size_t i = 0; i < most_units - 1; ++i) {
      cumulated += unit_weights[table][i];
      bounds[table][i] = static_cast<std::uint32_t>(cumulated / sum * 4294967295.0);
    }
  }
  return bounds;
}

// The word has already been found below `shelf.many_bound`; what is left of it is uniform.
std::int32_t many_units(const Shelf& shelf, std::uint32_t word) {
  static constexpr auto bounds = unit_bounds();
  const UnitBounds& table = bounds[shelf.many_table];
  const auto rest =
      static_cast<std::uint32_t>((static_cast<std::uint64_t>(word) << 32) / shelf.many_bound);
  std::int32_t units = 2;
  while (units < static_cast<std::int32_t>(most_units) &&
         rest >= table[static_cast<std::size_t>(units - 2)])
    ++units;
  return units;
}

}  // namespace

Baskets::Baskets(const Cell& cell, const WeekTables& tables) : cell_(cell), tables_(tables) {
  const Scenario& scenario = cell.world.scenario;
  const auto& categories = cell.world.categories;
  std::vector<double> weights[2];
  for (std::size_t i = 0; i < categories.size(); ++i) {
    Draws draws{
        cell.world.seed,
        Stream::store_category,
        {static_cast<std::uint32_t>(cell.store.row.store_id.value), static_cast<std::uint32_t>(i)}};
    const double here = categories[i].share * tables.season[i] *
                        exponential(scenario.store_category_sd * normal(draws));
    const double tilt = categories[i].facts->fill_in_tilt;
    weights[0].push_back(here * exponential(tilt));
    weights[1].push_back(here * exponential(-0.6 * tilt));
  }
  for (int mission = 0; mission < 2; ++mission) {
    categories_[mission].resize(categories.size());
    build_alias_table(weights[mission], categories_[mission]);
  }
  same_bound_ = word_bound(scenario.same_category);
  partner_bound_ = word_bound(scenario.same_category + scenario.partner_category);
}

std::uint32_t Baskets::next_category(const std::vector<AliasCell>& fresh, std::uint32_t before,
                                     std::uint32_t branch, std::uint32_t choice) const {
  if (branch < same_bound_) return before;
  if (branch < partner_bound_) return cell_.world.categories[before].partner;
  return draw_alias(fresh.data(), static_cast<std::uint32_t>(fresh.size()), choice);
}

void Baskets::fill(const Arrival& arrival, std::vector<TransactionLine>& lines) const {
  const World& world = cell_.world;
  const auto& fresh = categories_[arrival.stocks_up ? 1 : 0];
  const Stream stream = line_stream(arrival);
  const Subject subject = line_subject(cell_, arrival);
  const Shelf* shelves = tables_.shelves_of(cell_.store.zone);
  std::array<std::uint32_t, most_lines> basket;  // products so far
  std::size_t in_basket = 0;
  std::uint32_t category_index = 0;

  for (std::uint32_t slot = 1; slot <= arrival.lines; ++slot) {
    Draws draws{world.seed, stream, subject, slot};
    const std::uint32_t branch = draws.word();
    const std::uint32_t choice = draws.word();
    std::uint32_t product_word = draws.word();
    const std::uint32_t units_word = draws.word();
    category_index = next_category(fresh, category_index, slot == 1 ? 0xffffffffu : branch, choice);

    const CategoryState& category = world.categories[category_index];
    const AliasCell* products = tables_.choice_of(cell_.store.zone, category.first_product);
    std::uint32_t product = 0;
    bool is_new = false;
    constexpr int tries = 4;
    for (int attempt = 0; attempt < tries && !is_new; ++attempt) {
      if (attempt > 0) product_word = draws.word();
      product = category.first_product + draw_alias(products, category.product_count, product_word);
      is_new = std::find(basket.begin(), basket.begin() + in_basket, product) ==
               basket.begin() + in_basket;
    }
    if (!is_new) continue;
    basket[in_basket++] = product;

    const Shelf& shelf = shelves[product];
    const std::int32_t units = units_word < shelf.many_bound ? many_units(shelf, units_word) : 1;
    const Cents list{shelf.list};
    const Cents net = units * Cents{shelf.net};
    const Cents gross = units * list;
    lines.push_back(
        {.transaction_id = {},
         .line_number = static_cast<std::int32_t>(slot),
         .kind = Kind::sale,
         .store_id = cell_.store.row.store_id,
         .business_date = {},
         .product_id = world.product_id(product),
         .quantity = units,
         .list_price = list,
         .gross = gross,
         .discount = gross - net,
         .net = net,
         .promo_id = shelf.promo_id == 0 ? std::nullopt : std::optional{PromoId{shelf.promo_id}},
         .unit_cost = Cents{shelf.cost},
         .tax = times(net, category.tax_rate)});
  }
}

}  // namespace retailsim::simulate
