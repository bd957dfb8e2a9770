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

float logit_of_many(float many_logit, std::int32_t list, bool is_promoted, bool is_alone) {
  constexpr float log_cents = 4.60517019f;
  const float log_list = quick_log(static_cast<float>(list)) - log_cents;
  return many_logit - 0.9f * (log_list - 0.6f) + (is_promoted ? 0.35f : 0) + (is_alone ? 0.5f : 0);
}

std::size_t table_for(std::int32_t list) { return list < 60 ? 0 : list < 200 ? 1 : 2; }

}  // namespace

std::int32_t units_of_line(float many_logit, std::int32_t list, bool is_promoted, bool is_alone,
                           float unit, float size_unit) {
  if (unit >= quick_logistic(logit_of_many(many_logit, list, is_promoted, is_alone))) return 1;
  static constexpr auto tables = cumulated_weights();
  const Cumulated& table = tables[table_for(list)];
  std::size_t i = 0;
  while (i + 1 < table.size() && size_unit > table[i]) ++i;
  return static_cast<std::int32_t>(i) + 2;
}

float mean_units_of_line(float many_logit, std::int32_t list, bool is_promoted) {
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
  return 1 + quick_logistic(logit_of_many(many_logit, list, is_promoted, false)) *
                 more_than_one[table_for(list)];
}

}  // namespace retailsim::simulate
