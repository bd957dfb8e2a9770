#include "simulate/alias_table.h"

#include <algorithm>
#include <cassert>

namespace retailsim::simulate {

void build_alias_table(std::span<double> weights, std::span<AliasCell> cells) {
  const std::size_t count = weights.size();
  double sum = 0;
  for (const double weight : weights) sum += weight;
  assert(sum > 0);
  const double scale = static_cast<double>(count) / sum;
  std::size_t heaviest = 0;
  for (std::size_t i = 0; i < count; ++i) {
    weights[i] *= scale;
    if (weights[i] > weights[heaviest]) heaviest = i;
  }
  // Vose's two work lists as two cursors: `light` walks the weights below 1, `heavy` the
  // others. A heavy number that gave so much away that it became light is served at once.
  constexpr double served = -1;
  const auto next_light = [&](std::size_t i) {
    while (i < count && !(weights[i] >= 0 && weights[i] < 1)) ++i;
    return i;
  };
  const auto next_heavy = [&](std::size_t i) {
    while (i < count && weights[i] < 1) ++i;
    return i;
  };
  const auto serve = [&](std::size_t i, std::size_t other) {
    cells[i] = {word_bound(weights[i]), static_cast<std::uint32_t>(other)};
    weights[other] -= 1 - weights[i];
    weights[i] = served;
  };
  std::size_t light = next_light(0);
  std::size_t heavy = next_heavy(0);
  std::size_t now = light;
  while (now < count && heavy < count) {
    serve(now, heavy);
    if (weights[heavy] < 1) {
      now = heavy;
      heavy = next_heavy(heavy + 1);
    } else {
      now = light = next_light(light);
    }
  }
  // What rounding left over: full cells, up to the last bit.
  for (std::size_t i = 0; i < count; ++i) {
    if (weights[i] == served) continue;
    const bool is_full = weights[i] > 0.5;
    cells[i] = {is_full ? 0xffffffffu : 0u, static_cast<std::uint32_t>(is_full ? i : heaviest)};
  }
}

}  // namespace retailsim::simulate
