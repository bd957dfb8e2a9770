#include "simulate/channels.h"

#include <algorithm>

#include "simulate/clock.h"
#include "simulate/distributions.h"
#include "simulate/world_parts.h"

namespace retailsim::simulate {
namespace {

// The logit of a middle household: such that the mean over households is the scenario's share.
double middle_logit(double share, double sd) {
  constexpr int quantiles = 256;
  const auto mean_share = [&](double middle) {
    double sum = 0;
    for (int i = 0; i < quantiles; ++i)
      sum += logistic(middle + sd * normal_quantile((i + 0.5) / quantiles));
    return sum / quantiles;
  };
  double low = -60;
  double high = 60;
  constexpr int halvings = 60;
  for (int i = 0; i < halvings; ++i) {
    const double middle = 0.5 * (low + high);
    (mean_share(middle) < share ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

std::uint32_t second_of_order(const Scenario& scenario, double hour_unit, double second_unit) {
  double sum = 0;
  for (const double part : scenario.online_hours) sum += part;
  double left = hour_unit * sum;
  std::uint32_t found = 0;
  for (std::uint32_t hour = 0; hour < 24; ++hour) {
    const double part = scenario.online_hours[hour];
    if (part <= 0) continue;
    found = hour;
    if (left < part) break;
    left -= part;
  }
  return found * 3600 + static_cast<std::uint32_t>(second_unit * 3600);
}

}  // namespace

void add_channels(World& world) {
  const Scenario& scenario = world.scenario;
  if (scenario.online_share <= 0) return;
  const double middle = middle_logit(scenario.online_share, scenario.online_sd);
  for (std::size_t i = 0; i < world.households.size(); ++i) {
    const auto id = static_cast<std::uint32_t>(world.household_id(i).value);
    Draws draws{world.seed, Stream::online_household, {id}};
    world.households[i].online_logit =
        static_cast<float>(middle + scenario.online_sd * normal(draws));
  }
}

double online_share(const World& world, const HouseholdState& household, Day date) {
  const Scenario& scenario = world.scenario;
  if (scenario.online_share <= 0) return 0;
  const double years = static_cast<double>((date - scenario.from).count()) / days_per_year;
  return logistic(static_cast<double>(household.online_logit) + scenario.online_growth * years);
}

TripChannel channel_of(const World& world, std::uint32_t household, Day date, Subject trip) {
  const Scenario& scenario = world.scenario;
  if (scenario.online_share <= 0) return {};
  Draws draws{world.seed, Stream::online_order, trip};
  const double online_unit = draws.unit();
  if (online_unit >= online_share(world, world.households[household], date)) return {};
  const double collect_unit = draws.unit();
  const double hour_unit = draws.unit();
  const double second_unit = draws.unit();
  if (collect_unit < scenario.collect_share) return {.channel = Channel::click_and_collect};
  return {.channel = Channel::online, .second = second_of_order(scenario, hour_unit, second_unit)};
}

void place_order(const TripChannel& order, Arrival& purchase) {
  purchase.channel = order.channel;
  purchase.mission = Mission::pickup;
  purchase.has_forgotten_card = false;
  if (purchase.tender == Tender::cash) purchase.tender = Tender::card;
  if (order.channel != Channel::online) return;
  purchase.entered_s = purchase.entered_s / day_s * day_s + order.second;
  purchase.dwell_s = purchase.till_s = 0;
}

double return_share(const Scenario& scenario, Channel channel) {
  if (channel == Channel::store) return scenario.return_share;
  return std::min(1.0, scenario.return_share * scenario.online_return_factor);
}

}  // namespace retailsim::simulate
