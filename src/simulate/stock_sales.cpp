// How a buyer's wishes meet the shelf.
#include <algorithm>

#include "simulate/stock.h"

namespace retailsim::simulate {
namespace {

constexpr std::uint32_t nothing = 0xffffffffu;

std::uint32_t product_of(const TransactionLine& line) {
  return static_cast<std::uint32_t>(line.product_id.value - 1);
}

// Units of a line cost the same, so its amounts stay exact.
void set_quantity(TransactionLine& line, std::int32_t units, Rate tax_rate) {
  const Cents paid_each{line.net.value / line.quantity};
  line.quantity = units;
  line.gross = units * line.list_price;
  line.net = units * paid_each;
  line.discount = line.gross - line.net;
  line.tax = times(line.net, tax_rate);
}

}  // namespace

StockMemory::Today& Stock::touch(std::uint32_t product) {
  memory_.touched.push_back(product);
  return memory_.today[product];
}

TruthDemand& Stock::unmet(std::uint32_t product) {
  std::int32_t& place = memory_.place_in_unmet[product];
  if (place == 0) {
    memory_.unmet.push_back({});
    memory_.unmet.back().store_id = cell_.store.row.store_id;
    memory_.unmet.back().product_id = world_.product_id(product);
    memory_.unmet.back().business_date = date();
    place = static_cast<std::int32_t>(memory_.unmet.size());
  }
  return memory_.unmet[static_cast<std::size_t>(place - 1)];
}

void Stock::take(std::uint32_t product, std::int32_t units, std::uint32_t second) {
  std::int32_t& left = memory_.on_hand[product];
  left -= units;
  if (left == 0 && units > 0) memory_.empty.push_back({product, second});
}

void Stock::sell(const Arrival& buyer, std::size_t first, std::vector<TransactionLine>& lines) {
  const std::uint32_t second = buyer.at_till_s();
  close_days_before(static_cast<int>(second / day_s));
  bool is_any_lost = false;
  for (std::size_t at = first; at < lines.size(); ++at) {
    const std::uint32_t product = product_of(lines[at]);
    if (memory_.on_hand[product] >= lines[at].quantity) [[likely]] {
      take(product, lines[at].quantity, second);
      continue;
    }
    sell_less(buyer, at, first, lines, second);
    is_any_lost |= lines[at].quantity == 0;
  }
  if (is_any_lost) {
    const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(first);
    lines.erase(std::remove_if(begin, lines.end(),
                               [](const TransactionLine& line) { return line.quantity == 0; }),
                lines.end());
  }
}

// A line of which there is not enough; its quantity becomes 0 when nothing is taken.
void Stock::sell_less(const Arrival& buyer, std::size_t at, std::size_t first,
                      std::vector<TransactionLine>& lines, std::uint32_t second) {
  TransactionLine& line = lines[at];
  const std::uint32_t product = product_of(line);
  const std::int32_t wanted = line.quantity;
  const std::int32_t left = memory_.on_hand[product];
  if (std::ranges::binary_search(memory_.promised, buyer.slot)) {
    touch(product).received += wanted - left;
    take(product, left, second);
    return;
  }
  const bool is_told = demand_ != nullptr;
  const auto tax_rate_of = [&](std::uint32_t which) {
    return world_.categories[world_.products[which].category].tax_rate;
  };
  if (left > 0) {
    take(product, left, second);
    set_quantity(line, left, tax_rate_of(product));
    if (is_told) unmet(product).lost += wanted - left;
    return;
  }
  Draws draws{
      world_.seed,
      buyer.household == no_household ? Stream::anonymous_substitute : Stream::member_substitute,
      line_subject(cell_, buyer), static_cast<std::uint32_t>(line.line_number)};
  const std::uint32_t other = look_for_another(at, first, lines, draws);
  if (other == nothing) {
    if (is_told) unmet(product).lost += wanted;
    line.quantity = 0;
    return;
  }
  const std::int32_t taken = std::min(wanted, memory_.on_hand[other]);
  baskets_.take_instead(buyer, other, static_cast<float>(draws.unit()), line);
  set_quantity(line, taken, tax_rate_of(other));
  take(other, taken, second);
  if (!is_told) return;
  TruthDemand& missed = unmet(product);
  missed.substituted += taken;
  missed.lost += wanted - taken;
  unmet(other).taken_instead += taken;
}

// Another product of the category that is there and not yet wanted, by popularity.
std::uint32_t Stock::look_for_another(std::size_t at, std::size_t first,
                                      const std::vector<TransactionLine>& lines,
                                      Draws& draws) const {
  if (draws.word() >= goods_.is_looked_for) return nothing;
  const CategoryState& category =
      world_.categories[world_.products[product_of(lines[at])].category];
  constexpr int tries = 4;
  for (int attempt = 0; attempt < tries; ++attempt) {
    const std::uint64_t place = static_cast<std::uint64_t>(draws.word()) * category.product_count;
    const std::uint32_t cell = category.first_product + static_cast<std::uint32_t>(place >> 32);
    const Candidate& candidate = world_.candidates[cell];
    const bool is_own = static_cast<std::uint32_t>(place) >> 16 < candidate.bound;
    const std::uint32_t other = is_own ? cell : category.first_product + candidate.other;
    if (memory_.on_hand[other] <= 0 || !is_on_shelf(other)) continue;
    const auto is_it = [&](const TransactionLine& line) { return product_of(line) == other; };
    if (std::none_of(lines.begin() + static_cast<std::ptrdiff_t>(first), lines.end(), is_it))
      return other;
  }
  return nothing;
}

}  // namespace retailsim::simulate
