"""The SQL that is derived from sql/gold gives the program's numbers: Redshift's on DuckDB and on a
real PostgreSQL, Athena's on DuckDB. What runs is the committed text, read in the dialect of its
engine; only then it is put in the words of the one that is here.
"""

import pathlib

import pytest
import sqlglot
from harness import BESIDE, CHECKOUT, EVENTS, KPI_TABLES, LAKE_TABLES, count, differences, shape
from sqlglot import exp
from sqlglot.errors import ErrorLevel

DELIVERIES = {
    "raw_row": "table_name varchar, feed_date date",
    "quarantine": "table_name varchar, stage varchar, feed_date date, rule varchar",
    "findings": "table_name varchar, stage varchar, feed_date date, rule varchar, outcome varchar",
}


def views(path: str, dialect: str) -> dict[str, exp.Expression]:
    """The query of each view of a committed file, by schema.name, in the file's order."""
    text = (CHECKOUT / path).read_text()
    statements = sqlglot.parse(text, dialect=dialect, error_level=ErrorLevel.RAISE)
    return {
        f"{each.this.db}.{each.this.name}": each.expression
        for each in statements
        if each.kind in {"VIEW", "MATERIALIZED VIEW"}
    }


@pytest.fixture(scope="module")
def known(lake):
    """A DuckDB with the program's gold."""
    connection = lake.open("clean", schema="clean")
    connection.execute("CREATE SCHEMA gold")
    for table in KPI_TABLES:
        lake.view(connection, "gold", table, f"gold.{table}")
    return connection


def add_lake(connection, lake, *, layer: str, beside: str) -> None:
    """The external tables that deliveries are counted from, with the path of each row."""
    connection.execute(f"CREATE SCHEMA {layer}")
    connection.execute(f"CREATE SCHEMA {beside}")
    for table in LAKE_TABLES:
        days = str(table in (*EVENTS, "transaction_line")).lower()
        connection.execute(
            f"CREATE VIEW {layer}.{table} AS FROM read_parquet('{lake.folder}/raw/{table}/"
            f"**/*.parquet', hive_partitioning={days})"
        )
    for which in BESIDE:
        connection.execute(
            f'CREATE VIEW {beside}.{which} AS SELECT *, filename AS "$path" FROM read_parquet('
            f"'{lake.folder}/{which}/**/*.parquet', hive_partitioning=false)"
        )


def in_duckdb(query: exp.Expression) -> str:
    """A day and some days are a timestamp in DuckDB, and a day elsewhere."""
    for day in query.find_all(exp.DateAdd):
        day.replace(exp.cast(day.copy(), "date"))
    return query.sql(dialect="duckdb")


def make(connection, found: dict[str, exp.Expression]) -> None:
    for name, query in found.items():
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {name.split('.')[0]}")
        connection.execute(f"CREATE TABLE {name} AS {in_duckdb(query)}")


@pytest.fixture(scope="module")
def redshift_on_duckdb(known, lake) -> str:
    """The schema of its KPI tables."""
    add_lake(known, lake, layer="lake_raw", beside="lake")
    make(known, views("sql/redshift/views.sql", "redshift"))
    make(known, views("sql/redshift/deliveries.sql", "redshift"))
    return "mart"


@pytest.fixture(scope="module")
def athena_on_duckdb(known, lake) -> str:
    add_lake(known, lake, layer="retailsim_raw", beside="retailsim_lake")
    lake.open("clean", known, "retailsim_clean")
    make(known, views("sql/athena/views.sql", "trino"))
    return "retailsim_mart"


def copy(connection, known, source: str, target: str, folder: pathlib.Path) -> None:
    """The rows of a relation of DuckDB into a table of PostgreSQL."""
    file = folder / f"{target}.csv"
    columns = ", ".join(name for name, _ in shape(known, source))
    known.execute(f"COPY (SELECT {columns} FROM {source}) TO '{file}' (FORMAT csv, HEADER false)")
    statement = f"COPY {target} ({columns}) FROM STDIN (FORMAT csv)"
    with connection.cursor().copy(statement) as stream:
        stream.write(file.read_bytes())


@pytest.fixture(scope="module")
def redshift_on_postgresql(known, lake, module_postgres, tmp_path_factory) -> str:
    """What PostgreSQL made, brought back to DuckDB with the types that the lake has."""
    connection, folder = module_postgres, tmp_path_factory.mktemp("csv")
    connection.execute((CHECKOUT / "sql" / "schema.sql").read_text())
    connection.execute("CREATE SCHEMA mart; CREATE SCHEMA delivered")
    for table in LAKE_TABLES:
        copy(connection, known, f"clean.{table}", f"clean.{table}", folder)
    lake.add_deliveries(known)
    for name, columns in DELIVERIES.items():
        connection.execute(f"CREATE TABLE delivered.{name} ({columns})")
        wanted = ", ".join(column.split()[0] for column in columns.split(", "))
        copy(connection, known, f"(SELECT {wanted} FROM {name})", f"delivered.{name}", folder)
    connection.execute("ANALYZE")
    found = views("sql/redshift/views.sql", "redshift")
    found |= views("sql/redshift/deliveries.sql", "redshift")
    known.execute("CREATE SCHEMA from_postgresql")
    for table in KPI_TABLES:
        query = found[f"mart.{table}"].sql(dialect="postgres")
        connection.execute(f"CREATE MATERIALIZED VIEW mart.{table} AS {query}")
        file = folder / f"{table}.csv"
        with connection.cursor().copy(
            f"COPY (TABLE mart.{table}) TO STDOUT (FORMAT csv)"
        ) as stream:
            file.write_bytes(b"".join(stream))
        columns = dict(shape(known, f"gold.{table}"))
        known.execute(
            f"CREATE TABLE from_postgresql.{table} AS "
            f"FROM read_csv('{file}', header=false, columns={columns})"
        )
    return "from_postgresql"


@pytest.mark.parametrize("table", KPI_TABLES)
@pytest.mark.parametrize(
    "engine", ["redshift_on_duckdb", "redshift_on_postgresql", "athena_on_duckdb"]
)
def test_the_engine_and_the_program_agree_to_the_cent(engine, table, known, request):
    made = f"{request.getfixturevalue(engine)}.{table}"
    assert count(known, made) > 0
    assert shape(known, made) == shape(known, f"gold.{table}")
    assert differences(known, made, f"gold.{table}") == []


@pytest.mark.parametrize("table", KPI_TABLES)
def test_postgresql_gives_the_columns_the_types_that_they_are_declared_with(
    table, module_postgres, redshift_on_postgresql
):
    def columns(schema: str) -> list[tuple[str, str]]:
        rows = module_postgres.execute(
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attnum > 0 ORDER BY attnum",
            [f"{schema}.{table}"],
        )
        # A text without a bound has two names.
        return [(name, kind.replace("character varying", "text")) for name, kind in rows]

    assert columns("mart") == columns("gold")
