#include "model/data_dictionary.h"

#include <fmt/core.h>

#include "model/quality.h"

namespace retailsim {
namespace {

// Text for a cell of a table: a bar would end it.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

std::string null_text(const ColumnFacts& column) {
  if (column.is_optional) return "yes";
  return column.is_measure ? "in raw" : "";
}

std::string meaning_text(const ColumnFacts& column) {
  std::string text = cell(column.meaning);
  if (const std::string legal = column.legal_text(); !legal.empty())
    text += fmt::format(" Legal: {}.", cell(legal));
  if (!column.references.empty()) {
    const auto table = column.references.substr(0, column.references.find('.'));
    text += fmt::format(" Refers to [{}](#{}).", column.references, table);
  }
  return text;
}

std::string place_text(const TableFacts& table) {
  std::string text;
  if (table.is_served) {
    text = fmt::format("Served at `/v1/{}`, {}.", table.plural,
                       table.delivery == Delivery::event ? "by feed date" : "as a whole");
  } else if (!table.parent.empty()) {
    text = fmt::format("Delivered inside [{0}](#{0}).", table.parent);
  }
  if (!table.children.empty()) {
    text += fmt::format(" Its JSON holds the rows of [{0}](#{0}) as `{1}`.", table.children,
                        table.children_in);
  }
  std::string layers;
  for (const Layer layer : table.layers)
    layers += fmt::format("{}`{}/{}/`", layers.empty() ? "" : ", ", label(layer), table.name);
  if (!layers.empty()) text += fmt::format("{}In the lake: {}.", text.empty() ? "" : " ", layers);
  return text;
}

// The rules that judge rows: what finds a defect, and what becomes of it.
std::string rules_text() {
  std::string text =
      "\n## Rules\n\n"
      "What is asked of every row, in this order (`src/model/quality.h`). `validate` judges rows "
      "before they are\nstored in raw, `clean` on the way from raw to clean. A rule without a "
      "kind of defect follows from others.\n\n"
      "| rule | found by | outcome | kind of defect | what is found |\n"
      "| --- | --- | --- | --- | --- |\n";
  for (const auto& rule : quality_rules) {
    text +=
        fmt::format("| {} | {} | {} | {} | {} |\n", rule.name, label(rule.found_by),
                    label(rule.outcome), rule.kind ? label(*rule.kind) : "", cell(rule.meaning));
  }
  return text;
}

}  // namespace

std::string data_dictionary(std::span<const TableFacts> tables) {
  std::string text =
      "# Data dictionary\n\n"
      "Every table and column, as `src/model/tables/` declares them. Amounts exclude tax and have "
      "two exact\ndigits; times are UTC. \"Null\" says where a value may be absent: \"in raw\" "
      "means as received only, for\nmeasures that cleaning repairs or refuses.\n";
  if (tables.size() > 1) {
    text += "\n| table | a row is |\n| --- | --- |\n";
    for (const auto& table : tables)
      text += fmt::format("| [{0}](#{0}) | {1} |\n", table.name, cell(table.meaning));
  }
  for (const auto& table : tables) {
    text += fmt::format("\n## {}\n\n{}\n", table.name, table.meaning);
    if (const std::string place = place_text(table); !place.empty())
      text += fmt::format("\n{}\n", place);
    text += "\n| column | type | unit | null | meaning |\n| --- | --- | --- | --- | --- |\n";
    for (const auto& column : table.columns) {
      text += fmt::format("| {}{} | {} | {} | {} | {} |\n", column.name,
                          column.is_key ? " (key)" : "", column.type_text(), cell(column.unit),
                          null_text(column), meaning_text(column));
    }
  }
  if (tables.size() > 1) text += rules_text();
  return text;
}

}  // namespace retailsim
