#include "warehouse/views.h"

namespace retailsim::warehouse {
namespace {

constexpr std::string_view create = "CREATE MATERIALIZED VIEW ";

}  // namespace

Statements view_schemas() {
  Statements schemas = statements_of(views_text());
  std::erase_if(schemas, [](const std::string& each) { return each.starts_with(create); });
  return schemas;
}

std::vector<View> materialized_views() {
  std::vector<View> views;
  for (auto& statement : statements_of(views_text())) {
    if (!statement.starts_with(create)) continue;
    const auto end = statement.find_first_of(" \n", create.size());
    std::string name = statement.substr(create.size(), end - create.size());
    views.push_back({std::move(name), std::move(statement)});
  }
  return views;
}

}  // namespace retailsim::warehouse
