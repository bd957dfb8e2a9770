"""DuckDB doing the work of transform: every table of sql/gold from the clean Parquet files, each
into a Parquet file; or, from raw, the clean events by sql/clean first. One thread, ZSTD 1 and
groups of 1 Mi rows, as ours.

    python bench/duckdb_gold.py LAKE OUT clean|raw
"""

import graphlib
import pathlib
import re
import sys

import duckdb

SQL = pathlib.Path(__file__).resolve().parent.parent / "sql"
SNAPSHOTS = ("store", "product", "price", "promotion", "promotion_product", "customer")
EVENTS = ("transaction_line", "transaction", "visit")  # in the order in which they are cleaned
PARQUET = "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 1048576)"


def in_order(texts: dict[str, str]) -> list[str]:
    """The tables, each after those that its SQL reads."""
    reads = {
        table: {name for name in re.findall(r"\b(?:from|join)\s+(\w+)", text) if name in texts}
        for table, text in texts.items()
    }
    return list(graphlib.TopologicalSorter(reads).static_order())


def clean(connection: duckdb.DuckDBPyConnection, lake: pathlib.Path, out: pathlib.Path) -> None:
    for table in EVENTS:
        connection.execute(
            f"CREATE VIEW raw_{table} AS SELECT * EXCLUDE file_row_number, file_row_number AS "
            f"feed_row FROM read_parquet('{lake}/raw/{table}/*/*.parquet', "
            "hive_partitioning=true, file_row_number=true)"
        )
        connection.execute(
            f"CREATE TEMP TABLE {table} AS {(SQL / 'clean' / f'{table}.sql').read_text()}"
        )
        order = {"transaction_line": ", transaction_id, line_number"}.get(table, f", {table}_id")
        connection.execute(
            f"COPY (FROM {table} ORDER BY store_id, business_date{order}) "
            f"TO '{out}/clean_{table}.parquet' {PARQUET}"
        )


def add_deliveries(connection: duckdb.DuckDBPyConnection, lake: pathlib.Path) -> None:
    """What sql/gold/data_quality_day.sql reads."""
    days = [(table, "feed_date") for table in EVENTS] + [(t, "NULL::DATE") for t in SNAPSHOTS]
    parts = (
        f"SELECT '{table}' AS table_name, {day} AS feed_date FROM read_parquet("
        f"'{lake}/raw/{table}/**/*.parquet', hive_partitioning=true)"
        for table, day in days
    )
    connection.execute(f"CREATE VIEW raw_row AS {' UNION ALL '.join(parts)}")
    for which in ("quarantine", "findings"):
        folder = f"{lake}/{which}/"
        connection.execute(
            f"CREATE VIEW {which} AS SELECT split_part(filename[{len(folder) + 1}:], '/', 1) AS "
            "table_name, split_part(split_part(filename, 'stage=', 2), '/', 1) AS stage, * EXCLUDE "
            f"filename FROM read_parquet('{folder}**/*.parquet', hive_partitioning=false, "
            "filename=true)"
        )


def main() -> None:
    lake, out = (pathlib.Path(name) for name in sys.argv[1:3])
    out.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect()
    connection.execute("SET threads=1; SET timezone='UTC'")
    from_raw = sys.argv[3] == "raw"
    for table in SNAPSHOTS if from_raw else (*SNAPSHOTS, *EVENTS):
        connection.execute(
            f"CREATE VIEW {table} AS FROM read_parquet('{lake}/clean/{table}/**/*.parquet', "
            "hive_partitioning=false)"
        )
    if from_raw:
        clean(connection, lake, out)
    add_deliveries(connection, lake)
    texts = {file.stem: file.read_text() for file in sorted((SQL / "gold").glob("*.sql"))}
    for table in in_order(texts):
        connection.execute(f"CREATE TEMP TABLE {table} AS {texts[table]}")
        connection.execute(f"COPY {table} TO '{out}/{table}.parquet' {PARQUET}")


if __name__ == "__main__":
    main()
