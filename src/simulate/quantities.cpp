#include "simulate/quantities.h"

#include <array>

#include "simulate/elementary.h"

namespace retailsim::simulate {
namespace {

// Units on a line given more than one, from 2 on, for list prices below 60 cents, below 2
// and from 2 currency units on. Prototype, fitted on the panel.
constexpr std::size_t most_units = 16;
constexpr double unit_weights[3][most_units - 1] = {
    {.559, .167, .140, .0366, .0463, .007, .014, .004, .0114, .001, .008, 0, 0, 0, .003},
    {.728, .142, .078, .0225, .0155, .002, .005, .001, .0045, .0002, .003, 0, 0, 0, .0005},
    {.836, .100, .043, .0103, .0063, .0005, .0015, .0003, .001, 0, .0007, 0, 0, 0, .0002}};

using Cumulated = std::array<float, most_units - 1>;

constexpr std::array<Cumulated, 3> cumulated_weights() {
  std::array<Cumulated, 3> tables{};
  for (std::size_t table = 0; table < 3; ++table) {
    double sum = 0;
    for (const double weight : unit_weights[table]) sum += weight;
    double cumulated = 0;
    for (std::size_t i = 0; i < most_units - 1; ++i) {
      cumulated += unit_weights[table][i];
      tables[table][i] = static_cast<float>(cumulated / sum);
    }
  }
  return tables;
}

// On the odds; both fitted on the panel, prototype.
constexpr float odds_when_promoted = 1.41906755f;  // e^0.35
constexpr float odds_when_alone = 1.64872127f;     // e^0.5

std::size_t table_for(std::int32_t list) { return list < 60 ? 0 : list < 200 ? 1 : 2; }

}  // namespace

float odds_of_many(float many_logit, std::int32_t list) {
  constexpr float log_cents = 4.60517019f;
  const float log_list = quick_log(static_cast<float>(list)) - log_cents;
  return quick_exponential(many_logit - 0.9f * (log_list - 0.6f));
}

std::int32_t units_of_line(float odds, std::int32_t list, bool is_promoted, bool is_alone,
                           float unit) {
  if (is_promoted) odds *= odds_when_promoted;
  if (is_alone) odds *= odds_when_alone;
  if (unit * (1 + odds) >= odds) return 1;
  const float size_unit = 1 - unit * (1 + odds) / odds;  // uniform again, and independent of that
  static constexpr auto tables = cumulated_weights();
  const Cumulated& table = tables[table_for(list)];
  std::size_t i = 0;
  while (i + 1 < table.size() && size_unit > table[i]) ++i;
  return static_cast<std::int32_t>(i) + 2;
}

float mean_units_of_line(float odds, std::int32_t list, bool is_promoted) {
  static const auto more_than_one = [] {
    std::array<float, 3> means{};
    for (std::size_t table = 0; table < 3; ++table) {
      double sum = 0;
      double units = 0;
      for (std::size_t i = 0; i < most_units - 1; ++i) {
        sum += unit_weights[table][i];
        units += static_cast<double>(i + 1) * unit_weights[table][i];
      }
      means[table] = static_cast<float>(units / sum);
    }
    return means;
  }();
  if (is_promoted) odds *= odds_when_promoted;
  return 1 + odds / (1 + odds) * more_than_one[table_for(list)];
}

}  // namespace retailsim::simulate
