#include "pipeline/compare_stage.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "pipeline/compare/cell_pair.h"
#include "pipeline/compare/differing_rows.h"
#include "pipeline/compare/turns.h"
#include "pipeline/compare/twins.h"
#include "pipeline/selection.h"
#include "simulate/snapshots.h"
#include "transform/gold/store_kpis.h"

namespace retailsim::pipeline {
namespace {

using simulate::World;

// Places of the chosen stores, ascending.
std::vector<std::size_t> chosen_stores(const World& world, const CompareOptions& options) {
  std::vector<std::size_t> chosen;
  for (const auto id : options.stores) {
    require_store(world, {id});
    chosen.push_back(static_cast<std::size_t>(id) - 1);
  }
  if (chosen.empty())
    for (std::size_t store = 0; store < world.stores.size(); ++store) chosen.push_back(store);
  std::ranges::sort(chosen);
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  return chosen;
}

void require_days(const Scenario& scenario, Day from, Day through) {
  if (from >= scenario.from && through <= scenario.to && from <= through) return;
  throw Failure(
      FailureKind::wrong_usage,
      fmt::format("{} to {} is not within the scenarios, which cover {} to {}", to_text(from),
                  to_text(through), to_text(scenario.from), to_text(scenario.to)),
      "choose among these days with --from and --to");
}

template <class Days>
void add_days(StoreMonth& sums, const Days& days) {
  for (const StoreDay& day : days) transform::add_day(sums, day);
}

class Twins {
 public:
  Twins(const World& a, const World& b, const CompareOptions& options)
      : a_(a),
        b_(b),
        options_(options),
        chain_(simulate::store_rows(a), simulate::product_rows(a)),
        stores_(chosen_stores(a, options)) {
    result_.digest_a = digest(a.scenario);
    result_.digest_b = digest(b.scenario);
    result_.from = options.from.value_or(a.scenario.from);
    result_.through = options.to.value_or(a.scenario.to);
    result_.currency = a.scenario.currency;
    require_days(a.scenario, result_.from, result_.through);
    for (const auto store : stores_) {
      auto& effect = result_.stores.emplace_back();
      effect.store = chain_.stores()[store];
      effect.sums.a.store_id = effect.sums.b.store_id = effect.store.store_id;
    }
    for (const auto& name : chain_.categories()) result_.categories.push_back({name, {}, {}});
    if (!options.rows.empty()) rows_.emplace(options.rows, identity(), options.overwrite);
  }

  Comparison run() {
    walk();
    for (const auto& effect : result_.stores) {
      for (std::size_t i = 0; i < result_.rows.size(); ++i) result_.rows[i] += effect.rows[i];
    }
    std::erase_if(result_.categories,
                  [](const CategoryEffect& each) { return each.lines.differing() == 0; });
    if (rows_) rows_->finish();
    return std::move(result_);
  }

 private:
  // What the rows in a folder depend on.
  std::string identity() const {
    nlohmann::ordered_json json = {{"a", result_.digest_a},
                                   {"b", result_.digest_b},
                                   {"from", to_text(result_.from)},
                                   {"through", to_text(result_.through)},
                                   {"stores", nlohmann::ordered_json::array()}};
    for (const auto& effect : result_.stores) json["stores"].push_back(effect.store.store_id.value);
    return json.dump(1) + "\n";
  }

  // What one thread works with.
  struct Bench {
    simulate::CellRows a, b;
    CellPair pair;
  };

  // Week after week, the stores of a week together: they share its tables.
  void walk() {
    const int first_week = week_of(result_.from);
    const auto weeks = static_cast<std::size_t>(week_of(result_.through) - first_week) + 1;
    const auto threads = static_cast<std::size_t>(options_.threads);
    // Enough for the weeks in work and those they look back to.
    simulate::Weeks weeks_a(a_, threads + 12), weeks_b(b_, threads + 12);
    const CellScope scope{chain_, result_.from, result_.through, rows_.has_value()};
    std::vector<Bench> benches(threads);
    Turns turns;
    Progress progress("compare", static_cast<std::int64_t>(weeks * stores_.size()), options_.quiet);
    const auto compare_one = [&](std::size_t number, int worker) {
      auto& [a, b, pair] = benches[static_cast<std::size_t>(worker)];
      const int week = first_week + static_cast<int>(number / stores_.size());
      const std::size_t place = number % stores_.size();
      stop_if_interrupted();
      simulate::simulate_cell(weeks_a, week, stores_[place], a);
      simulate::simulate_cell(weeks_b, week, stores_[place], b);
      compare_cells(a, b, scope, pair);
      progress.advance(std::ssize(a.visits) + std::ssize(a.lines));
      turns.in_turn(number, [&] { add(place, pair); });
    };
    // An interrupt is noticed in compare_one, where the others are told.
    parallel_for(
        weeks * stores_.size(), options_.threads,
        [&](std::size_t number, int worker) {
          try {
            compare_one(number, worker);
          } catch (...) {
            turns.give_up();
            throw;
          }
        },
        OnInterrupt::finish);
  }

  void add(std::size_t place, const CellPair& pair) {
    StoreEffect& effect = result_.stores[place];
    for (auto* sums : {&effect.sums, &result_.total}) {
      add_days(sums->a, pair.days_a);
      add_days(sums->b, pair.days_b);
    }
    for (std::size_t i = 0; i < pair.rows.size(); ++i) effect.rows[i] += pair.rows[i];
    for (std::size_t c = 0; c < result_.categories.size(); ++c) {
      CategoryEffect& category = result_.categories[c];
      transform::add_day(category.sums.a, pair.lines_a[c]);
      transform::add_day(category.sums.b, pair.lines_b[c]);
      category.lines += pair.category_lines[c];
    }
    if (pair.first_day) {
      result_.first_day = std::min(result_.first_day.value_or(last_day), *pair.first_day);
      result_.last_day = std::max(result_.last_day.value_or(first_day), *pair.last_day);
    }
    if (rows_) rows_->add(place, pair.text);
  }

  const World& a_;
  const World& b_;
  const CompareOptions& options_;
  transform::Chain chain_;
  std::vector<std::size_t> stores_;
  std::optional<DifferingRows> rows_;
  Comparison result_;
};

}  // namespace

Comparison compare_stage(const Scenario& a, Scenario b, const CompareOptions& options) {
  require_twins(a, b);
  const auto world_a = simulate::build_world(a);
  withdraw(options.without, *world_a, b);
  const auto world_b = simulate::build_world(b);
  require_same_members(*world_a, *world_b);
  return Twins(*world_a, *world_b, options).run();
}

}  // namespace retailsim::pipeline
