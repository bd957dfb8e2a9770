#include "simulate/baskets.h"

#include <algorithm>
#include <optional>
#include <span>

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

}  // namespace

Baskets::Baskets(const Cell& cell, const WeekTables& tables) : cell_(cell), tables_(tables) {}

// One basket while it is filled.
class Baskets::Filling {
 public:
  Filling(const Baskets& baskets, const Arrival& arrival, std::vector<TransactionLine>& lines)
      : cell_(baskets.cell_),
        world_(cell_.world),
        tables_(baskets.tables_),
        seasons_(tables_.seasons_of(cell_.store.zone, arrival.entered_s / day_s)),
        here_(world_.tastes_of_store(static_cast<std::size_t>(cell_.store.row.store_id.value - 1))),
        arrival_(arrival),
        stream_(line_stream(arrival)),
        subject_(line_subject(cell_, arrival)),
        zone_(cell_.store.zone),
        date_(cell_.monday + std::chrono::days(arrival.entered_s / day_s)),
        lines_(lines) {}

  void fill() {
    const auto expansion = static_cast<float>(world_.scenario.promotion_expansion);
    LineDraws planning{world_.seed, stream_, subject_};
    aisles_ = plan_aisles(world_, arrival_.taste, arrival_.kind, arrival_.lines, planning);
    for (std::uint32_t slot = 1; slot <= arrival_.lines; ++slot) {
      LineDraws draws{world_.seed, stream_, subject_, slot};
      const std::uint32_t category = next_category(slot, draws);
      categories_[slot - 1] = category;
      // Drawn before the product, whose choice takes more words or fewer.
      const auto quantity = static_cast<float>(draws.unit());
      const auto drawn_unit = static_cast<float>(draws.unit());
      const float drawn = drawn_share(category);
      adds_[slot - 1] = drawn_unit < expansion * drawn;
      if (const auto product = choose_product(category, drawn_unit < drawn, draws))
        pick(*product, static_cast<std::int32_t>(slot), quantity);
    }
    // After all wanted lines, so that none of them gives way to an added one.
    for (std::uint32_t slot = 1; slot <= arrival_.lines; ++slot) {
      if (!adds_[slot - 1]) continue;
      Draws draws{world_.seed, stream_, subject_, added_line + slot};
      const std::uint32_t product = draw_promoted(categories_[slot - 1], draws.word());
      const auto quantity = static_cast<float>(draws.unit());
      if (!is_in_basket(product))
        pick(product, added_line + static_cast<std::int32_t>(slot), quantity);
    }
    for (const Pick& each : std::span{picks_.data(), picked_}) write(each, lines_.emplace_back());
  }

  struct Pick {
    std::uint32_t product;
    std::int32_t line_number;
    float quantity;  // 0 … 1, decides how much of it is taken
  };

  // Field by field, where it will stay: a line is large.
  void write(const Pick& pick, TransactionLine& line) const {
    const auto [product, line_number, quantity] = pick;
    const Shelf& shelf = tables_.shelf(zone_, product);
    std::int64_t list = shelf.list;
    std::int64_t net = arrival_.has_forgotten_card ? shelf.list : shelf.net;
    std::int64_t cost = shelf.cost;
    const bool is_promoted = shelf.net < shelf.list;
    std::int32_t units = 1;
    if (shelf.is_weighed) {
      const double score = normal_quantile(static_cast<double>(quantity));
      const double weight = exponential(weighed_log_sd * score);
      const auto weighed = [&](std::int64_t cents, std::int64_t least) {
        return std::max(least, static_cast<std::int64_t>(
                                   std::floor(static_cast<double>(cents) * weight + 0.5)));
      };
      list = weighed(list, 5);
      net = std::min(list, weighed(net, 4));
      cost = weighed(cost, 1);
    } else {
      const float odds = arrival_.household == no_household
                             ? shelf.many_odds
                             : shelf.many_odds * world_.households[arrival_.household].many_odds;
      units = units_of_line(odds, shelf.list, is_promoted, arrival_.lines == 1, quantity);
    }
    if (!is_promoted && world_.scenario.markdown_share > 0) net = marked_down(product, net);
    const Cents paid = units * Cents{net};
    const Cents gross = units * Cents{list};
    line.line_number = line_number;
    line.kind = Kind::sale;
    line.store_id = cell_.store.row.store_id;
    line.product_id = world_.product_id(product);
    line.quantity = units;
    line.list_price = Cents{list};
    line.gross = gross;
    line.discount = gross - paid;
    line.net = paid;
    if (shelf.promo_id != 0 && net < list)
      line.promo_id = PromoId{shelf.promo_id};
    else
      line.promo_id.reset();
    line.unit_cost = Cents{cost};
    line.tax = times(paid, world_.categories[shelf.category].tax_rate);
  }

