"""S: the multi-table quality report of sdmetrics, of sales lines beside the reference.

Both tables of sales lines become three tables that no label of the source is left in, so that
chains with other products, stores and categories compare:

    households   trips, spend, stores, days from the first trip to the last
    baskets      rank of the store (1 to 20, other), hour, weekday, month, lines, value
    lines        rank of the category (1 to 30, other), log2 of the product's rank, quantity,
                 net amount, share of the discount, list price

The households with the smallest md5 are kept, as many on each side. S is 100 × the report's score,
the mean of column shapes, column pair trends, cardinality and intertable trends.
"""

import pathlib
import warnings
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pandas as pd

HOUSEHOLDS = 300

PREPARE = """
    CREATE TEMP TABLE sold AS
    SELECT basket_id::VARCHAR AS basket, household_id::VARCHAR AS household,
           store_id::VARCHAR AS store, product_id::VARCHAR AS product,
           category::VARCHAR AS category, "timestamp"::TIMESTAMP AS scanned,
           quantity::DOUBLE AS units, net_amount::DOUBLE AS net,
           discount_amount::DOUBLE AS discount
    FROM read_parquet('{lines}')
    WHERE quantity BETWEEN 1 AND 100 AND net_amount >= 0 AND discount_amount >= 0
      AND net_amount + discount_amount > 0;

    CREATE TEMP TABLE product_bin AS
    SELECT product, floor(log2(row_number() OVER (ORDER BY count(*) DESC, product)))::INTEGER AS bin
    FROM sold GROUP BY product;
    CREATE TEMP TABLE category_rank AS
    SELECT category, row_number() OVER (ORDER BY count(*) DESC, category) AS place
    FROM sold GROUP BY category;
    CREATE TEMP TABLE store_rank AS
    SELECT store, row_number() OVER (ORDER BY count(DISTINCT basket) DESC, store) AS place
    FROM sold GROUP BY store;

    CREATE TEMP TABLE trip AS
    SELECT basket, any_value(household) AS household, any_value(store) AS store,
           min(scanned) AS scanned, count(*) AS line_count, sum(net) AS net
    FROM sold GROUP BY basket;
    CREATE TEMP TABLE kept AS
    SELECT household FROM (SELECT DISTINCT household FROM trip)
    ORDER BY md5(household) LIMIT {households};
    CREATE TEMP TABLE baskets AS
    SELECT basket AS basket_id, household AS household_id,
           if(place <= 20, place::VARCHAR, 'other') AS store_rank,
           hour(scanned)::DOUBLE AS hour, isodow(scanned)::VARCHAR AS weekday,
           month(scanned)::VARCHAR AS month, line_count::DOUBLE AS lines, net AS value, scanned
    FROM trip JOIN kept USING (household) JOIN store_rank USING (store)
    ORDER BY basket;
"""
HOUSEHOLD_ROWS = """
    SELECT household_id, count(*)::DOUBLE AS trips, sum(value) AS spend,
           count(DISTINCT store_rank)::DOUBLE AS stores,
           date_diff('day', min(scanned), max(scanned))::DOUBLE AS tenure_days
    FROM baskets GROUP BY household_id ORDER BY household_id
"""
LINE_ROWS = """
    SELECT row_number() OVER (ORDER BY basket, product) - 1 AS line_id, basket AS basket_id,
           if(place <= 30, place::VARCHAR, 'other') AS category_rank,
           bin::DOUBLE AS product_rank_bin, units AS quantity, net AS net_amount,
           discount / (net + discount) AS discount_rate, (net + discount) / units AS list_price
    FROM sold JOIN category_rank USING (category) JOIN product_bin USING (product)
    WHERE basket IN (SELECT basket_id FROM baskets)
    ORDER BY line_id
"""

IDS = {"household_id", "basket_id", "line_id"}
CATEGORIES = {"store_rank", "weekday", "month", "category_rank"}

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Quality:
    """0 to 100, the higher the more alike."""

    total: float
    by_property: dict[str, float]


def tables(lines: pathlib.Path, households: int) -> Tables:
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    path = str(lines).replace("'", "''")
    connection.execute(PREPARE.format(lines=path, households=households))
    return {
        "households": connection.execute(HOUSEHOLD_ROWS).df(),
        "baskets": connection.execute("SELECT * EXCLUDE scanned FROM baskets").df(),
        "lines": connection.execute(LINE_ROWS).df(),
    }


def kind_of(column: str) -> dict[str, str]:
    if column in IDS:
        return {"sdtype": "id"}
    return {"sdtype": "categorical" if column in CATEGORIES else "numerical"}


def link(parent: str, child: str, key: str) -> dict[str, str]:
    return {
        "parent_table_name": parent,
        "parent_primary_key": key,
        "child_table_name": child,
        "child_foreign_key": key,
    }


def metadata(described: Tables) -> dict[str, Any]:
    keys = {"households": "household_id", "baskets": "basket_id", "lines": "line_id"}
    return {
        "tables": {
            name: {
                "primary_key": keys[name],
                "columns": {column: kind_of(column) for column in table.columns},
            }
            for name, table in described.items()
        },
        "relationships": [
            link("households", "baskets", "household_id"),
            link("baskets", "lines", "basket_id"),
        ],
    }


def quality(
    reference: pathlib.Path, candidate: pathlib.Path, households: int = HOUSEHOLDS
) -> Quality:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sdmetrics.reports.multi_table import QualityReport  # noqa: PLC0415  (takes seconds)

        real, other = tables(reference, households), tables(candidate, households)
        np.random.seed(0)  # sdmetrics draws subsamples; the same files get the same score
        report = QualityReport()
        report.generate(real, other, metadata(real), verbose=False)
    parts = report.get_properties()
    by_property = {
        name: 100 * float(score)
        for name, score in zip(parts["Property"], parts["Score"], strict=True)
    }
    return Quality(100 * float(report.get_score()), by_property)
