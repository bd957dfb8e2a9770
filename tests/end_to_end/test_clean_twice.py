"""Clean equals sql/clean run by DuckDB on the raw objects: a second program, the same rows."""

import pytest
from harness import CHECKOUT, LAKE_TABLES, connect, differences

TABLES = ("transaction_line", "transaction", "visit", "inventory_day", "weather_day")


@pytest.fixture(scope="module", params=["quickstart", "stress", "panel"])
def both(request):
    """Clean tables made by SQL in `main`, those of the lake in `lake`."""
    lake = request.getfixturevalue(request.param).lake
    connection = connect()
    lake.open("clean", connection, schema="lake")
    for table in LAKE_TABLES:
        if table not in TABLES:
            connection.execute(f"CREATE VIEW {table} AS FROM lake.{table}")
    for table in TABLES:
        if not lake.files("raw", table):
            connection.execute(f"CREATE TABLE {table} AS FROM lake.{table}")
            continue
        connection.execute(
            f"CREATE VIEW raw_{table} AS SELECT * EXCLUDE file_row_number, "
            f"file_row_number AS feed_row FROM read_parquet("
            f"'{lake.folder}/raw/{table}/*/*.parquet', hive_partitioning=true, "
            "file_row_number=true)"
        )
        text = (CHECKOUT / "sql" / "clean" / f"{table}.sql").read_text()
        connection.execute(f"CREATE TABLE {table} AS {text}")
    return connection


@pytest.mark.parametrize("table", TABLES)
def test_two_programs_clean_the_same_rows_to_the_same_rows(table, both):
    assert differences(both, table, f"lake.{table}") == []