 private:
  std::uint32_t next_category(std::uint32_t slot, LineDraws& draws) const {
    if (slot > 1) {
      const std::uint32_t before = categories_[slot - 2];
      if (draws.word() < world_.categories[before].same_bound) return before;
      const std::uint32_t word = draws.word();
      const CategoryState& any = world_.categories[categories_[below(slot - 1, word << 16)]];
      if (word >> 16 < any.partner_bound)
        return any.partners[draw_alias(any.partner_cells, partners_per_category, draws.word())];
    }
    constexpr int tries = 8;
    std::uint32_t category = 0;
    for (int attempt = 0; attempt < tries; ++attempt) {
      const std::uint32_t word = draws.word();
      category = draw_category(world_, aisles_, word, draws.word());
      if (is_wanted(category, word)) break;
    }
    return category;
  }

  // In season, and liked here, by the lower half of a word; the upper chose the aisle.
  bool is_wanted(std::uint32_t category, std::uint32_t word) const {
    const float wanted = seasons_[category] * here_[category] * (1 - usual_refusal);
    return static_cast<float>(word & 0xffff) * 0x1p-16f < wanted;
  }

  // Cumulated; see WeekTables.
  std::span<const float> bargains_of(std::uint32_t category) const {
    const CategoryState& state = world_.categories[category];
    return {tables_.bargains.data() + tables_.place_of(zone_, state.first_product),
            state.product_count};
  }

  // Part of the category's lines that promotions and low prices draw.
  float drawn_share(std::uint32_t category) const {
    const float excess = arrival_.deal * bargains_of(category).back();
    return excess / (1 + excess);
  }

  std::uint32_t draw_promoted(std::uint32_t category, std::uint32_t word) const {
    const auto bargains = bargains_of(category);
    constexpr float below_one =
        0x1.fffffcp-25f;  // of 2^24 parts, so that rounding stays below the sum
    const float at = static_cast<float>(word >> 8) * below_one * bargains.back();
    const auto found = std::ranges::upper_bound(bargains, at);
    return world_.categories[category].first_product +
           static_cast<std::uint32_t>(found - bargains.begin());
  }

  std::optional<std::uint32_t> choose_product(std::uint32_t category, bool is_drawn,
                                              LineDraws& draws) const {
    const CategoryState& state = world_.categories[category];
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
    if (is_drawn) {
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
    return picked_ == 0 ? std::optional{anything(state)} : std::nullopt;
  }

  std::uint32_t think_of(std::uint32_t category, LineDraws& draws) const {
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
    if ((seen_[product / 64 % seen_.size()] >> product % 64 & 1) == 0) return false;
    return std::ranges::any_of(picks_.begin(),
                               picks_.begin() + static_cast<std::ptrdiff_t>(picked_),
                               [product](const Pick& pick) { return pick.product == product; });
  }

  void pick(std::uint32_t product, std::int32_t line_number, float quantity) {
    // By the time the lines are made, memory has sent it.
    __builtin_prefetch(&tables_.shelves[product]);
    seen_[product / 64 % seen_.size()] |= std::uint64_t{1} << product % 64;
    picks_[picked_++] = {product, line_number, quantity};
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
  const float* seasons_;  // by category, on this day
  const float* here_;     // likewise: what the store sells more of
  const Arrival& arrival_;
  const Stream stream_;
  const Subject subject_;
  const std::uint32_t zone_;
  const Day date_;
  std::vector<TransactionLine>& lines_;
  PlannedAisles aisles_;
  std::array<bool, most_lines> adds_;                 // by slot: a promotion adds a line
  std::array<std::uint32_t, most_lines> categories_;  // by slot
  std::array<Pick, most_lines_in_all> picks_;         // products so far
  std::size_t picked_ = 0;
  std::array<std::uint64_t, 4> seen_{};  // a bit for each of them, shared with others
};

void Baskets::take_instead(const Arrival& arrival, std::uint32_t product, float quantity,
                           TransactionLine& line) const {
  std::vector<TransactionLine> none;
  Filling{*this, arrival, none}.write({product, line.line_number, quantity}, line);
}

void Baskets::fill(const Arrival& arrival, std::vector<TransactionLine>& lines) const {
  Filling{*this, arrival, lines}.fill();
}

}  // namespace retailsim::simulate
