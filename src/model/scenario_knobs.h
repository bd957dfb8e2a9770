// The list of everything a scenario file may say. Whoever reads, checks, writes or documents
// scenarios walks this list, so a new knob is a field in scenario.h and an entry here.
#pragma once

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include "model/scenario.h"

namespace retailsim {

template <class Owner>
struct Knob {
  using Field =
      std::variant<std::string Owner::*, std::int64_t Owner::*, double Owner::*, Day Owner::*,
                   std::optional<Day> Owner::*, std::vector<std::string> Owner::*,
                   std::array<double, 5> Owner::*, std::array<double, 7> Owner::*,
                   std::array<double, 12> Owner::*, std::array<double, 24> Owner::*>;

  std::string_view key;  // dotted: "stores.count" is `count` in the table [stores]
  Field field;
  double at_least = -std::numeric_limits<double>::infinity();  // of every number it holds
  double at_most = std::numeric_limits<double>::infinity();
  std::string_view unit = "";
  std::string_view meaning;  // a sentence, with the source of the default
  bool is_required = false;
  bool may_be_empty = false;  // of a list
  // For text: the legal words, or null when another rule or none applies.
  std::vector<std::string> (*words)() = nullptr;
  // For text: whether it is well formed, with `form` saying how it has to look.
  bool (*is_legal)(std::string_view text) = nullptr;
  std::string_view form = "";
};

// The knobs of Scenario, Holiday, DefectRate, TrafficChange or PromotionChange, in the order in
// which they are written. Top-level keys come before those in tables.
template <class Owner>
std::span<const Knob<Owner>> knobs();
template <>
std::span<const Knob<Scenario>> knobs();
template <>
std::span<const Knob<Holiday>> knobs();
template <>
std::span<const Knob<DefectRate>> knobs();
template <>
std::span<const Knob<TrafficChange>> knobs();
template <>
std::span<const Knob<PromotionChange>> knobs();

// A part of a scenario that repeats: [[holiday]].
template <class Row>
struct KnobList {
  std::string_view key;
  std::vector<Row> Scenario::*field;
  std::string_view meaning;
};

inline constexpr std::tuple knob_lists{
    KnobList<Holiday>{"holiday", &Scenario::holidays,
                      "Days on which people shop differently. Naming one replaces the usual list."},
    KnobList<DefectRate>{"defect", &Scenario::defects,
                         "What the source system does wrong. Naming one replaces the usual list."},
    KnobList<TrafficChange>{"traffic", &Scenario::traffic_changes,
                            "Experiments: entries of a store times a factor."},
    KnobList<PromotionChange>{"promotion", &Scenario::promotion_changes,
                              "Experiments: one promotion with another depth."},
};

}  // namespace retailsim
