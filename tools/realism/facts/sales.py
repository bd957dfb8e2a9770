"""A table of sales lines, read once, and what several facts derive from it.

The Parquet file has one row a (basket, product):

    basket_id, household_id, store_id, product_id, category    compared by equality only
    timestamp          wall clock of the store
    quantity           units
    net_amount         money received for the line, after the retailer's discount
    discount_amount    the retailer's discount; list price = (net + discount) / quantity

Rows with a quantity outside 1 to 100, a negative amount or nothing to pay before discount are left
out, and so is what lies more than 365 days after the first row. Ids become numbers from 0: stores,
products and categories by falling number of lines, so that "the largest 50" are the ids below 50.
"""

import functools
import pathlib

import duckdb
import numpy as np

Columns = dict[str, np.ndarray]

DAYS = 365
# Facts of product popularity depend on the number of lines, so all tables are cut to this many.
POPULARITY_LINES = 400_000
PROMOTION_PRODUCTS = 500

LOAD = """
    CREATE TEMP TABLE sold AS
    SELECT basket_id::VARCHAR AS basket, household_id::VARCHAR AS household,
           store_id::VARCHAR AS store, product_id::VARCHAR AS product,
           coalesce(category::VARCHAR, 'UNKNOWN') AS category, "timestamp"::TIMESTAMP AS scanned,
           quantity::DOUBLE AS units, net_amount::DOUBLE AS net,
           discount_amount::DOUBLE AS discount
    FROM read_parquet('{lines}');

    DELETE FROM sold
    WHERE NOT (units BETWEEN 1 AND 100 AND net >= 0 AND discount >= 0 AND net + discount > 0)
       OR scanned IS NULL OR household IS NULL;
    DELETE FROM sold
    WHERE scanned >= (SELECT min(scanned)::DATE::TIMESTAMP + INTERVAL '{days} days' FROM sold);

    CREATE TEMP TABLE trip AS
    SELECT basket, dense_rank() OVER (ORDER BY basket) - 1 AS basket_no,
           any_value(household) AS household, any_value(store) AS store, min(scanned) AS scanned
    FROM sold GROUP BY basket;
    CREATE TEMP TABLE household_number AS
    SELECT household, row_number() OVER (ORDER BY md5(household)) - 1 AS household_no
    FROM (SELECT DISTINCT household FROM trip);
    CREATE TEMP TABLE store_number AS
    SELECT store, row_number() OVER (ORDER BY count(*) DESC, md5(store)) - 1 AS store_no
    FROM trip GROUP BY store;
    CREATE TEMP TABLE product_number AS
    SELECT product, row_number() OVER (ORDER BY count(*) DESC, md5(product)) - 1 AS product_no
    FROM sold GROUP BY product;
    CREATE TEMP TABLE category_number AS
    SELECT category, row_number() OVER (ORDER BY count(*) DESC, md5(category)) - 1 AS category_no
    FROM sold GROUP BY category;

    CREATE TEMP TABLE line AS
    SELECT basket_no, household_no, store_no, product_no, category_no,
           trip.scanned::DATE - (SELECT min(scanned)::DATE FROM trip) AS day,
           units, net, discount, (net + discount) / units AS list_price, net / units AS net_price,
           (discount > 0.005)::INTEGER AS discounted, hash(sold.basket, sold.product) AS lot
    FROM sold JOIN trip USING (basket)
    JOIN household_number ON household_number.household = trip.household
    JOIN store_number ON store_number.store = trip.store
    JOIN product_number ON product_number.product = sold.product
    JOIN category_number ON category_number.category = sold.category
    ORDER BY basket_no, product_no;

    CREATE TEMP TABLE basket AS
    SELECT basket_no, any_value(household_no) AS household_no, any_value(store_no) AS store_no,
           any_value(day) AS day, count(*) AS lines, sum(net) AS value,
           count(DISTINCT category_no) AS categories
    FROM line GROUP BY basket_no;
"""


