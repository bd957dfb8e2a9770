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

}  // namespace

std::int32_t units_of_line(float many_logit, std::int32_t list, bool is_promoted, bool is_alone,
                           float unit, float size_unit) {
  constexpr float log_cents = 4.60517019f;
  const float log_list = quick_log(static_cast<float>(list)) - log_cents;
  const float logit =
      many_logit - 0.9f * (log_list - 0.6f) + (is_promoted ? 0.35f : 0) + (is_alone ? 0.5f : 0);
  if (unit >= quick_logistic(logit)) return 1;
  static constexpr auto tables = cumulated_weights();
  const Cumulated& table = tables[list < 60 ? 0 : list < 200 ? 1 : 2];
  std::size_t i = 0;
  while (i + 1 < table.size() && size_unit > table[i]) ++i;
  return static_cast<std::int32_t>(i) + 2;
}

}  // namespace retailsim::simulate
