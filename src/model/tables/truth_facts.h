// What the simulation was told and what it made happen: the numbers that an analyst may want to
// estimate, and the events that may explain what was sold. Truth like truth.h.
#pragma once

#include "model/tables/dimensions.h"

namespace retailsim {

// Whom a number or an event is about.
enum class TruthEntity : std::uint8_t {
  chain,
  store,
  category,
  product,
  household,
  promotion,
  weekday,
  month
};
constexpr std::array<std::string_view, 8> labels(TruthEntity) {
  return {"chain", "store", "category", "product", "household", "promotion", "weekday", "month"};
}

struct TruthParameter {
  TruthEntity entity;
  std::string entity_id;
  std::string name;
  Number value;
  std::string unit;
  std::string explanation;

  bool operator==(const TruthParameter&) const = default;
  static constexpr std::string_view table = "truth_parameter", plural = "truth-parameters";
  static constexpr std::string_view meaning =
      "A number that the simulation goes by: an elasticity, a rate, an effect.";
  static constexpr Delivery delivery = Delivery::snapshot;
  static constexpr auto columns() {
    using T = TruthParameter;
    return std::tuple{
        column("entity", &T::entity, key(), "Whom it is about."),
        column("entity_id", &T::entity_id, key(),
               "Its id as text; of a category its name, of the chain \"chain\", of a weekday 1 "
               "(Monday) to 7, of a month 1 to 12."),
        column("name", &T::name, key(), "Names the number."),
        column("value", &T::value, plain(), "The number."),
        column("unit", &T::unit, plain(), "What it counts."),
        column("meaning", &T::explanation, plain(), "What it does, in a sentence."),
    };
  }
};
static_assert(lists_every_field<TruthParameter>());

struct TruthEvent {
  std::string event_id;
  std::string effect;
  std::string kind;
  TruthEntity entity;
  std::string entity_id;
  std::optional<std::string> label;
  Day starts_on;
  Day ends_on;
  Number magnitude;
  std::string unit;

  bool operator==(const TruthEvent&) const = default;
  static constexpr std::string_view table = "truth_event", plural = "truth-events";
  static constexpr std::string_view meaning =
      "Something that happened to the chain or part of it, and how much it did.";
  static constexpr Delivery delivery = Delivery::snapshot;
  static constexpr auto columns() {
    using T = TruthEvent;
    return std::tuple{
        column("event_id", &T::event_id, key(),
               "Names the event: its kind and what it is about, parts joined by /."),
        column("effect", &T::effect, key(), "What it changes; an event may change several things."),
        column("kind", &T::kind, plain(), "What kind of event it is."),
        column("entity", &T::entity, plain(), "Whom it is about."),
        column("entity_id", &T::entity_id, plain(), "As in truth_parameter."),
        column("label", &T::label, plain(), "What people call it; null where it has no name."),
        column("starts_on", &T::starts_on, plain(),
               "Its first day; promotions may have begun before the scenario."),
        column("ends_on", &T::ends_on, plain(), "Its last day, inclusive."),
        column("magnitude", &T::magnitude, plain(), "How much it changes that."),
        column("unit", &T::unit, plain(), "What the magnitude counts."),
    };
  }
};
static_assert(lists_every_field<TruthEvent>());

}  // namespace retailsim
