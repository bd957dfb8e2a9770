#include "pipeline/scorecard.h"

#include <fmt/core.h>

#include <mutex>
#include <set>

#include "base/failure.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "pipeline/clean_stage.h"
#include "transform/id_index.h"

namespace retailsim::pipeline {
namespace {

using namespace transform::realism;

constexpr auto survey_lines =
    lake::columns_named<TransactionLine>("kind", "business_date", "product_id");
constexpr auto theme_receipts =
    lake::columns_named<Transaction>("transaction_id", "store_id", "business_date", "local_hour",
                                     "channel", "kind", "customer_id", "net");
constexpr auto theme_lines = lake::columns_named<TransactionLine>(
    "transaction_id", "store_id", "business_date", "product_id", "quantity", "discount", "net");
constexpr auto theme_visits = lake::columns_named<Visit>("transaction_id");

// The months with clean events.
std::vector<Month> months_of(lake::Lake& lake) {
  std::set<Month> months;
  for (const auto table : {Transaction::table, Visit::table}) {
    for (const auto& [path, facts] : lake.objects(Layer::clean, table))
      if (const auto month = lake::month_of_path(path)) months.insert(*month);
  }
  return {months.begin(), months.end()};
}

transform::Chain read_chain(lake::Lake& lake) {
  if (!lake.facts(lake::clean_path(Product::table, std::nullopt))) {
    throw Failure(
        FailureKind::wrong_usage,
        fmt::format("{} holds no tables yet", lake.store().display("clean")),
        fmt::format("fill it with: retailsim transform --lake {}", lake.store().display("")));
  }
  return {read_clean<Store>(lake, std::nullopt), read_clean<Product>(lake, std::nullopt)};
}

std::vector<std::int64_t> customer_ids(lake::Lake& lake) {
  constexpr auto wanted = lake::columns_named<Customer>("customer_id");
  const auto customers = read_clean<Customer>(lake, std::nullopt, wanted);
  std::vector<std::int64_t> ids;
  ids.reserve(customers.size());
  for (const auto& customer : customers) ids.push_back(customer.customer_id.value);
  return ids;
}

// What is read later must refer to what was read before: a transform that works in the same
// lake meanwhile may bring new products and new days.
class Guard {
 public:
  explicit Guard(const std::vector<Product>& products) : products_(ids_of(products)) {}

  void watch(const Window& window) { window_ = window; }

  void check(const std::vector<TransactionLine>& lines) const {
    for (const auto& line : lines) require(products_.contains(line.product_id.value));
  }
  void check(const std::vector<Basket>& baskets) const {
    for (const auto& [receipt, lines] : baskets) {
      require(receipt.kind != Kind::sale ||
              (receipt.business_date >= window_.first && receipt.business_date <= window_.last));
    }
  }

 private:
  static std::vector<std::int64_t> ids_of(const std::vector<Product>& products) {
    std::vector<std::int64_t> ids;
    ids.reserve(products.size());
    for (const auto& product : products) ids.push_back(product.product_id.value);
    return ids;
  }
  static void require(bool is_consistent) {
    if (is_consistent) return;
    throw Failure(FailureKind::corrupt_data, "the clean tables do not belong together",
                  "let transform end, or repeat it; then score again");
  }

  transform::IdIndex products_;
  Window window_{first_day, last_day};
};

}  // namespace

std::vector<Reading> realism_scorecard(lake::Lake& lake, const ScorecardOptions& options) {
  const transform::Chain chain = read_chain(lake);
  const std::vector<Month> months = months_of(lake);
  Guard guard(chain.products());
  Progress progress("score", 2 * std::ssize(months), options.quiet);

  Survey survey(chain);
  std::mutex lock;
  parallel_for(months.size(), options.threads, [&](std::size_t at, int) {
    Survey of_month(chain);
    const auto lines = read_clean<TransactionLine>(lake, months[at], survey_lines);
    guard.check(lines);
    for (const auto& line : lines) of_month.add(line);
    progress.advance(std::ssize(lines));
    const std::scoped_lock hold{lock};
    survey.merge(of_month);
  });
  const auto window = survey.window();
  if (!window) return nothing_to_read();
  guard.watch(*window);

  Themes themes(survey, *window, customer_ids(lake));
  for (const Month month : months) {
    std::vector<Transaction> receipts;
    std::vector<TransactionLine> lines;
    std::vector<Visit> visits;
    const std::function<void()> reads[] = {
        [&] { lines = read_clean<TransactionLine>(lake, month, theme_lines); },
        [&] { receipts = read_clean<Transaction>(lake, month, theme_receipts); },
        [&] { visits = read_clean<Visit>(lake, month, theme_visits); },
    };
    parallel_for(std::size(reads), options.threads, [&](std::size_t at, int) { reads[at](); });
    guard.check(lines);
    const auto baskets = baskets_of(receipts, lines);
    guard.check(baskets);
    const auto work = themes.work_on(baskets, visits);
    parallel_for(work.size(), options.threads, [&](std::size_t at, int) { work[at](); });
    progress.advance(std::ssize(lines));
  }
  return read_figures(themes);
}

}  // namespace retailsim::pipeline
