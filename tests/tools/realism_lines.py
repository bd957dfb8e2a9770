"""Small tables of sales lines, written down row by row."""

import pathlib

import duckdb

COLUMNS = (
    "basket_id, household_id, store_id, product_id, category, timestamp, quantity, "
    "net_amount, discount_amount"
)


def write_lines(rows: list[tuple], out: pathlib.Path) -> pathlib.Path:
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE sold (basket_id BIGINT, household_id BIGINT, store_id BIGINT, "
        'product_id BIGINT, category VARCHAR, "timestamp" TIMESTAMP, quantity DOUBLE, '
        "net_amount DOUBLE, discount_amount DOUBLE)"
    )
    connection.executemany("INSERT INTO sold VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute(f"COPY sold TO '{out}' (FORMAT parquet)")
    return out
