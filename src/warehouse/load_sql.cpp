#include "warehouse/load_sql.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/failure.h"
#include "lake/sql_schema.h"

namespace retailsim::warehouse {
namespace {

using lake::sql_text;

const std::string ledger = "retailsim.loaded";
const std::string ledger_columns = "table_name, part, fingerprint, row_count, loaded_at";

bool has_column(const TableFacts& table, std::string_view name) {
  return std::ranges::find(table.columns, name, &ColumnFacts::name) != table.columns.end();
}

// " WHERE …", choosing the rows of a month; empty for a whole table.
std::string where_part(const LoadTable& table, const std::optional<Month>& month) {
  if (!month) return "";
  if (has_column(*table.facts, "business_date")) {
    return fmt::format(" WHERE business_date BETWEEN '{}' AND '{}'", to_text(first_day_of(*month)),
                       to_text(last_day_of(*month)));
  }
  if (has_column(*table.facts, "month")) return fmt::format(" WHERE month = '{}'", to_text(*month));
  throw Failure(
      FailureKind::corrupt_data,
      fmt::format("{} has months in the lake and no column that tells them", table.sql_name()),
      "report this with the version of retailsim");
}

// The rows of the table are gone, and whatever views stood on it.
std::string forget_statement(const std::string& table) {
  return fmt::format(
      "INSERT INTO {0} ({1})\n"
      "SELECT table_name, part, '', 0, GETDATE()\n"
      "FROM {0}\n"
      "WHERE part = '{2}' OR (table_name = {3} AND part <> '{4}')\n"
      "GROUP BY table_name, part",
      ledger, ledger_columns, view_part, sql_text(table), declaration_part);
}

std::string delete_statement(const LoadTable& table, const std::optional<Month>& month) {
  // Not TRUNCATE, which would commit at once.
  return fmt::format("DELETE FROM {}{}", table.sql_name(), where_part(table, month));
}

}  // namespace

std::string checked_iam_role(const std::string& role) {
  const bool is_arn = role.starts_with("arn:aws") && role.find(":iam::") != role.npos &&
                      role.find(":role/") != role.npos &&
                      role.find_first_of("' \t\r\n\\\";") == role.npos;
  if (role == "default" || is_arn) return role;
  throw Failure(FailureKind::wrong_usage, fmt::format("{} is no IAM role", role),
                "--iam-role default, or its ARN, such as arn:aws:iam::123456789012:role/retail");
}

Statements statements_of(std::string_view text) {
  Statements statements;
  for (auto end = text.find(";\n"); end != text.npos; end = text.find(";\n")) {
    std::string_view statement = text.substr(0, end);
    text.remove_prefix(end + 2);
    // Blank lines and comments before it are not of it.
    while (statement.starts_with('\n') || statement.starts_with("--"))
      statement.remove_prefix(std::min(statement.find('\n'), statement.size() - 1) + 1);
    if (!statement.empty()) statements.emplace_back(statement);
  }
  return statements;
}

Statements create_ledger() {
  return {"CREATE SCHEMA IF NOT EXISTS retailsim",
          fmt::format("CREATE TABLE IF NOT EXISTS {} (\n"
                      "    table_name varchar(256) NOT NULL,\n"
                      "    part varchar(16) NOT NULL,\n"
                      "    fingerprint varchar(64) NOT NULL,\n"
                      "    row_count bigint NOT NULL,\n"
                      "    loaded_at timestamp NOT NULL\n"
                      ")\n"
                      "DISTSTYLE ALL\n"
                      "COMPOUND SORTKEY (table_name, part)",
                      ledger)};
}

std::string read_ledger() {
  return fmt::format(
      "SELECT entry.table_name, entry.part, MIN(entry.fingerprint), MAX(entry.fingerprint)\n"
      "FROM {0} AS entry\n"
      "JOIN (\n"
      "    SELECT table_name, part, MAX(loaded_at) AS loaded_at\n"
      "    FROM {0}\n"
      "    GROUP BY table_name, part\n"
      ") AS newest\n"
      "    ON newest.table_name = entry.table_name\n"
      "    AND newest.part = entry.part\n"
      "    AND newest.loaded_at = entry.loaded_at\n"
      "GROUP BY entry.table_name, entry.part\n"
      "ORDER BY entry.table_name, entry.part",
      ledger);
}

std::string note_statement(const std::string& name, const std::string& part,
                           const std::string& fingerprint) {
  return fmt::format("INSERT INTO {} ({})\nVALUES ({}, {}, {}, 0, GETDATE())", ledger,
                     ledger_columns, sql_text(name), sql_text(part), sql_text(fingerprint));
}

Statements declare_table(const LoadTable& table) {
  Statements statements{fmt::format("CREATE SCHEMA IF NOT EXISTS {}", label(table.layer)),
                        lake::redshift_table(*table.facts, table.layer)};
  for (auto& comment : statements_of(lake::sql_comments(*table.facts, table.sql_name())))
    statements.push_back(std::move(comment));
  return statements;
}

Statements create_table(const LoadTable& table, const std::string& declaration, bool replace) {
  Statements statements = declare_table(table);
  if (replace) {
    const std::string name = table.sql_name();
    const Statements first{fmt::format("DROP TABLE IF EXISTS {} CASCADE", name),
                           forget_statement(name)};
    statements.insert(statements.begin(), first.begin(), first.end());
  }
  statements.push_back(
      note_statement(table.sql_name(), std::string{declaration_part}, declaration));
  return statements;
}

std::string copy_statement(const LoadUnit& unit, const std::string& location,
                           const std::string& iam_role) {
  return fmt::format("COPY {}\nFROM {}\nIAM_ROLE {}\nFORMAT AS PARQUET\nMANIFEST",
                     unit.table.sql_name(),
                     sql_text(fmt::format("{}/{}", location, unit.manifest_path())),
                     iam_role == "default" ? iam_role : sql_text(iam_role));
}

Statements load_statements(const LoadUnit& unit, const std::string& location,
                           const std::string& iam_role) {
  const std::string name = unit.table.sql_name();
  // A number of rows that is not right is a text that is no number, and says what is wrong.
  const std::string checked_rows = fmt::format(
      "CAST(CASE WHEN COUNT(*) = {0} THEN '{0}' ELSE '{0} {1} ' || CAST(COUNT(*) AS varchar(20)) "
      "|| "
      "' in {2} {3}' END AS bigint)",
      unit.rows, wrong_rows_mark, name, unit.part());
  return {
      delete_statement(unit.table, unit.month), copy_statement(unit, location, iam_role),
      fmt::format("INSERT INTO {} ({})\nSELECT {}, {}, {}, {}, GETDATE()\nFROM {}{}", ledger,
                  ledger_columns, sql_text(name), sql_text(unit.part()), sql_text(unit.fingerprint),
                  checked_rows, name, where_part(unit.table, unit.month))};
}

Statements removal_statements(const LoadTable& table, const std::optional<Month>& month) {
  return {delete_statement(table, month),
          note_statement(table.sql_name(), LoadUnit::part_name(month), "")};
}

}  // namespace retailsim::warehouse
