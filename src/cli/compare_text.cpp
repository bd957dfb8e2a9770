#include "cli/compare_text.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/figures.h"
#include "pipeline/compare/kpis.h"

namespace retailsim::cli {
namespace {

using Json = nlohmann::ordered_json;
using pipeline::ComparedTables;
using pipeline::Comparison;
using pipeline::CountsByTable;
using pipeline::Kpi;
using pipeline::KpiUnit;
using pipeline::RowCounts;
using pipeline::Sides;

// --- one KPI --------------------------------------------------------------------------------

std::string whole_text(KpiUnit unit, std::optional<std::int64_t> value) {
  if (unit == KpiUnit::count) return count(value);
  return money(value ? std::optional{Total{*value}} : std::nullopt);
}

std::string value_text(const Kpi& kpi, const StoreMonth& sums) {
  if (kpi.unit != KpiUnit::share) return whole_text(kpi.unit, kpi.whole(sums));
  const auto share = kpi.share(sums);
  return share ? fmt::format("{:.2f} %", 100 * *share) : std::string{unknown_figure};
}

std::optional<std::int64_t> whole_difference(const Kpi& kpi, const Sides& sums) {
  const auto a = kpi.whole(sums.a), b = kpi.whole(sums.b);
  return a && b ? std::optional{*b - *a} : std::nullopt;
}

std::optional<double> share_difference(const Kpi& kpi, const Sides& sums) {
  const auto a = kpi.share(sums.a), b = kpi.share(sums.b);
  return a && b ? std::optional{*b - *a} : std::nullopt;
}

std::string difference_text(const Kpi& kpi, const Sides& sums) {
  if (kpi.unit == KpiUnit::share) {
    const auto points = share_difference(kpi, sums);
    if (!points) return std::string{unknown_figure};
    return *points == 0 ? "0.00 pt" : fmt::format("{:+.2f} pt", 100 * *points);
  }
  const auto difference = whole_difference(kpi, sums);
  return fmt::format("{}{}", difference.value_or(0) > 0 ? "+" : "",
                     whole_text(kpi.unit, difference));
}

// Of A's value; a difference of shares is in points already.
std::string percent_text(const Kpi& kpi, const Sides& sums) {
  if (kpi.unit == KpiUnit::share) return "";
  const auto difference = whole_difference(kpi, sums);
  const auto a = kpi.whole(sums.a);
  if (!difference || !a || *a == 0) return std::string{unknown_figure};
  if (*difference == 0) return "0.00 %";
  return fmt::format("{:+.2f} %", 100 * static_cast<double>(*difference) / static_cast<double>(*a));
}

const Kpi& kpi_called(std::string_view key) {
  for (const Kpi& kpi : pipeline::kpis())
    if (kpi.key == key) return kpi;
  return pipeline::kpis().front();
}

// --- tables ---------------------------------------------------------------------------------

std::string with_rule(const std::string& head) {
  return head + std::string(head.size() - 1, '-') + "\n";
}

std::string kpi_table(const Comparison& comparison) {
  constexpr auto row = "{:<28}{:>17}{:>17}{:>17}{:>12}\n";
  const std::size_t stores = comparison.stores.size();
  const std::string title =
      stores == 1 ? fmt::format("store {} {}", comparison.stores[0].store.store_id.value,
                                comparison.stores[0].store.name)
                  : fmt::format("{} stores together", stores);
  std::string text =
      with_rule(fmt::format(row, clipped(title, 27), "A", "B", "difference", "change"));
  for (const Kpi& kpi : pipeline::kpis()) {
    text += fmt::format(row, kpi.title, value_text(kpi, comparison.total.a),
                        value_text(kpi, comparison.total.b), difference_text(kpi, comparison.total),
                        percent_text(kpi, comparison.total));
  }
  return text;
}

std::string store_table(const Comparison& comparison) {
  constexpr auto row = "{:<28}{:>17}{:>17}{:>10}{:>10}{:>10}\n";
  std::string text = with_rule(fmt::format(row, "B less A, by store", "net sales", "gross margin",
                                           "tickets", "units", "visitors"));
  const auto shown = [](std::string_view key, const Sides& sums) {
    return difference_text(kpi_called(key), sums);
  };
  bool do_all = true;
  for (const auto& effect : comparison.stores) {
    if (!effect.differs()) {
      do_all = false;
      continue;
    }
    const std::string name = fmt::format("{} {}", effect.store.store_id.value, effect.store.name);
    text += fmt::format(row, clipped(name, 27), shown("net_sales", effect.sums),
                        shown("gross_margin", effect.sums), shown("transactions", effect.sums),
                        shown("units", effect.sums), shown("visitors", effect.sums));
  }
  if (!do_all) text += "no other store differs\n";
  return text;
}

std::string category_table(const Comparison& comparison) {
  constexpr auto row = "{:<28}{:>17}{:>17}{:>10}{:>20}\n";
  std::string text = with_rule(fmt::format(row, "B less A, by category", "net sales",
                                           "gross margin", "units", "lines that differ"));
  for (const auto& category : comparison.categories) {
    text += fmt::format(row, clipped(category.name, 27),
                        difference_text(kpi_called("net_sales"), category.sums),
                        difference_text(kpi_called("gross_margin"), category.sums),
                        difference_text(kpi_called("units"), category.sums),
                        with_thousands(category.lines.differing()));
  }
  return text + "no other category differs\n";
}

template <class Visit>
void for_each_count(const CountsByTable& rows, const Visit& visit) {
  ComparedTables::for_each(
      [&]<class Row>() { visit(Row::table, rows[pipeline::compared_number<Row>]); });
}

std::string row_table(const Comparison& comparison) {
  constexpr auto row = "{:<28}{:>17}{:>17}{:>17}{:>12}\n";
  std::string text =
      with_rule(fmt::format(row, "rows", "equal", "changed", "only in A", "only in B"));
  for_each_count(comparison.rows, [&](std::string_view table, const RowCounts& counts) {
    text += fmt::format(row, table, with_thousands(counts.equal), with_thousands(counts.changed),
                        with_thousands(counts.removed), with_thousands(counts.added));
  });
  return text;
}

std::string nothing_differs(const Comparison& comparison) {
  std::string same;
  for_each_count(comparison.rows, [&](std::string_view table, const RowCounts& counts) {
    same += fmt::format("{}{} {}", same.empty() ? "" : ", ", with_thousands(counts.equal), table);
  });
  return fmt::format("nothing differs: {}\nthe same rows on both sides: {}\n",
                     comparison.digest_a == comparison.digest_b
                         ? "A and B are the same scenario"
                         : "what A and B say differently changes no row of these stores and days",
                     same);
}

// --- JSON -----------------------------------------------------------------------------------

Json whole_json(KpiUnit unit, std::optional<std::int64_t> value) {
  if (!value) return nullptr;
  if (unit == KpiUnit::amount) return exact_text(Total{*value});
  return *value;
}

Json share_json(std::optional<double> share) { return share ? Json(*share) : Json(nullptr); }

Json kpis_json(const Sides& sums, bool of_lines) {
  Json json = Json::object();
  for (const Kpi& kpi : pipeline::kpis()) {
    if (of_lines && !kpi.is_of_lines) continue;
    Json& each = json[std::string{kpi.key}];
    if (kpi.unit == KpiUnit::share) {
      each = {{"a", share_json(kpi.share(sums.a))},
              {"b", share_json(kpi.share(sums.b))},
              {"difference", share_json(share_difference(kpi, sums))}};
    } else {
      each = {{"a", whole_json(kpi.unit, kpi.whole(sums.a))},
              {"b", whole_json(kpi.unit, kpi.whole(sums.b))},
              {"difference", whole_json(kpi.unit, whole_difference(kpi, sums))}};
    }
  }
  return json;
}

Json counts_json(const RowCounts& counts) {
  return {{"equal", counts.equal},
          {"changed", counts.changed},
          {"added", counts.added},
          {"removed", counts.removed}};
}

Json rows_json(const CountsByTable& rows) {
  Json json = Json::object();
  for_each_count(rows, [&](std::string_view table, const RowCounts& counts) {
    json[std::string{table}] = counts_json(counts);
  });
  return json;
}

Json day_json(const std::optional<Day>& day) { return day ? Json(to_text(*day)) : Json(nullptr); }

}  // namespace

std::string comparison_table(const Comparison& comparison, const ComparedNames& names) {
  std::string text =
      fmt::format("A: {}\nB: {}\n{} to {}, amounts in {} without tax\n\n", names.a, names.b,
                  to_text(comparison.from), to_text(comparison.through), comparison.currency);
  if (!comparison.first_day || !comparison.last_day) return text + nothing_differs(comparison);
  text += kpi_table(comparison) + "\n" + store_table(comparison) + "\n";
  if (!comparison.categories.empty()) text += category_table(comparison) + "\n";
  text += row_table(comparison);
  text += fmt::format("days that differ: {} to {}\n", to_text(*comparison.first_day),
                      to_text(*comparison.last_day));
  return text;
}

Json comparison_json(const Comparison& comparison, const ComparedNames& names) {
  Json stores = Json::array(), categories = Json::array();
  for (const auto& effect : comparison.stores) {
    stores.push_back({{"store_id", effect.store.store_id.value},
                      {"name", effect.store.name},
                      {"differs", effect.differs()},
                      {"kpis", kpis_json(effect.sums, false)},
                      {"rows", rows_json(effect.rows)}});
  }
  for (const auto& category : comparison.categories) {
    categories.push_back({{"category", category.name},
                          {"kpis", kpis_json(category.sums, true)},
                          {"transaction_line", counts_json(category.lines)}});
  }
  return {{"a", {{"scenario", names.a}, {"digest", comparison.digest_a}}},
          {"b", {{"scenario", names.b}, {"digest", comparison.digest_b}}},
          {"from", to_text(comparison.from)},
          {"through", to_text(comparison.through)},
          {"currency", comparison.currency},
          {"differs", !comparison.is_identical()},
          {"first_day", day_json(comparison.first_day)},
          {"last_day", day_json(comparison.last_day)},
          {"kpis", kpis_json(comparison.total, false)},
          {"rows", rows_json(comparison.rows)},
          {"stores", std::move(stores)},
          {"categories", std::move(categories)}};
}

}  // namespace retailsim::cli
