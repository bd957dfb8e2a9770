// The rows of the tables that a source system delivers whole.
#pragma once

#include "simulate/prices.h"
#include "simulate/promotions.h"
#include "simulate/snapshots.h"
#include "simulate/truth_events.h"
#include "simulate/truth_parameters.h"

namespace retailsim::pipeline {

// Calls visit(row, children) for every row of a snapshot table.
template <class Row, class Visit>
void for_each_snapshot_row(const simulate::World& world, const Visit& visit) {
  if constexpr (std::is_same_v<Row, Store>) {
    for (const auto& site : world.stores) visit(site.row, {});
  } else if constexpr (std::is_same_v<Row, Promotion>) {
    const auto rows = simulate::promotion_rows(world);
    std::uint32_t begin = 0;
    for (std::size_t i = 0; i < rows.promotions.size(); ++i) {
      visit(rows.promotions[i],
            std::span{rows.products}.subspan(begin, rows.product_ends[i] - begin));
      begin = rows.product_ends[i];
    }
  } else if constexpr (std::is_same_v<Row, TruthParameter>) {
    simulate::for_each_parameter(world, [&](const TruthParameter& row) { visit(row, {}); });
  } else if constexpr (std::is_same_v<Row, TruthEvent>) {
    simulate::for_each_event(world, [&](const TruthEvent& row) { visit(row, {}); });
  } else {
    const auto rows = [&] {
      if constexpr (std::is_same_v<Row, Product>) return simulate::product_rows(world);
      if constexpr (std::is_same_v<Row, Price>) return simulate::price_rows(world);
      if constexpr (std::is_same_v<Row, Customer>) return simulate::customer_rows(world);
      if constexpr (std::is_same_v<Row, PromotionProduct>)
        return simulate::promotion_rows(world).products;
    }();
    for (const auto& row : rows) visit(row, {});
  }
}

}  // namespace retailsim::pipeline
