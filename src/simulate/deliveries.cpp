#include "simulate/deliveries.h"

#include <algorithm>

#include "simulate/elementary.h"

namespace retailsim::simulate {
namespace {

// The name of the column that a newer till sends.
constexpr std::string_view drift_column = "till_version";
constexpr std::string_view drift_field = R"("till_version":"4.2")";

// MAR: tills get things wrong in the evening. MNAR: large amounts are what they trip over.
constexpr double often = 2, seldom = 0.5;
constexpr std::int32_t evening = 17;
constexpr std::int64_t large_line = 400, large_receipt = 3'000;  // cents
constexpr std::int32_t long_visit = 900;                         // seconds

double weight(Mechanism mechanism, bool is_large, std::int32_t hour) {
  switch (mechanism) {
    case Mechanism::mcar:
      return 1;
    case Mechanism::mar:
      return hour >= evening ? often : seldom;
    case Mechanism::mnar:
      return is_large ? often : seldom;
  }
  return 1;
}

double most_weight(Mechanism mechanism) { return mechanism == Mechanism::mcar ? 1 : often; }

template <class Enum>
Enum from_word(std::string_view word) {
  const auto words = labels(Enum{});
  return static_cast<Enum>(std::ranges::find(words, word) - words.begin());
}

double log_uniform(double from, double to, Draws& draws) {
  return from * power(to / from, draws.unit());
}

Subject store_day(std::size_t store, Day day) {
  return {static_cast<std::uint32_t>(store),
          static_cast<std::uint32_t>(day.time_since_epoch().count())};
}

Subject row_subject(std::int64_t id) {
  return {static_cast<std::uint32_t>(id), static_cast<std::uint32_t>(id >> 32)};
}

std::size_t index_of(StoreId store) { return static_cast<std::size_t>(store.value - 1); }

}  // namespace

void Damage::clear() {
  overrides.clear();
  added_field.clear();
  is_cut = is_lost = false;
  repeated_after = displaced_by = 0;
  truth.clear();
}

std::string_view Victim::table() const {
  if (visit != nullptr) return Visit::table;
  return line == whole_row ? Transaction::table : TransactionLine::table;
}

std::string Victim::key() const {
  if (visit != nullptr) return key_text(*visit);
  return line == whole_row ? key_text(*receipt) : key_text(struck_line());
}

void Victim::replace(std::string_view column, std::string token, std::string sent) {
  std::string is = visit != nullptr    ? column_text(*visit, column)
                   : line == whole_row ? column_text(*receipt, column)
                                       : column_text(struck_line(), column);
  damage.overrides.push_back({line, column, std::move(token)});
  note(table(), key(), std::string{column}, std::move(is), std::move(sent));
}

void Victim::note(std::string_view table, std::string key, std::optional<std::string> column,
                  std::optional<std::string> true_value, std::optional<std::string> sent) {
  damage.truth.push_back({std::string{table}, std::move(key), std::move(column), kind, mechanism,
                          Day{}, std::move(true_value), std::move(sent)});
}

double Victim::magnitude(Draws& draws) const {
  return log_uniform(knob.at_least, knob.at_most, draws);
}

Deliveries::Deliveries(const World& world)
    : world_(world),
      has_defects_(world.scenario.defect_factor > 0 && !world.scenario.defects.empty()),
      visits_(threats_to(visit_row)),
      receipts_(threats_to(receipt_row)),
      lines_(threats_to(line_row)),
      late_(knob_of(DefectKind::late)),
      sensor_gap_(knob_of(DefectKind::sensor_gap)) {
  for (std::size_t store = 0; store < world.stores.size(); ++store)
    drift_.push_back(drift_day(store));
}

const DefectRate* Deliveries::knob_of(DefectKind kind) const {
  if (!has_defects_) return nullptr;
  for (const auto& knob : world_.scenario.defects)
    if (knob.kind == label(kind) && knob.rate > 0) return &knob;
  return nullptr;
}

double Deliveries::rate_of(const DefectRate& knob) const {
  return std::min(knob.rate * world_.scenario.defect_factor, 0.5);
}

Deliveries::Threats Deliveries::threats_to(Target target) const {
  Threats threats;
  double until = 0;
  for (const Defect* defect : all_defects()) {
    const DefectRate* const knob = knob_of(defect->kind);
    if (knob == nullptr || (defect->targets & target) == 0) continue;
    const auto mechanism = from_word<Mechanism>(knob->mechanism);
    until += rate_of(*knob) * most_weight(mechanism);
    threats.push_back({defect, knob, mechanism, until});
  }
  return threats;
}

bool Deliveries::strike(const Threats& threats, Draws& draws, double amount_weight,
                        std::int32_t hour, Victim victim) const {
  if (threats.empty()) return false;
  const double chance = draws.unit();
  if (chance >= threats.back().until) return false;
  const auto found =
      std::ranges::find_if(threats, [&](const Threat& threat) { return chance < threat.until; });
  const double accepted = weight(found->mechanism, amount_weight > 0, hour);
  if (draws.unit() * most_weight(found->mechanism) >= accepted) return false;
  Victim struck{victim.world,   *found->knob, found->defect->kind, found->mechanism, victim.visit,
                victim.receipt, victim.lines, victim.line,         victim.damage};
  return found->defect->inflict(struck, draws);
}

void Deliveries::strike(const Visit& visit, Damage& damage) const {
  damage.clear();
  if (!has_defects_) return;
  if (sensor_gap_ != nullptr) {
    const Hours blind = gap(index_of(visit.store_id), visit.business_date);
    damage.is_lost = visit.local_hour >= blind.from && visit.local_hour < blind.to;
    if (damage.is_lost) return;
  }
  Draws draws{world_.seed, Stream::visit_defect, row_subject(visit.visit_id.value)};
  static const DefectRate none;
  strike(visits_, draws, visit.dwell_s.value_or(0) >= long_visit, visit.local_hour,
         {world_, none, {}, {}, &visit, nullptr, {}, whole_row, damage});
}

void Deliveries::strike(const Transaction& receipt, std::span<const TransactionLine> lines,
                        Damage& damage) const {
  damage.clear();
  if (!has_defects_) return;
  const auto& drift = drift_[index_of(receipt.store_id)];
  if (drift && receipt.business_date >= *drift) damage.added_field = drift_field;
  static const DefectRate none;
  const Subject subject = row_subject(receipt.transaction_id.value);
  Draws draws{world_.seed, Stream::receipt_defect, subject};
  // A receipt that is struck as a whole keeps its lines as they are: nobody could tell what
  // else was wrong with them.
  if (strike(receipts_, draws, receipt.net.value >= large_receipt, receipt.local_hour,
             {world_, none, {}, {}, nullptr, &receipt, lines, whole_row, damage}))
    return;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Draws of_line{world_.seed,
                  Stream::line_defect,
                  {subject.a, subject.b, static_cast<std::uint32_t>(lines[i].line_number)}};
    strike(lines_, of_line, lines[i].net.value >= large_line, receipt.local_hour,
           {world_, none, {}, {}, nullptr, &receipt, lines, static_cast<int>(i), damage});
  }
}

