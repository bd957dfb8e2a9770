#include "pipeline/compare/twins.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/failure.h"
#include "base/text.h"
#include "simulate/promotions.h"

namespace retailsim::pipeline {
namespace {

struct SharedKnob {
  std::string_view key;
  bool (*is_shared)(const Scenario& a, const Scenario& b);
  std::string_view otherwise;  // what would be wrong with a comparison
  std::string_view hint;
};

template <auto field>
bool same(const Scenario& a, const Scenario& b) {
  return a.*field == b.*field;
}

constexpr std::string_view same_days =
    "give both the same from and to; --from and --to of compare choose among these days";

using S = Scenario;
constexpr SharedKnob shared_by_twins[] = {
    {"seed", same<&S::seed>, "every row would differ by chance", "give both the same seed"},
    // Products are launched and households join at a part of the way from the first day to the
    // last.
    {"from", same<&S::from>, "products and households would come and go on other days", same_days},
    {"to", same<&S::to>, "products and households would come and go on other days", same_days},
    {"stores.count", same<&S::store_count>, "households would choose among other stores",
     "give both the same stores.count; a [[traffic]] of factor 0 keeps everybody out of a store"},
    {"stores.regions", same<&S::regions>, "a store_id would stand for stores in other places",
     "give both the same stores.regions"},
    {"stores.currency", same<&S::currency>, "amounts of two currencies cannot be subtracted",
     "give both the same stores.currency"},
    {"products.assortment", same<&S::assortment>, "a product_id would stand for other goods",
     "give both the same products.assortment"},
    {"products.count", same<&S::product_count>, "a product_id would stand for other goods",
     "give both the same products.count"},
};

[[noreturn]] void refuse(std::string_view difference, std::string_view otherwise,
                         std::string hint) {
  throw Failure(FailureKind::wrong_usage,
                fmt::format("the scenarios can't be compared row by row: they differ in {}, so {}",
                            difference, otherwise),
                std::move(hint));
}

}  // namespace

void require_twins(const Scenario& a, const Scenario& b) {
  for (const auto& knob : shared_by_twins)
    if (!knob.is_shared(a, b)) refuse(knob.key, knob.otherwise, std::string{knob.hint});
}

void require_same_members(const simulate::World& a, const simulate::World& b) {
  for (std::size_t store = 0; store < a.members.size(); ++store) {
    // The world with more households has the others at the end of each list.
    const auto both = std::min(a.members[store].size(), b.members[store].size());
    const auto households = std::min(a.households.size(), b.households.size());
    const auto lacks_common = [&](const auto& members) {
      return members.size() > both && members[both].household < households;
    };
    const bool is_same = std::ranges::equal(
        std::span{a.members[store]}.first(both), std::span{b.members[store]}.first(both), {},
        &simulate::Member::household, &simulate::Member::household);
    if (is_same && !lacks_common(a.members[store]) && !lacks_common(b.members[store])) continue;
    refuse(
        "who shops where", "a visit_id would stand for somebody else's visit",
        "give both the same [stores] and the same distance_exponent, wander_share and tail_share "
        "of [households]");
  }
}

void withdraw(std::span<const PromoId> promotions, const simulate::World& world,
              Scenario& scenario) {
  if (promotions.empty()) return;
  std::vector<std::string> known;
  for (const auto& promotion : simulate::promotion_rows(world).promotions)
    known.push_back(fmt::format("{}", promotion.promo_id.value));
  for (const PromoId promotion : promotions) {
    const std::string id = fmt::format("{}", promotion.value);
    if (std::ranges::find(known, id) == known.end()) {
      const auto close = nearest(id, known);
      throw Failure(
          FailureKind::wrong_usage,
          fmt::format("{} has no promotion {} to withdraw", world.scenario.name, id),
          fmt::format("{}data_api/promotion.ndjson of its feed lists all {}",
                      close ? fmt::format("did you mean promo:{}? ", *close) : "", known.size()));
    }
    auto& changes = scenario.promotion_changes;
    const auto named = [&](const PromotionChange& change) {
      return change.promo_id == promotion.value;
    };
    std::erase_if(changes, named);
    changes.push_back({.promo_id = promotion.value, .depth_pct = 0});
  }
}

}  // namespace retailsim::pipeline
