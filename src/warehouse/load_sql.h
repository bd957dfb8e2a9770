// The SQL of loading, one statement a text, without semicolons.
//
// What Redshift holds of the lake is told by a table of its own, retailsim.loaded: a row each time
// a unit was loaded, in the same transaction as its rows. It only ever grows, so that loads of
// different tables do not disturb each other: under serializable isolation two transactions that
// delete from one table and insert into it could not both commit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "warehouse/load_unit.h"

namespace retailsim::warehouse {

using Statements = std::vector<std::string>;

// The statements of a text in which each ends with a semicolon at the end of a line.
Statements statements_of(std::string_view text);

// "default" or the ARN of a role. Throws Failure(wrong_usage) for anything else.
std::string checked_iam_role(const std::string& role);

// The ledger: its schema and table, where they are not there yet.
Statements create_ledger();
// The newest rows of every table and part: table_name, part, the first and the last fingerprint
// (another one when two loads of a part ended in the same second) and rows.
std::string read_ledger();

// The table with its schema and comments, where it is not there yet.
Statements declare_table(const LoadTable& table);
// The same, noted in the ledger last. `replace`: the one that is there has another declaration; it
// goes with the views on it, and the ledger forgets its rows and all views.
Statements create_table(const LoadTable& table, const std::string& declaration, bool replace);

std::string copy_statement(const LoadUnit& unit, const std::string& location,
                           const std::string& iam_role);
// Replaces the unit's rows: DELETE, COPY, and a row of the ledger, which fails (and undoes all)
// when the table does not have as many rows of the unit as the lake. To be run as one transaction.
// DELETE comes first: it waits for others that write the table, and sees what they wrote.
Statements load_statements(const LoadUnit& unit, const std::string& location,
                           const std::string& iam_role);
// Removes the rows of a part that the lake no longer has. To be run as one transaction.
Statements removal_statements(const LoadTable& table, const std::optional<Month>& month);

// That `name`, a table or a view, is now what `fingerprint` says.
std::string note_statement(const std::string& name, const std::string& part,
                           const std::string& fingerprint);

// Part names of the ledger that are no parts of a table.
inline constexpr std::string_view declaration_part = "table", view_part = "view";
// In the message of a load that found another number of rows than the lake has.
inline constexpr std::string_view wrong_rows_mark = "rows in the lake, but";

}  // namespace retailsim::warehouse
