#include "serve/openapi.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "model/table_facts.h"
#include "serve/query.h"
#include "serve/served_table.h"

namespace retailsim::serve {
namespace {

using Json = nlohmann::ordered_json;

std::string reference(std::string_view kind, std::string_view name) {
  return fmt::format("#/components/{}/{}", kind, name);
}

// --- rows ---------------------------------------------------------------------

void describe_value(Json& schema, const ColumnFacts& column) {
  const auto type = [&](std::string_view json_type, std::string_view format, Json example) {
    schema["type"] = json_type;
    if (!format.empty()) schema["format"] = format;
    if (!example.is_null()) schema["examples"] = Json::array({std::move(example)});
  };
  const std::int64_t likely = column.at_least.value_or(1);
  switch (column.kind) {
    case ValueKind::text:
      return type("string", "", nullptr);
    case ValueKind::word:
      type("string", "", column.words.front());
      schema["enum"] = column.words;
      return;
    case ValueKind::boolean:
      return type("boolean", "", false);
    case ValueKind::integer:
      return type("integer", "int32", likely);
    case ValueKind::bigint:
      return type("integer", "int64", likely);
    case ValueKind::id:
      type("integer", "int64", 1);
      schema["minimum"] = 0;
      schema["maximum"] = largest_id;
      return;
    case ValueKind::decimal:
      type("number", "", Json::parse(column.number_text(likely)));
      schema["x-decimals"] = column.scale;
      return;
    case ValueKind::date:
      return type("string", "date", "2024-01-31");
    case ValueKind::timestamp:
      return type("string", "date-time", "2024-01-31T08:15:00Z");
  }
}

Json column_schema(const ColumnFacts& column) {
  Json schema = Json::object();
  std::string meaning{column.meaning};
  if (!column.unit.empty()) meaning += fmt::format(" Unit: {}.", column.unit);
  if (!column.references.empty()) meaning += fmt::format(" Refers to {}.", column.references);
  schema["description"] = meaning;
  describe_value(schema, column);
  if (column.at_least) schema["minimum"] = Json::parse(column.number_text(*column.at_least));
  if (column.at_most) schema["maximum"] = Json::parse(column.number_text(*column.at_most));
  if (column.is_nullable(Layer::raw)) {
    schema["type"] = {schema["type"], "null"};
    if (schema.contains("enum")) schema["enum"].push_back(nullptr);
  }
  return schema;
}

// A row as the feed writes it: every column is there, what is absent is null.
Json row_schema(const TableFacts& table, bool is_nested);

Json children_schema(const TableFacts& table) {
  const TableFacts& child = table_called(table.children);
  Json row = row_schema(child, true);
  // A child with one column of its own is written as a list of plain values.
  if (row["properties"].size() == 1) row = row["properties"].front();
  return {{"type", "array"}, {"description", child.meaning}, {"items", std::move(row)}};
}

Json row_schema(const TableFacts& table, bool is_nested) {
  Json properties = Json::object(), required = Json::array();
  for (const auto& column : table.columns) {
    if (is_nested && column.is_inherited) continue;
    properties[std::string{column.name}] = column_schema(column);
    required.push_back(column.name);
  }
  if (!table.children.empty()) {
    properties[std::string{table.children_in}] = children_schema(table);
    required.push_back(table.children_in);
  }
  return {{"type", "object"},
          {"description", table.meaning},
          {"properties", std::move(properties)},
          {"required", std::move(required)}};
}

// --- answers ------------------------------------------------------------------

Json json_content(Json schema) { return {{"application/json", {{"schema", std::move(schema)}}}}; }

void add_errors(Json& responses, std::initializer_list<int> statuses) {
  for (const int status : statuses)
    responses[fmt::format("{}", status)] = {{"$ref", reference("responses", "Error")}};
}

Json get(std::string_view id, std::string_view summary, Json parameters, Json responses) {
  Json operation = {{"operationId", id}, {"summary", summary}};
  if (!parameters.empty()) operation["parameters"] = std::move(parameters);
  operation["responses"] = std::move(responses);
  return {{"get", std::move(operation)}};
}

Json object_answer(std::string_view description, std::string_view schema) {
  return {{"200",
           {{"description", description},
            {"content", json_content({{"$ref", reference("schemas", schema)}})}}}};
}

Json parameter(std::string_view name, std::string_view description, Json schema) {
  return {{"name", name},
          {"in", "query"},
          {"description", description},
          {"required", false},
          {"schema", std::move(schema)}};
}

Json filter_schema(const FilterColumn& filter) {
  switch (filter.type) {
    case ValueType::number:
      return {{"type", "integer"}, {"minimum", 0}, {"maximum", largest_id}};
    case ValueType::word:
      return {{"type", "string"}, {"enum", filter.words}};
    case ValueType::date:
      return {{"type", "string"}, {"format", "date"}};
    case ValueType::text:
      break;
  }
  return {{"type", "string"}};
}

Json table_path(const ServedTable& table) {
  Json parameters = Json::array();
  for (const auto* const name : {"limit", "cursor"})
    parameters.push_back({{"$ref", reference("parameters", name)}});
  if (table.is_event()) {
    for (const auto* const name : {"from", "to"})
      parameters.push_back({{"$ref", reference("parameters", name)}});
  }
  for (const auto& filter : table.filters) {
    parameters.push_back(parameter(filter.name, fmt::format("Only rows with this {}.", filter.name),
                                   filter_schema(filter)));
  }
  const Json row = {{"$ref", reference("schemas", table.name)}};
  const Json page = {{"type", "object"},
                     {"properties",
                      {{"data", {{"type", "array"}, {"items", row}}},
                       {"next",
                        {{"type", {"string", "null"}},
                         {"description", "The cursor of the next page; null on the last one."}}}}},
                     {"required", {"data", "next"}}};
  Json content = json_content(page);
  content["application/x-ndjson"] = {{"schema", row}};
  Json responses = {{"200",
                     {{"description", "A page of rows; as NDJSON, one JSON object a line."},
                      {"headers", {{"Link", {{"$ref", reference("headers", "Link")}}}}},
                      {"content", std::move(content)}}}};
  add_errors(responses, {400, 401, 406, 500});
  return get("list_" + table.name, table.meaning, std::move(parameters), std::move(responses));
}

// --- what is the same in every document ----------------------------------------

Json text_schema(std::string_view description) {
  return {{"type", "string"}, {"description", description}};
}

Json fixed_schemas() {
  const Json count = {{"type", "integer"}, {"minimum", 0}};
  const Json files = {{"type", "object"},
                      {"description", "By feed date; \"all\" for a table delivered whole."},
                      {"additionalProperties",
                       {{"type", "object"},
                        {"properties",
                         {{"rows", count},
                          {"bytes", count},
                          {"sha256", text_schema("Of the rows as NDJSON, all pages together.")}}},
                        {"required", {"rows", "bytes", "sha256"}}}}};
  return {{"Error",
           {{"type", "object"},
            {"properties",
             {{"error",
               {{"type", "object"},
                {"properties",
                 {{"status", {{"type", "integer"}}},
                  {"message", text_schema("What is wrong.")},
                  {"hint", text_schema("What would be right.")}}},
                {"required", {"status", "message"}}}}}},
            {"required", {"error"}}}},
          {"Health",
           {{"type", "object"},
            {"properties",
             {{"status", {{"type", "string"}, {"const", "ok"}}},
              {"source", text_schema("Name of the feed.")},
              {"digest", text_schema("Identifies the feed's scenario.")}}},
            {"required", {"status", "source", "digest"}}}},
          {"TableList",
           {{"type", "object"},
            {"properties",
             {{"manifest", text_schema("Where the manifest is.")},
              {"tables",
               {{"type", "array"},
                {"items",
                 {{"type", "object"},
                  {"properties",
                   {{"name", text_schema("The table.")},
                    {"url", text_schema("Where its rows are.")},
                    {"meaning", text_schema("What a row is.")},
                    {"parameters", {{"type", "array"}, {"items", {{"type", "string"}}}}},
                    {"rows", count},
                    {"from", {{"type", "string"}, {"format", "date"}}},
                    {"to", {{"type", "string"}, {"format", "date"}}}}},
                  {"required", {"name", "url", "meaning", "parameters", "rows"}}}}}}}},
            {"required", {"manifest", "tables"}}}},
          {"Manifest",
           {{"type", "object"},
            {"properties",
             {{"format", {{"type", "integer"}}},
              {"source", text_schema("Name of the feed.")},
              {"digest", text_schema("Identifies the feed's scenario.")},
              {"seed", count},
              {"tables", {{"type", "object"}, {"additionalProperties", files}}}}},
            {"required", {"format", "source", "digest", "seed", "tables"}}}}};
}

Json fixed_parameters() {
  const Json date = {{"type", "string"}, {"format", "date"}};
  return {
      {"limit", parameter("limit", "Rows a page at most.",
                          {{"type", "integer"},
                           {"minimum", 1},
                           {"maximum", largest_limit},
                           {"default", default_limit}})},
      {"cursor",
       parameter("cursor", "Where the page begins, from the page before.", {{"type", "string"}})},
      {"from", parameter("from", "First feed date: the day on which a row is delivered.", date)},
      {"to", parameter("to", "Last feed date, inclusive.", date)}};
}

}  // namespace

std::string openapi(std::string_view only) {
  Json paths = Json::object(), schemas = fixed_schemas();
  Json healthy = object_answer("The server is there.", "Health");
  add_errors(healthy, {500});
  paths["/healthz"] = get("health", "Is the server there?", {}, std::move(healthy));
  paths["/healthz"]["get"]["security"] = Json::array();  // open even when a token is asked for
  Json list = object_answer("The tables and where they are.", "TableList");
  add_errors(list, {401, 500});
  paths["/v1"] = get("list_tables", "The tables and where they are.", {}, std::move(list));
  Json manifest = object_answer("Files, rows and SHA-256 of the feed.", "Manifest");
  add_errors(manifest, {401, 500});
  paths["/v1/manifest"] = get("manifest", "What the feed holds.", {}, std::move(manifest));
  bool is_found = only.empty();
  for (const ServedTable& table : served_tables()) {
    if (!only.empty() && only != table.name) continue;
    is_found = true;
    paths["/v1/" + table.plural] = table_path(table);
    schemas[table.name] = row_schema(table_called(table.name), false);
  }
  if (!is_found) {
    throw Failure(FailureKind::wrong_usage, fmt::format("the API has no table \"{}\"", only),
                  "retailsim schema --format openapi");
  }
  const Json document = {
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "retailsim source system"},
        {"version", "1"},
        {"description",
         "The feed of a simulated retail chain, served by `retailsim serve`. Rows are as the "
         "source "
         "system delivers them: what a schema here forbids may still come, when the scenario "
         "injects "
         "defects. Amounts exclude tax; quantities and amounts are never negative, `kind` has the "
         "sign."},
        {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
      {"servers", {{{"url", "http://127.0.0.1:8080"}}}},
      {"security", {{{"token", Json::array()}}, Json::object()}},
      {"paths", std::move(paths)},
      {"components",
       {{"schemas", std::move(schemas)},
        {"parameters", fixed_parameters()},
        {"headers",
         {{"Link",
           {{"description", "`<…>; rel=\"next\"`: the next page; absent on the last one."},
            {"schema", {{"type", "string"}}}}}}},
        {"responses",
         {{"Error",
           {{"description", "What is wrong, and what would be right."},
            {"content", json_content({{"$ref", reference("schemas", "Error")}})}}}}},
        {"securitySchemes",
         {{"token",
           {{"type", "http"},
            {"scheme", "bearer"},
            {"description", "Asked for when the server was started with --token-file."}}}}}}}};
  return document.dump(1) + "\n";
}

}  // namespace retailsim::serve
