// Every table of the chain, in one place. Read this file first, then the tables/.
#pragma once

#include "model/tables/dimensions.h"
#include "model/tables/events.h"
#include "model/tables/gold.h"
#include "model/tables/quarantine.h"
#include "model/tables/truth.h"
#include "model/tables/truth_facts.h"

namespace retailsim {

// Parents before children, so loading in this order satisfies every reference.
// What the source system delivers; child tables travel nested in their parents.
using FeedTables = TableList<Store, Product, Price, Promotion, Customer, Transaction, Visit,
                             InventoryDay, WeatherDay>;

// What the lake keeps of it: nested tables have become tables of their own.
using LakeTables = TableList<Store, Product, Price, Promotion, PromotionProduct, Customer,
                             Transaction, TransactionLine, Visit, InventoryDay, WeatherDay>;

// What is true and not served: written beside the feed, in a folder of its own.
using TruthTables = TableList<TruthParameter, TruthEvent, TruthDefect, TruthDemand>;

using GoldTables =
    TableList<StoreDay, StoreMonth, StoreDateHour, StoreHour, StoreCategoryMonth, ProductMonth,
              CustomerRfm, CustomerMonth, BasketSizeMonth, PromotionResult, DataQualityDay>;

// As received, measures may be missing; in clean and gold only what is optional may.
enum class Layer : std::uint8_t { raw, clean, gold };
constexpr std::array<std::string_view, 3> labels(Layer) { return {"raw", "clean", "gold"}; }

template <class Row, std::size_t I>
constexpr bool is_nullable(Layer layer) {
  return is_optional<column_value<Row, I>> ||
         (layer == Layer::raw && column_at<Row, I>.rule.is_measure);
}

}  // namespace retailsim
