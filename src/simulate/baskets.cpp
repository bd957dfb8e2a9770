#include "simulate/baskets.h"

#include <algorithm>
#include <optional>

#include "simulate/distributions.h"
#include "simulate/favourites.h"
#include "simulate/quantities.h"
#include "simulate/tastes.h"

namespace retailsim::simulate {
namespace {

// A category that a store sells more often than others is refused never, one that it sells as
// often as others with this probability.
constexpr float usual_refusal = 0.25f;

// The list price of a piece that is weighed, against the product's. Prototype.
constexpr double weighed_log_sd = 0.38;

// As word_bound, for many at once.
std::uint32_t quick_bound(float p) {
  return p >= 0.9999999f ? 0xffffffffu : static_cast<std::uint32_t>(p * 4294967296.0f);
}

}  // namespace

Baskets::Baskets(const Cell& cell, const WeekTables& tables) : cell_(cell), tables_(tables) {
  const World& world = cell.world;
  const std::size_t count = world.categories.size();
  const auto store = static_cast<std::size_t>(cell.store.row.store_id.value - 1);
  const float* here = world.store_categories.data() + store * count;
  const float* seasons = tables.seasons.data() + std::size_t{7} * cell.store.zone * count;
  wanted_.reserve(7 * count);
  for (std::size_t day = 0; day < 7; ++day)
    for (std::size_t i = 0; i < count; ++i)
      wanted_.push_back(quick_bound(seasons[day * count + i] * here[i] * (1 - usual_refusal)));
}

// One basket while it is filled.
class Baskets::Filling {
 public:
  // What decides how much of a product is taken.
  struct Portion {
    explicit Portion(Draws& draws)
        : unit(static_cast<float>(draws.unit())), size_unit(static_cast<float>(draws.unit())) {}
    float unit;
    float size_unit;
  };

  Filling(const Baskets& baskets, const Arrival& arrival, std::vector<TransactionLine>& lines)
      : cell_(baskets.cell_),
        world_(cell_.world),
        tables_(baskets.tables_),
        wanted_(baskets.wanted_.data() +
                arrival.entered_s / (24 * 3600) * cell_.world.categories.size()),
        arrival_(arrival),
        stream_(line_stream(arrival)),
        subject_(line_subject(cell_, arrival)),
        zone_(cell_.store.zone),
        date_(cell_.monday + std::chrono::days(arrival.entered_s / (24 * 3600))),
        lines_(lines) {}

  void fill() {
    const double expansion = world_.scenario.promotion_expansion;
    Draws planning{world_.seed, stream_, subject_};
    aisles_ = plan_aisles(world_, arrival_.taste, arrival_.kind, arrival_.lines, planning);
    for (std::uint32_t slot = 1; slot <= arrival_.lines; ++slot) {
      Draws draws{world_.seed, stream_, subject_, slot};
      const std::uint32_t category = next_category(slot, draws);
      categories_[slot - 1] = category;
      // Drawn before the product, whose choice takes more words or fewer.
      const Portion portion{draws};
      const double added_unit = draws.unit();
      const float drawn = drawn_share(category);
      adds_[slot - 1] = added_unit < expansion * static_cast<double>(drawn);
      if (const auto product = choose_product(category, drawn, draws))
        add_line(*product, static_cast<std::int32_t>(slot), portion);
    }
    // After all wanted lines, so that none of them gives way to an added one.
    for (std::uint32_t slot = 1; slot <= arrival_.lines; ++slot) {
      if (!adds_[slot - 1]) continue;
      Draws draws{world_.seed, stream_, subject_, added_line + slot};
      const std::uint32_t product = draw_promoted(categories_[slot - 1], draws.word());
      if (!is_in_basket(product))
        add_line(product, added_line + static_cast<std::int32_t>(slot), Portion{draws});
    }
  }

