#include "json/schema_json.h"

#include <nlohmann/json.hpp>

namespace retailsim::json {
namespace {

using Json = nlohmann::ordered_json;

std::string_view delivery_text(Delivery delivery) {
  switch (delivery) {
    case Delivery::snapshot:
      return "snapshot";
    case Delivery::event:
      return "event";
    case Delivery::derived:
      break;
  }
  return "derived";
}

Json or_null(std::string_view text) { return text.empty() ? Json(nullptr) : Json(text); }

// Exact: a decimal stays the text of its digits until it is a JSON number.
Json bound(const ColumnFacts& column, const std::optional<std::int64_t>& value) {
  return value ? Json::parse(column.number_text(*value)) : Json(nullptr);
}

Json column_json(const ColumnFacts& column, const TableFacts& table) {
  Json nullable = Json::object();
  for (const Layer layer : table.layers)
    nullable[std::string{label(layer)}] = column.is_nullable(layer);
  if (table.layers.empty()) nullable["all"] = column.is_optional;
  return {{"name", column.name},
          {"type", column.type_text()},
          {"words", column.words.empty() ? Json(nullptr) : Json(column.words)},
          {"unit", or_null(column.unit)},
          {"nullable", std::move(nullable)},
          {"key", column.is_key},
          {"sorted", column.is_sorted},
          {"measure", column.is_measure},
          {"references", or_null(column.references)},
          {"at_least", bound(column, column.at_least)},
          {"at_most", bound(column, column.at_most)},
          {"meaning", column.meaning}};
}

}  // namespace

std::string schema_json(std::span<const TableFacts> tables) {
  Json list = Json::array();
  for (const auto& table : tables) {
    Json layers = Json::array(), columns = Json::array();
    for (const Layer layer : table.layers) layers.push_back(label(layer));
    for (const auto& column : table.columns) columns.push_back(column_json(column, table));
    list.push_back({{"name", table.name},
                    {"plural", table.plural},
                    {"meaning", table.meaning},
                    {"delivery", delivery_text(table.delivery)},
                    {"served", table.is_served},
                    {"nested_in", or_null(table.parent)},
                    {"layers", std::move(layers)},
                    {"columns", std::move(columns)}});
  }
  return Json{{"tables", std::move(list)}}.dump(1) + "\n";
}

}  // namespace retailsim::json
