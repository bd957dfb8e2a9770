#include "transform/line_rules.h"

#include <array>

namespace retailsim::transform {
namespace {

constexpr std::int64_t slip = 100;  // cents sent for units

// A line under repair.
struct Mending {
  Delivered<TransactionLine>& delivered;
  const Catalogue& catalogue;
  std::vector<Finding>& findings;

  TransactionLine& line() { return delivered.received.row; }
  const ListedPrice* listed() const {
    const TransactionLine& line = delivered.received.row;
    return catalogue.price(line.product_id, line.store_id, line.business_date);
  }
  template <std::size_t I>
  bool has() const {
    return delivered.received.has<I>();
  }
  template <std::size_t I>
  void set(QualityRule rule, const plain_value<TransactionLine, I>& value) {
    auto& received = delivered.received;
    auto& field = received.row.*column_at<TransactionLine, I>.field;
    std::string before{has<I>() ? plain_text(field) : std::string{null_text}};
    field = value;
    received.missing &= ~(std::uint64_t{1} << I);
    findings.push_back(finding(delivered, rule, column_at<TransactionLine, I>.name,
                               std::move(before), plain_text(value)));
  }
};

constexpr std::size_t quantity = column_number<TransactionLine>("quantity");
constexpr std::size_t list_price = column_number<TransactionLine>("list_price");
constexpr std::size_t gross = column_number<TransactionLine>("gross");
constexpr std::size_t discount = column_number<TransactionLine>("discount");
constexpr std::size_t net = column_number<TransactionLine>("net");
constexpr std::size_t unit_cost = column_number<TransactionLine>("unit_cost");
constexpr std::size_t tax = column_number<TransactionLine>("tax");

bool adds_up(const TransactionLine& line) { return line.gross == line.net + line.discount; }

// No measure is below 0 in this feed: `kind` has the sign.
void turn_signs(Mending& mending) {
  for_each_column_number<TransactionLine>([&]<std::size_t I>() {
    if constexpr (column_at<TransactionLine, I>.rule.is_measure) {
      const auto* const value = validate::value_of<TransactionLine, I>(mending.delivered.received);
      if (value == nullptr || validate::magnitude(*value) >= 0) return;
      auto turned = *value;
      if constexpr (requires { turned.value; }) {
        turned.value = -turned.value;
      } else {
        turned = -turned;
      }
      mending.set<I>(QualityRule::sign_flip, turned);
    }
  });
}

void fill_in_prices(Mending& mending) {
  if (mending.has<list_price>() && mending.has<unit_cost>()) return;
  const ListedPrice* const listed = mending.listed();
  if (listed == nullptr) return;
  // A return has the price of its sale, which its amounts tell (see below).
  if (!mending.has<list_price>() && mending.line().kind == Kind::sale)
    mending.set<list_price>(QualityRule::null_value, listed->list_price);
  if (!mending.has<unit_cost>() && listed->unit_cost)
    mending.set<unit_cost>(QualityRule::null_value, *listed->unit_cost);
}

// One of the three amounts from the other two.
void fill_in_amounts(Mending& mending) {
  const TransactionLine& line = mending.line();
  const bool has_gross = mending.has<gross>(), has_discount = mending.has<discount>(),
             has_net = mending.has<net>();
  if (has_gross + has_discount + has_net != 2) return;
  const auto fill = [&]<std::size_t I>(Cents value) {
    if (value.value >= 0) mending.set<I>(QualityRule::null_value, value);
  };
  if (!has_gross) fill.operator()<gross>(line.net + line.discount);
  if (!has_discount) fill.operator()<discount>(line.gross - line.net);
  if (!has_net) fill.operator()<net>(line.gross - line.discount);
}

template <std::size_t I>
bool slipped_by(Mending& mending, Cents sent, bool explains) {
  if (!explains || sent.value == 0 || sent.value % slip != 0) return false;
  mending.set<I>(QualityRule::unit_slip, Cents{sent.value / slip});
  return true;
}

// gross, discount and net: the one that makes them add up again.
void undo_slip_of_amounts(Mending& mending) {
  const TransactionLine line = mending.line();
  if (!mending.has<gross>() || !mending.has<discount>() || !mending.has<net>() || adds_up(line))
    return;
  const auto is_sum = [](std::int64_t whole, std::int64_t a, std::int64_t b) {
    return whole == a + b;
  };
  const std::int64_t g = line.gross.value, d = line.discount.value, n = line.net.value;
  (void)(slipped_by<net>(mending, line.net, is_sum(slip * (g - d), n, 0)) ||
         slipped_by<gross>(mending, line.gross, is_sum(g, slip * n, slip * d)) ||
         slipped_by<discount>(mending, line.discount, is_sum(slip * (g - n), d, 0)));
}

// Whether a price that was sent is about a hundred times the listed one. About: a return has
// the price of its sale.
bool is_slip_of(Cents sent, Cents listed) {
  return sent.value > slip / 2 * listed.value && sent.value < slip * 2 * listed.value;
}

// Prices and tax: what the price table, the other measures or the tax rate say.
void undo_slip_of_prices(Mending& mending) {
  const TransactionLine line = mending.line();
  const bool has_amounts = mending.has<quantity>() && mending.has<gross>();
  if (mending.has<list_price>() && has_amounts && line.quantity * line.list_price != line.gross) {
    const ListedPrice* const listed = mending.listed();
    const bool by_table = listed != nullptr && is_slip_of(line.list_price, listed->list_price);
    const bool by_amounts = line.quantity * line.list_price == slip * line.gross;
    slipped_by<list_price>(mending, line.list_price, by_table || by_amounts);
  }
  const Cents list = mending.line().list_price;
  if (line.unit_cost && mending.has<list_price>() && *line.unit_cost > list) {
    const ListedPrice* const listed = mending.listed();
    const auto cost = listed != nullptr ? listed->unit_cost : std::nullopt;
    slipped_by<unit_cost>(mending, *line.unit_cost, cost && is_slip_of(*line.unit_cost, *cost));
  }
  const Cents paid = mending.line().net;
  if (line.tax && mending.has<net>() && *line.tax > paid) {
    const std::int32_t place = mending.catalogue.products().find(line.product_id.value);
    const auto rate =
        place == IdIndex::nothing ? std::nullopt : mending.catalogue.product(place).tax_rate;
    slipped_by<tax>(mending, *line.tax, rate && slip * times(paid, *rate) == *line.tax);
  }
}

void fill_in_quantity(Mending& mending) {
  const TransactionLine& line = mending.line();
  if (mending.has<quantity>() || !mending.has<gross>() || !mending.has<list_price>()) return;
  const std::int64_t price = line.list_price.value, amount = line.gross.value;
  if (price > 0 && amount >= price && amount % price == 0)
    mending.set<quantity>(QualityRule::null_value, static_cast<std::int32_t>(amount / price));
}

// Without a price table, what was paid says the price.
void fill_in_price_from_amounts(Mending& mending) {
  const TransactionLine& line = mending.line();
  if (mending.has<list_price>() || !mending.has<gross>() || !mending.has<quantity>()) return;
  if (line.quantity > 0 && line.gross.value % line.quantity == 0)
    mending.set<list_price>(QualityRule::null_value, Cents{line.gross.value / line.quantity});
}

// In this order: signs first, since all else compares sizes; what is missing before what is a
// hundred times too large, since a line has one of the two.
constexpr std::array rules = {
    turn_signs,          fill_in_prices,   fill_in_amounts,           undo_slip_of_amounts,
    undo_slip_of_prices, fill_in_quantity, fill_in_price_from_amounts};

// True for nearly every line: nothing is missing, everything hangs together.
bool is_plausible(const Received<TransactionLine>& received) {
  const TransactionLine& line = received.row;
  return received.missing == 0 && line.quantity > 0 && line.discount.value >= 0 &&
         line.net.value >= 0 && adds_up(line) && line.quantity * line.list_price == line.gross &&
         line.unit_cost && line.unit_cost->value >= 0 && *line.unit_cost <= line.list_price &&
         line.tax && line.tax->value >= 0 && *line.tax <= line.net;
}

}  // namespace

std::optional<BrokenRule> mend_line(Delivered<TransactionLine>& line, const Catalogue& catalogue,
                                    std::vector<Finding>& findings) {
  if (is_plausible(line.received)) return std::nullopt;
  Mending mending{line, catalogue, findings};
  for (const auto rule : rules) rule(mending);
  if (auto broken = broken_measure(line.received)) return broken;
  const TransactionLine& mended = line.received.row;
  if (!adds_up(mended)) {
    return BrokenRule{"gross", QualityRule::amounts,
                      fmt::format("{} is not {} + {}", plain_text(mended.gross),
                                  plain_text(mended.net), plain_text(mended.discount))};
  }
  return std::nullopt;
}

}  // namespace retailsim::transform
