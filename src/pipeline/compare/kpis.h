// The KPIs of a comparison, as a list: what is printed, as text or JSON, walks it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "model/schema.h"

namespace retailsim::pipeline {

enum class KpiUnit : std::uint8_t { amount, count, share };

struct Kpi {
  std::string_view key;    // as in JSON
  std::string_view title;  // for people
  KpiUnit unit;
  // Cents of an amount, or a count; null for a share. Nothing where there is no denominator.
  std::optional<std::int64_t> (*whole)(const StoreMonth& sums);
  std::optional<double> (*share)(const StoreMonth& sums);
  bool is_of_lines;  // made of lines alone, so that categories have it too
};

std::span<const Kpi> kpis();

}  // namespace retailsim::pipeline