std::int32_t Deliveries::delay(std::size_t store, Day day, std::int32_t local_hour) const {
  if (late_ == nullptr) return 0;
  Draws draws{world_.seed, Stream::late_delivery, store_day(store, day)};
  if (draws.unit() >= rate_of(*late_)) return 0;
  // The connection breaks at some hour; what comes after it is sent when it is back.
  const auto breaks_at = static_cast<std::int32_t>(8 + below(10, draws.word()));
  const double days = log_uniform(late_->at_least, late_->at_most, draws);
  return local_hour >= breaks_at ? rounded(days) : 0;
}

bool Deliveries::sends_late(std::size_t store, Day monday, Day from, Day to) const {
  constexpr std::int32_t last_hour = 23;
  for (int i = 0; i < 7; ++i) {
    const Day day = monday + std::chrono::days(i);
    const std::int32_t days = delay(store, day, last_hour);
    if (days > 0 && day + std::chrono::days(days) >= from && day + std::chrono::days(days) <= to)
      return true;
  }
  return false;
}

Deliveries::Hours Deliveries::gap(std::size_t store, Day day) const {
  if (sensor_gap_ == nullptr || !world_.stores[store].is_open_in(week_of(day))) return {};
  Draws draws{world_.seed, Stream::sensor_gap, store_day(store, day)};
  if (draws.unit() >= rate_of(*sensor_gap_)) return {};
  const auto from = static_cast<std::int32_t>(9 + below(10, draws.word()));
  const double hours = log_uniform(sensor_gap_->at_least, sensor_gap_->at_most, draws);
  return {from, std::min(24, from + rounded(hours))};
}

std::vector<TruthDefect> Deliveries::sensor_gaps(std::size_t store, Day day) const {
  std::vector<TruthDefect> truth;
  const Hours blind = gap(store, day);
  for (std::int32_t hour = blind.from; hour < blind.to; ++hour) {
    truth.push_back({std::string{Visit::table},
                     fmt::format("{}/{}/{}", store + 1, to_text(day), hour), std::nullopt,
                     DefectKind::sensor_gap, Mechanism::mcar, day, std::nullopt, std::nullopt});
  }
  return truth;
}

std::optional<Day> Deliveries::drift_day(std::size_t store) const {
  const DefectRate* const knob = knob_of(DefectKind::schema_drift);
  if (knob == nullptr) return std::nullopt;
  Draws draws{world_.seed, Stream::schema_drift, {static_cast<std::uint32_t>(store)}};
  const double chance = draws.unit();
  const auto days =
      static_cast<std::uint32_t>((world_.scenario.to - world_.scenario.from).count() + 1);
  const std::uint32_t at = below(days, draws.word());
  if (chance >= rate_of(*knob)) return std::nullopt;
  return world_.scenario.from + std::chrono::days(at);
}

std::optional<TruthDefect> Deliveries::drift(std::size_t store, Day day) const {
  if (drift_[store] != day) return std::nullopt;
  return TruthDefect{std::string{Transaction::table},
                     fmt::format("{}", store + 1),
                     std::string{drift_column},
                     DefectKind::schema_drift,
                     Mechanism::mcar,
                     day,
                     std::nullopt,
                     "4.2"};
}

}  // namespace retailsim::simulate