  TransactionLine line_of(std::uint32_t product, std::int32_t line_number,
                          const Portion& portion) const {
    const LineFacts& state = world_.line_facts[product];
    const Shelf& shelf = tables_.shelves[tables_.place_of(zone_, product)];
    std::int64_t list = shelf.list;
    std::int64_t net = arrival_.has_forgotten_card ? shelf.list : shelf.net;
    std::int64_t cost = shelf.cost;
    const bool is_promoted = shelf.net < shelf.list;
    std::int32_t units = 1;
    if (state.is_weighed) {
      const double score = normal_quantile(static_cast<double>(portion.unit));
      const double weight = exponential(weighed_log_sd * score);
      const auto weighed = [&](std::int64_t cents, std::int64_t least) {
        return std::max(least, static_cast<std::int64_t>(
                                   std::floor(static_cast<double>(cents) * weight + 0.5)));
      };
      list = weighed(list, 5);
      net = std::min(list, weighed(net, 4));
      cost = weighed(cost, 1);
    } else {
      const float many =
          state.many_logit + (arrival_.household == no_household
                                  ? 0
                                  : world_.households[arrival_.household].many_logit);
      units = units_of_line(many, shelf.list, is_promoted, arrival_.lines == 1, portion.unit,
                            portion.size_unit);
    }
    if (!is_promoted && world_.scenario.markdown_share > 0) net = marked_down(product, net);
    const Cents paid = units * Cents{net};
    const Cents gross = units * Cents{list};
    const bool gets_promotion = shelf.promo_id != 0 && net < list;
    return {.transaction_id = {},
            .line_number = line_number,
            .kind = Kind::sale,
            .store_id = cell_.store.row.store_id,
            .business_date = {},
            .product_id = world_.product_id(product),
            .quantity = units,
            .list_price = Cents{list},
            .gross = gross,
            .discount = gross - paid,
            .net = paid,
            .promo_id = gets_promotion ? std::optional{PromoId{shelf.promo_id}} : std::nullopt,
            .unit_cost = Cents{cost},
            .tax = times(paid, world_.categories[state.category].tax_rate)};
  }

 private:
  std::uint32_t next_category(std::uint32_t slot, Draws& draws) const {
    if (slot > 1) {
      const std::uint32_t before = categories_[slot - 2];
      if (draws.word() < world_.categories[before].same_bound) return before;
      const CategoryState& any = world_.categories[categories_[below(slot - 1, draws.word())]];
      if (draws.word() < any.partner_bound)
        return any.partners[draw_alias(any.partner_cells, partners_per_category, draws.word())];
    }
    constexpr int tries = 8;
    std::uint32_t category = 0;
    for (int attempt = 0; attempt < tries; ++attempt) {
      category = draw_category(world_, arrival_.taste, arrival_.kind, aisles_, draws);
      if (draws.word() < wanted_[category]) break;
    }
    return category;
  }

  const Bargains& bargains_of(std::uint32_t category) const {
    return tables_.bargains[zone_ * tables_.category_count + category];
  }

  // Part of the category's lines that promotions and low prices draw.
  float drawn_share(std::uint32_t category) const {
    const float excess = arrival_.deal * bargains_of(category).excess;
    return excess / (1 + excess);
  }

  std::uint32_t draw_promoted(std::uint32_t category, std::uint32_t word) const {
    const Bargains& bargains = bargains_of(category);
    const AliasCell* cells = tables_.bargain_cells.data() + bargains.first;
    return tables_.bargain_products[bargains.first + draw_alias(cells, bargains.count, word)];
  }

  std::optional<std::uint32_t> choose_product(std::uint32_t category, float drawn,
                                              Draws& draws) const {
    const CategoryState& state = world_.categories[category];
    const double drawn_unit = draws.unit();
    constexpr int tries = 4;
    const auto popular = [&]() -> std::optional<std::uint32_t> {
      const AliasCell* cells = tables_.choice.data() + tables_.place_of(zone_, state.first_product);
      for (int attempt = 0; attempt < tries; ++attempt) {
        const std::uint32_t product =
            state.first_product + draw_alias(cells, state.product_count, draws.word());
        if (!is_in_basket(product)) return product;
      }
      return std::nullopt;
    };
    if (arrival_.household == no_household) return popular();
    if (drawn_unit < static_cast<double>(drawn)) {
      // One of its favourites, when there is a bargain among those it thinks of.
      constexpr int thoughts = 2;
      for (int attempt = 0; attempt < thoughts; ++attempt) {
        const std::uint32_t product = think_of(category, draws);
        if (is_bargain(product, draws.word()) && !is_in_basket(product)) return product;
      }
      for (int attempt = 0; attempt < tries; ++attempt) {
        const std::uint32_t product = draw_promoted(category, draws.word());
        if (!is_in_basket(product)) return product;
      }
    }
    constexpr int favourites = 6;
    for (int attempt = 0; attempt < favourites; ++attempt) {
      const std::uint32_t product = think_of(category, draws);
      if (is_kept(product, draws.word()) && !is_in_basket(product)) return product;
    }
    // Where favourites leave with their season, something else is there.
    if (world_.scenario.collection_share > 0) return popular();
    return in_basket_ == 0 ? std::optional{anything(state)} : std::nullopt;
  }

