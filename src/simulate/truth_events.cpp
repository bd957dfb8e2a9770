#include "simulate/truth_events.h"

#include <fmt/core.h>

#include <algorithm>

#include "model/scenario_feasts.h"
#include "simulate/collections.h"
#include "simulate/elementary.h"
#include "simulate/promotions.h"

namespace retailsim::simulate {
namespace {

bool is_in_scenario(const World& world, Day day) {
  return day >= world.scenario.from && day <= world.scenario.to;
}

// Fills in one effect of an event and hands it on.
void send(TruthEvent& event, std::string_view effect, double magnitude, std::string_view unit,
          const VisitEvent& visit) {
  event.effect = std::string{effect};
  event.magnitude = number_of(magnitude);
  event.unit = std::string{unit};
  visit(event);
}

// An event of one day; `id` is that of its entity.
void send_day(TruthEvent& event, TruthEntity entity, std::size_t index, Day day,
              std::string_view effect, double magnitude, std::string_view unit,
              const VisitEvent& visit) {
  event.entity = entity;
  event.entity_id = fmt::format("{}", index + 1);
  event.event_id = fmt::format("{}/{}", event.kind, event.entity_id);
  event.starts_on = event.ends_on = day;
  send(event, effect, magnitude, unit, visit);
}

void list_holidays(const World& world, TruthEvent& event, const VisitEvent& visit) {
  const Scenario& scenario = world.scenario;
  const auto year_of = [](Day day) { return int{std::chrono::year_month_day{day}.year()}; };
  event.entity = TruthEntity::chain;
  event.entity_id = "chain";
  for (int year = year_of(scenario.from); year <= year_of(scenario.to); ++year) {
    for (std::size_t i = 0; i < scenario.holidays.size(); ++i) {
      const Holiday& holiday = scenario.holidays[i];
      const auto day = day_of_feast(holiday.when, year);
      if (!day || !is_in_scenario(world, *day)) continue;
      event.event_id = fmt::format("{}/{}/{}", event.kind, to_text(*day), i + 1);
      event.label = holiday.name;
      event.starts_on = event.ends_on = *day;
      send(event, "entries", holiday.trips, "factor", visit);
      send(event, "lines_per_basket", holiday.basket, "factor", visit);
    }
  }
}

double lift_of(const Scenario& scenario, PromotionKind kind) {
  if (kind == PromotionKind::mailer) return scenario.mailer_lift;
  return kind == PromotionKind::display ? scenario.display_lift : 0;
}

void list_promotions(const World& world, TruthEvent& event, const VisitEvent& visit) {
  event.entity = TruthEntity::promotion;
  for (const Promotion& promotion : promotion_rows(world).promotions) {
    event.entity_id = fmt::format("{}", promotion.promo_id.value);
    event.event_id = fmt::format("{}/{}", event.kind, event.entity_id);
    event.starts_on = promotion.starts_on;
    event.ends_on = promotion.ends_on;
    send(event, "depth", promotion.depth_pct.value_or(0), "%", visit);
    send(event, "choice", exponential(lift_of(world.scenario, promotion.kind)), "factor", visit);
  }
}

void list_launches(const World& world, TruthEvent& event, const VisitEvent& visit) {
  for (std::size_t i = 0; i < world.products.size(); ++i) {
    const Day day = monday_of(world.products[i].first_week);
    if (is_in_scenario(world, day))
      send_day(event, TruthEntity::product, i, day, "assortment", 1, "products", visit);
  }
}

void list_delistings(const World& world, TruthEvent& event, const VisitEvent& visit) {
  for (std::size_t i = 0; i < world.products.size(); ++i) {
    if (world.products[i].last_week > world.last_week()) continue;
    const Day day = monday_of(world.products[i].last_week) + std::chrono::days(6);
    if (is_in_scenario(world, day))
      send_day(event, TruthEntity::product, i, day, "assortment", -1, "products", visit);
  }
}

void list_clearances(const World& world, TruthEvent& event, const VisitEvent& visit) {
  const Scenario& scenario = world.scenario;
  const auto weeks = static_cast<int>(scenario.clearance_weeks);
  if (weeks == 0) return;
  event.entity = TruthEntity::product;
  for (std::size_t i = 0; i < world.products.size(); ++i) {
    const ProductState& product = world.products[i];
    const int last = std::min(product.last_week, world.last_week());
    const int first = std::max(product.last_week - weeks + 1, world.first_week());
    if (first > last) continue;
    event.entity_id = fmt::format("{}", i + 1);
    event.event_id = fmt::format("{}/{}", event.kind, event.entity_id);
    event.starts_on = std::max(monday_of(first), scenario.from);
    event.ends_on = std::min(monday_of(last) + std::chrono::days(6), scenario.to);
    send(event, "depth", 100 * clearance_depth(scenario, product, last), "%", visit);
  }
}

void list_joining(const World& world, TruthEvent& event, const VisitEvent& visit) {
  for (std::size_t i = 0; i < world.households.size(); ++i) {
    const Day day = world.households[i].joined;
    if (is_in_scenario(world, day))
      send_day(event, TruthEntity::household, i, day, "card_holders", 1, "households", visit);
  }
}

void list_leaving(const World& world, TruthEvent& event, const VisitEvent& visit) {
  for (std::size_t i = 0; i < world.households.size(); ++i) {
    const Day day = world.households[i].left;
    if (is_in_scenario(world, day))
      send_day(event, TruthEntity::household, i, day, "card_holders", -1, "households", visit);
  }
}

// The effects of a store's opening: it is there, and it is found little by little.
void list_openings(const World& world, TruthEvent& event, const VisitEvent& visit) {
  for (std::size_t i = 0; i < world.stores.size(); ++i) {
    const Day day = world.stores[i].row.opened_on.value_or(first_day);
    if (!is_in_scenario(world, day)) continue;
    send_day(event, TruthEntity::store, i, day, "stores", 1, "stores", visit);
    send(event, "ramp", static_cast<double>(world.scenario.store_ramp_weeks), "weeks", visit);
  }
}

void list_closings(const World& world, TruthEvent& event, const VisitEvent& visit) {
  for (std::size_t i = 0; i < world.stores.size(); ++i) {
    const auto day = world.stores[i].row.closed_on;
    if (day && is_in_scenario(world, *day))
      send_day(event, TruthEntity::store, i, *day, "stores", -1, "stores", visit);
  }
}

void list_refits(const World& world, TruthEvent& event, const VisitEvent& visit) {
  event.entity = TruthEntity::store;
  for (std::size_t i = 0; i < world.stores.size(); ++i) {
    const auto& refit = world.stores[i].refit;
    if (!refit) continue;
    event.entity_id = fmt::format("{}", i + 1);
    event.event_id = fmt::format("{}/{}", event.kind, event.entity_id);
    event.starts_on = monday_of(refit->first);
    event.ends_on = monday_of(refit->last + 1) - std::chrono::days(1);
    send(event, "entries", 0, "factor", visit);
  }
}

// Experiments are numbered as in the scenario: two may be about the same store and days.
void list_traffic_changes(const World& world, TruthEvent& event, const VisitEvent& visit) {
  const Scenario& scenario = world.scenario;
  event.entity = TruthEntity::store;
  for (std::size_t i = 0; i < scenario.traffic_changes.size(); ++i) {
    const TrafficChange& change = scenario.traffic_changes[i];
    event.starts_on = std::max(change.from.value_or(scenario.from), scenario.from);
    event.ends_on = std::min(change.to.value_or(scenario.to), scenario.to);
    if (event.starts_on > event.ends_on) continue;
    event.entity_id = fmt::format("{}", change.store_id);
    event.event_id = fmt::format("{}/{}", event.kind, i + 1);
    send(event, "entries", change.factor, "factor", visit);
  }
}

void list_promotion_changes(const World& world, TruthEvent& event, const VisitEvent& visit) {
  const Scenario& scenario = world.scenario;
  event.entity = TruthEntity::promotion;
  for (std::size_t i = 0; i < scenario.promotion_changes.size(); ++i) {
    const PromotionChange& change = scenario.promotion_changes[i];
    const auto block = block_called(world, {change.promo_id});
    if (!block) continue;
    event.starts_on = monday_of(block->first_week);
    event.ends_on = monday_of(block->last_week + 1) - std::chrono::days(1);
    if (event.starts_on > scenario.to || event.ends_on < scenario.from) continue;
    event.entity_id = fmt::format("{}", change.promo_id);
    event.event_id = fmt::format("{}/{}", event.kind, i + 1);
    send(event, "depth", static_cast<double>(change.depth_pct), "%", visit);
  }
}

}  // namespace

std::span<const EventKind> all_event_kinds() {
  static constexpr EventKind all[] = {
      {"holiday", list_holidays},
      {"promotion", list_promotions},
      {"product_launched", list_launches},
      {"product_delisted", list_delistings},
      {"clearance", list_clearances},
      {"household_joined", list_joining},
      {"household_left", list_leaving},
      {"store_opened", list_openings},
      {"store_closed", list_closings},
      {"store_refit", list_refits},
      {"traffic_changed", list_traffic_changes},
      {"promotion_changed", list_promotion_changes},
  };
  return all;
}

void for_each_event(const World& world, const VisitEvent& visit) {
  for (const EventKind& kind : all_event_kinds()) {
    TruthEvent event{};
    event.kind = std::string{kind.name};
    kind.list(world, event, visit);
  }
}

}  // namespace retailsim::simulate
