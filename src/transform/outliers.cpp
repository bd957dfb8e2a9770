#include "transform/outliers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "simulate/elementary.h"

namespace retailsim::transform {
namespace {

using validate::BrokenRule;

constexpr std::size_t enough_lines = 20;
constexpr double limit = 5;
constexpr double mad_to_sd = 1.4826;  // of a normal variable
constexpr double least_price_spread = 0.25, least_quantity_spread = 0.5;
// A product that is often bought by the half dozen is bought by the sixteen now and then; to
// know, it takes more lines. Nothing is bought by the hundred.
constexpr double most_quantity_spread = 0.556, tail_to_spread = 1.4;
constexpr std::size_t enough_for_a_tail = 100;

// Half of the values lie below it. Reorders them.
double median(std::span<double> values) {
  const auto middle = values.begin() + std::ssize(values) / 2;
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

struct Usual {
  double middle = 0;
  double reach = 0;  // what is farther from the middle is an outlier
  bool is_far(double value) const { return std::abs(value - middle) > reach; }
};

Usual usual_of(std::span<const double> values, double least_spread, double most_spread,
               std::vector<double>& scratch) {
  scratch.assign(values.begin(), values.end());
  Usual usual;
  usual.middle = median(scratch);
  for (double& value : scratch) value = std::abs(value - usual.middle);
  usual.reach = limit * std::clamp(mad_to_sd * median(scratch), least_spread, most_spread);
  return usual;
}

// The root mean square of the distances from the middle, of values within reach.
double tail_of(std::span<const double> values, const Usual& usual) {
  double squares = 0;
  std::size_t count = 0;
  for (const double value : values) {
    if (usual.is_far(value)) continue;
    squares += (value - usual.middle) * (value - usual.middle);
    ++count;
  }
  return count == 0 ? 0 : std::sqrt(squares / static_cast<double>(count));
}

// Line numbers in groups, group after group, each in the order of the lines.
struct Groups {
  std::vector<std::uint32_t> members;
  std::vector<std::uint32_t> ends;

  Groups(std::span<const std::int32_t> group_of, std::size_t count)
      : members(group_of.size()), ends(count) {
    std::vector<std::uint32_t> next(count + 1);
    for (const std::int32_t group : group_of) ++next[static_cast<std::size_t>(group) + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    std::copy(next.begin() + 1, next.end(), ends.begin());
    for (std::uint32_t line = 0; line < group_of.size(); ++line)
      members[next[static_cast<std::size_t>(group_of[line])]++] = line;
  }
  std::span<const std::uint32_t> of(std::size_t group) const {
    const std::uint32_t begin = group == 0 ? 0 : ends[group - 1];
    return {members.data() + begin, ends[group] - begin};
  }
};

double log_of(std::int64_t number) {
  return simulate::natural_log(static_cast<double>(std::max<std::int64_t>(number, 1)));
}

// Quantities are few and small: their logarithms are looked up.
double log_of_quantity(std::int32_t quantity) {
  static const auto logs = [] {
    std::array<double, 32> all{};
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = log_of(static_cast<std::int64_t>(i));
    return all;
  }();
  const auto at = static_cast<std::size_t>(quantity);
  return quantity >= 0 && at < logs.size() ? logs[at] : log_of(quantity);
}

class Search {
 public:
  Search(std::span<const TransactionLine> lines, const Catalogue& catalogue)
      : lines_(lines), catalogue_(catalogue) {
    products_.reserve(lines.size());
    quantities_.reserve(lines.size());
    prices_.reserve(lines.size());
    for (const auto& line : lines) {
      products_.push_back(catalogue.products().find(line.product_id.value));
      quantities_.push_back(log_of_quantity(line.quantity));
      // A line that was given away says nothing of the price.
      prices_.push_back(line.gross.value > 0 ? log_of(line.gross.value) - quantities_.back() : NAN);
    }
  }

  std::vector<OutlierLine> run() {
    const Groups by_product(products_, catalogue_.products().size());
    bool is_any_small = false;
    for (std::size_t product = 0; product < catalogue_.products().size(); ++product) {
      const auto members = by_product.of(product);
      if (members.size() >= enough_lines) {
        judge(members, members, prices_);
      } else {
        is_any_small |= !members.empty();
      }
    }
    if (is_any_small) judge_small_products(by_product);
    std::ranges::sort(found_, {}, &OutlierLine::line);
    return std::move(found_);
  }

 private:
  // Judges some lines by what is usual among others.
  void judge(std::span<const std::uint32_t> judged, std::span<const std::uint32_t> among,
             const std::vector<double>& prices) {
    const auto usual = [&](const std::vector<double>& all, double least_spread,
                           double most_spread) {
      values_.clear();
      for (const std::uint32_t line : among)
        if (!std::isnan(all[line])) values_.push_back(all[line]);
      return values_.empty() ? Usual{0, HUGE_VAL}
                             : usual_of(values_, least_spread, most_spread, scratch_);
    };
    const Usual price = usual(prices, least_price_spread, HUGE_VAL);
    Usual quantity = usual(quantities_, least_quantity_spread, most_quantity_spread);
    if (among.size() >= enough_for_a_tail) {
      const double tail = tail_to_spread * tail_of(values_, quantity);
      quantity.reach = std::max(quantity.reach, limit * std::min(tail, most_quantity_spread));
    }
    for (const std::uint32_t line : judged) {
      // A comparison with no price is false.
      if (price.is_far(prices[line])) {
        add(line, "gross", QualityRule::price_outlier, "price of one unit",
            prices[line] - price.middle);
      } else if (quantity.is_far(quantities_[line])) {
        add(line, "quantity", QualityRule::quantity_outlier, "quantity",
            quantities_[line] - quantity.middle);
      }
    }
  }

  void add(std::uint32_t line, const char* column, QualityRule rule, const char* what, double log) {
    const double times = simulate::exponential(std::abs(log));
    found_.push_back({line, BrokenRule{column, rule,
                                       fmt::format("the {} is {:.1f} times {} the usual", what,
                                                   times, log > 0 ? "above" : "below")}});
  }

  // Too few lines to know what is usual: the category says.
  void judge_small_products(const Groups& by_product) {
    std::vector<std::int32_t> categories;
    categories.reserve(lines_.size());
    for (const std::int32_t product : products_)
      categories.push_back(catalogue_.product(product).category);
    const Groups by_category(categories, catalogue_.categories());
    const std::vector<double> relative = relative_prices(by_product);
    std::vector<std::uint32_t> judged;
    for (std::size_t category = 0; category < catalogue_.categories(); ++category) {
      const auto members = by_category.of(category);
      if (members.size() < enough_lines) continue;
      judged.clear();
      for (const std::uint32_t line : members)
        if (by_product.of(static_cast<std::size_t>(products_[line])).size() < enough_lines)
          judged.push_back(line);
      if (!judged.empty()) judge(judged, members, relative);
    }
  }

  std::vector<double> relative_prices(const Groups& by_product) {
    std::vector<double> relative(lines_.size(), NAN);
    for (std::size_t product = 0; product < catalogue_.products().size(); ++product) {
      const auto members = by_product.of(product);
      values_.clear();
      for (const std::uint32_t line : members)
        if (!std::isnan(prices_[line])) values_.push_back(prices_[line]);
      if (values_.empty()) continue;
      const double own = median(values_);
      for (const std::uint32_t line : members) {
        const TransactionLine& row = lines_[line];
        const auto* const listed =
            catalogue_.price(row.product_id, row.store_id, row.business_date);
        const bool is_listed = listed != nullptr && listed->list_price.value > 0;
        relative[line] = prices_[line] - (is_listed ? listed->log_cents : own);
      }
    }
    return relative;
  }

  std::span<const TransactionLine> lines_;
  const Catalogue& catalogue_;
  std::vector<std::int32_t> products_;       // place of each line's product
  std::vector<double> prices_, quantities_;  // logs, by line
  std::vector<double> values_, scratch_;
  std::vector<OutlierLine> found_;
};

}  // namespace

std::vector<OutlierLine> find_outliers(std::span<const TransactionLine> lines,
                                       const Catalogue& catalogue) {
  return Search(lines, catalogue).run();
}

}  // namespace retailsim::transform
