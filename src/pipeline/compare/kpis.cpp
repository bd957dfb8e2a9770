#include "pipeline/compare/kpis.h"

#include "pipeline/report.h"

namespace retailsim::pipeline {
namespace {

std::optional<std::int64_t> cents_of(const std::optional<Total>& amount) {
  return amount ? std::optional{amount->value} : std::nullopt;
}

template <auto field>
std::optional<std::int64_t> amount_of(const StoreMonth& sums) {
  return cents_of(sums.*field);
}

template <auto field>
std::optional<std::int64_t> count_of(const StoreMonth& sums) {
  return sums.*field;
}

}  // namespace

std::span<const Kpi> kpis() {
  using M = StoreMonth;
  // clang-format off
  static constexpr Kpi all[] = {
      {"gross_sales", "gross sales", KpiUnit::amount, amount_of<&M::gross_sales>, nullptr, true},
      {"discounts", "discounts", KpiUnit::amount, amount_of<&M::discounts>, nullptr, true},
      {"returns", "returns", KpiUnit::amount, amount_of<&M::returns>, nullptr, true},
      {"net_sales", "net sales", KpiUnit::amount, amount_of<&M::net_sales>, nullptr, true},
      {"cogs", "cost of goods", KpiUnit::amount, amount_of<&M::cogs>, nullptr, true},
      {"gross_margin", "gross margin", KpiUnit::amount, [](const M& sums) { return cents_of(gross_margin(sums)); }, nullptr, true},
      {"tax", "tax", KpiUnit::amount, amount_of<&M::tax>, nullptr, true},
      {"transactions", "tickets", KpiUnit::count, count_of<&M::transactions>, nullptr, false},
      {"return_transactions", "return tickets", KpiUnit::count, count_of<&M::return_transactions>, nullptr, false},
      {"units", "units", KpiUnit::count, count_of<&M::units>, nullptr, true},
      {"visitors", "visitors", KpiUnit::count, count_of<&M::visitors>, nullptr, false},
      {"visit_transactions", "visits that bought", KpiUnit::count, count_of<&M::visit_transactions>, nullptr, false},
      {"conversion_rate", "conversion", KpiUnit::share, nullptr, conversion_rate, false},
      {"average_ticket", "average ticket", KpiUnit::amount, [](const M& sums) { return cents_of(average_ticket(sums)); }, nullptr, false},
  };
  // clang-format on
  return all;
}

}  // namespace retailsim::pipeline
