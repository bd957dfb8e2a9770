"""DuckDB doing the work of the gold passes: every table of sql/gold from the clean Parquet files,
each into a Parquet file. One thread, ZSTD 1 and groups of 1 Mi rows, as ours.

    python bench/duckdb_gold.py LAKE OUT
"""

import graphlib
import pathlib
import re
import sys

import duckdb

SQL = pathlib.Path(__file__).resolve().parent.parent / "sql" / "gold"
CLEAN = (
    "store",
    "product",
    "promotion",
    "promotion_product",
    "transaction",
    "transaction_line",
    "visit",
)
PARQUET = "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 1048576)"


def in_order(texts: dict[str, str]) -> list[str]:
    """The tables, each after those that its SQL reads."""
    reads = {
        table: {name for name in re.findall(r"\b(?:from|join)\s+(\w+)", text) if name in texts}
        for table, text in texts.items()
    }
    return list(graphlib.TopologicalSorter(reads).static_order())


def main() -> None:
    lake, out = (pathlib.Path(name) for name in sys.argv[1:3])
    out.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect()
    connection.execute("SET threads=1; SET timezone='UTC'")
    for table in CLEAN:
        connection.execute(
            f"CREATE VIEW {table} AS FROM read_parquet('{lake}/clean/{table}/**/*.parquet', "
            "hive_partitioning=false)"
        )
    texts = {file.stem: file.read_text() for file in sorted(SQL.glob("*.sql"))}
    for table in in_order(texts):
        connection.execute(f"CREATE TEMP TABLE {table} AS {texts[table]}")
        connection.execute(f"COPY {table} TO '{out}/{table}.parquet' {PARQUET}")


if __name__ == "__main__":
    main()