class Sales:
    """Not for use by several threads. Shared results are computed once, when first asked for."""

    def __init__(self, lines: pathlib.Path | str, threads: int = 1):
        self._connection = duckdb.connect()
        self._connection.execute(f"SET threads = {threads}")
        path = str(lines).replace("'", "''")
        self._connection.execute(LOAD.format(lines=path, days=DAYS))
        self.baskets = self.query("""
            SELECT basket.*, hour(scanned) AS hour, isodow(scanned) - 1 AS weekday,
                   month(scanned) - 1 AS month
            FROM basket JOIN trip USING (basket_no)
            ORDER BY household_no, epoch(scanned), basket_no
        """)
        self.lines = self.query("""
            SELECT basket_no, product_no, category_no, units, net, discount, list_price, discounted,
                   lot
            FROM line
        """)
        self.days = int(self.baskets["day"].max()) + 1 if len(self.baskets["day"]) else 0

    def query(self, sql: str) -> Columns:
        """Columns of a result; a null becomes 0."""
        result = self._connection.sql(sql).fetchnumpy()
        return {name: np.asarray(np.ma.filled(column, 0)) for name, column in result.items()}

    @functools.cached_property
    def totals(self) -> dict[str, int | float]:
        """How much there is: never scored."""
        return {
            "lines": len(self.lines["product_no"]),
            "baskets": len(self.baskets["basket_no"]),
            "households": len(np.unique(self.baskets["household_no"])),
            "stores": len(np.unique(self.baskets["store_no"])),
            "products": len(np.unique(self.lines["product_no"])),
            "categories": len(np.unique(self.lines["category_no"])),
            "days": self.days,
            "net": round(float(self.lines["net"].sum()), 2),
        }

    @functools.cached_property
    def households(self) -> Columns:
        return self.query("""
            SELECT household_no, count(*) AS trips, sum(value) AS spend, max(day) AS last_day
            FROM basket GROUP BY household_no ORDER BY household_no
        """)

    @functools.cached_property
    def gaps(self) -> np.ndarray:
        """Days from each shopping day of a household to the one before; 0 for its first."""
        return self.query("""
            SELECT coalesce(day - lag(day) OVER (PARTITION BY household_no ORDER BY day), 0) AS gap
            FROM (SELECT DISTINCT household_no, day FROM basket)
        """)["gap"].astype(float)

    @functools.cached_property
    def daily(self) -> tuple[np.ndarray, np.ndarray]:
        """Net sales of each day, and its weekday (0 is Monday)."""
        value = np.zeros(self.days)
        np.add.at(value, self.baskets["day"], self.baskets["value"])
        first_weekday = self.baskets["weekday"][0] - self.baskets["day"][0]
        return value, (np.arange(self.days) + first_weekday) % 7

    @functools.cached_property
    def popularity(self) -> np.ndarray:
        """Lines of each product, falling, in a fixed sample of the lines."""
        products = self.lines["product_no"]
        if len(products) > POPULARITY_LINES:
            sample = np.argpartition(self.lines["lot"], POPULARITY_LINES)[:POPULARITY_LINES]
            products = products[sample]
        counts = np.bincount(products)
        return np.sort(counts[counts > 0])[::-1].astype(float)

    @functools.cached_property
    def category_lines(self) -> np.ndarray:
        return np.bincount(self.lines["category_no"]).astype(float)

    @functools.cached_property
    def products(self) -> Columns:
        """Lines, mean list price and spread of the net price, relative to its mean, by product.

        numpy adds list prices in the order of the lines: products whose prices differ in the last
        bit only have the same ranks in every run.
        """
        product = self.lines["product_no"]
        count = np.bincount(product)
        spread = self.query("""
            SELECT stddev_samp(net_price) / avg(net_price) AS relative
            FROM line GROUP BY product_no ORDER BY product_no
        """)
        return {
            "lines": count,
            "list_price": np.bincount(product, self.lines["list_price"]) / count,
            "price_variation": spread["relative"],
        }

    @functools.cached_property
    def product_weeks(self) -> Columns:
        """Units, net price and discount depth of the most sold products in each week."""
        return self.query(f"""
            SELECT product_no, day // 7 AS week, sum(units) AS units,
                   sum(net) / sum(units) AS net_price, sum(discount) / sum(net + discount) AS depth
            FROM line WHERE product_no < {PROMOTION_PRODUCTS}
            GROUP BY ALL HAVING sum(net) > 0 ORDER BY product_no, week
        """)