  std::uint32_t think_of(std::uint32_t category, Draws& draws) const {
    const auto unit = static_cast<float>(draws.unit());
    return favourite(world_, arrival_.household, category, date_, std::min(unit, 0.9999999f));
  }

  // Nobody leaves with an empty basket: the first product on the shelf; each category has one
  // that is never taken off it.
  std::uint32_t anything(const CategoryState& category) const {
    std::uint32_t product = category.first_product;
    while (pull_of(product) == 0) ++product;
    return product;
  }

  std::uint32_t pull_of(std::uint32_t product) const {
    return tables_.pulls[tables_.place_of(zone_, product)];
  }

  // On the shelf, and not put back for its price.
  bool is_kept(std::uint32_t product, std::uint32_t word) const {
    return word >> 22 < pull_of(product);
  }

  // What draws to it is its price, and not habit.
  bool is_bargain(std::uint32_t product, std::uint32_t word) const {
    const std::uint32_t pull = pull_of(product);
    return pull > usual_pull && below(pull, word) >= usual_pull;
  }

  bool is_in_basket(std::uint32_t product) const {
    const auto end = basket_.begin() + static_cast<std::ptrdiff_t>(in_basket_);
    return std::find(basket_.begin(), end, product) != end;
  }

  void add_line(std::uint32_t product, std::int32_t line_number, const Portion& portion) {
    basket_[in_basket_++] = product;
    lines_.push_back(line_of(product, line_number, portion));
  }

  // A store's own cut of what it wants to be rid of, for one week.
  std::int64_t marked_down(std::uint32_t product, std::int64_t net) const {
    const auto store = static_cast<std::uint32_t>(cell_.store.row.store_id.value);
    Draws draws{
        world_.seed, Stream::markdown, {store, product, static_cast<std::uint32_t>(tables_.week)}};
    if (draws.word() >= word_bound(world_.scenario.markdown_share)) return net;
    const double depth = world_.scenario.markdown_depth * (0.4 + 1.2 * draws.unit());
    const auto cut =
        static_cast<std::int64_t>(static_cast<double>(net) * (1 - std::min(depth, 0.95)));
    return std::clamp<std::int64_t>(cut, 1, net);
  }

  const Cell& cell_;
  const World& world_;
  const WeekTables& tables_;
  const std::uint32_t* wanted_;  // by category, on this day
  const Arrival& arrival_;
  const Stream stream_;
  const Subject subject_;
  const std::uint32_t zone_;
  const Day date_;
  std::vector<TransactionLine>& lines_;
  PlannedAisles aisles_;
  std::array<bool, most_lines> adds_;                    // by slot: a promotion adds a line
  std::array<std::uint32_t, most_lines> categories_;     // by slot
  std::array<std::uint32_t, most_lines_in_all> basket_;  // products so far
  std::size_t in_basket_ = 0;
};

TransactionLine Baskets::line_instead(const Arrival& arrival, std::uint32_t product,
                                      const TransactionLine& wanted, Draws& draws) const {
  std::vector<TransactionLine> none;
  return Filling{*this, arrival, none}.line_of(product, wanted.line_number,
                                               Filling::Portion{draws});
}

void Baskets::fill(const Arrival& arrival, std::vector<TransactionLine>& lines) const {
  Filling{*this, arrival, lines}.fill();
}

}  // namespace retailsim::simulate
