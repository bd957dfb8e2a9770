"""Turns a lake into the table of sales lines that facts are measured on.

    .venv-test/bin/python tools/realism/sales_lines.py LAKE OUT.parquet

One row a (basket, product), as in the reference (prepare_reference.py): sales to households with a
loyalty card, from the clean tables. Lines of one product on a receipt are added up, since
the reference has them added up; returns and receipts without a card are left out.
"""

import argparse
import pathlib
import sys

import duckdb

TABLES = ("transaction_line", "transaction", "product", "customer", "store")

QUERY = """
    SELECT line.transaction_id AS basket_id,
           customer.household_id,
           line.store_id,
           line.product_id,
           any_value(product.category) AS category,
           any_value(product.department) AS department,
           any_value(if(product.is_private_label, 'Private', 'National')) AS brand,
           any_value(receipt.begin_at AT TIME ZONE coalesce(store.timezone, 'UTC')) AS "timestamp",
           sum(line.quantity)::DOUBLE AS quantity,
           sum(line.net)::DOUBLE AS net_amount,
           sum(line.discount)::DOUBLE AS discount_amount
    FROM {transaction_line} AS line
    JOIN {transaction} AS receipt USING (transaction_id)
    JOIN {customer} AS customer ON customer.customer_id = receipt.customer_id
    JOIN {product} AS product ON product.product_id = line.product_id
    JOIN {store} AS store ON store.store_id = line.store_id
    WHERE line.kind = 'SALE' AND customer.household_id IS NOT NULL
    GROUP BY line.transaction_id, customer.household_id, line.store_id, line.product_id
    ORDER BY basket_id, product_id
"""


class NoLakeError(Exception):
    """The folder lacks a clean table."""


def source(lake: pathlib.Path, table: str) -> str:
    folder = lake / "clean" / table
    if not any(folder.rglob("*.parquet")):
        raise NoLakeError(f"{folder} has no Parquet file")
    path = str(folder).replace("'", "''")
    return f"read_parquet('{path}/**/*.parquet', hive_partitioning=false)"


def write_sales_lines(lake: pathlib.Path, out: pathlib.Path) -> int:
    """The number of rows written. The file appears whole or not at all."""
    query = QUERY.format(**{table: source(lake, table) for table in TABLES})
    out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = out.with_suffix(".unfinished.parquet")
    target = str(unfinished).replace("'", "''")
    connection = duckdb.connect()
    rows = connection.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
    count = rows.fetchone()[0]
    unfinished.replace(out)
    return count


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("lake", type=pathlib.Path, help="folder of a lake")
    parser.add_argument("out", type=pathlib.Path, help="Parquet file to write")
    options = parser.parse_args()
    try:
        count = write_sales_lines(options.lake, options.out)
    except NoLakeError as error:
        sys.exit(f"error: {error}\n  hint: retailsim run SCENARIO --lake FOLDER makes a lake")
    print(f"{options.out}: {count:,} sales lines")


if __name__ == "__main__":
    main()
