// What the source system makes of what happened: which rows it sends on which day, and what
// it gets wrong. A pure function of world and row, so that any day can be sent alone, by any
// thread, with the same bytes.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "simulate/defect.h"

namespace retailsim::simulate {

// The longest that a delivery may be late, in whole weeks that have to be looked back.
inline constexpr int weeks_looked_back = 5;

class Deliveries {
 public:
  // `world` must outlive it.
  explicit Deliveries(const World& world);

  // False: everything is sent on its day, as it is.
  bool has_defects() const { return has_defects_; }

  // How many days after its own a row is sent.
  std::int32_t delay(std::size_t store, Day day, std::int32_t local_hour) const;
  // Whether a row of the week that begins on `monday` is sent late, on one of these days.
  bool sends_late(std::size_t store, Day monday, Day from, Day to) const;

  // What is done to a row on its way; `damage` is cleared first.
  void strike(const Visit& visit, Damage& damage) const;
  void strike(const Transaction& receipt, std::span<const TransactionLine> lines,
              Damage& damage) const;

  // Hours of a store's day in which the door counter saw nobody, as truth of defects.
  std::vector<TruthDefect> sensor_gaps(std::size_t store, Day day) const;
  // The truth of a schema that changes on that day in that store.
  std::optional<TruthDefect> drift(std::size_t store, Day day) const;

 private:
  // A defect of rows with the bound below which a word means it, cumulated over the list.
  struct Threat {
    const Defect* defect;
    const DefectRate* knob;
    Mechanism mechanism;
    double until;
  };
  using Threats = std::vector<Threat>;
  struct Hours {
    std::int32_t from = 24, to = 24;
  };

  Threats threats_to(Target target) const;
  const DefectRate* knob_of(DefectKind kind) const;
  double rate_of(const DefectRate& knob) const;
  bool strike(const Threats& threats, Draws& draws, double amount_weight, std::int32_t hour,
              Victim victim) const;
  Hours gap(std::size_t store, Day day) const;
  std::optional<Day> drift_day(std::size_t store) const;

  const World& world_;
  bool has_defects_;
  Threats visits_, receipts_, lines_;
  const DefectRate* late_;
  const DefectRate* sensor_gap_;
  std::vector<std::optional<Day>> drift_;  // by store: from this day on
};

}  // namespace retailsim::simulate
