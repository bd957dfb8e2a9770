"""A lake of a few receipts, written down here, as sales lines."""

import pathlib

import duckdb
import pytest
from sales_lines import NoLakeError, main, write_sales_lines

CLEAN = {
    "store": "(VALUES (1, 'Europe/Paris'), (2, 'Indian/Reunion'), (3, NULL)) t(store_id, timezone)",
    "product": "(VALUES (100, 'Milk', 'Food', false), (101, 'Milk', 'Food', true), "
    "(102, 'Pens', 'Other', NULL)) t(product_id, category, department, is_private_label)",
    "customer": "(VALUES (51, 5), (52, 5), (61, 6), (71, NULL)) t(customer_id, household_id)",
    "transaction": """(VALUES
        (10, 1, TIMESTAMPTZ '2024-01-01 23:30:00+00', 51, 'SALE'),
        (11, 1, '2024-07-01 23:30:00+00', 52, 'SALE'),
        (12, 2, '2024-01-01 23:30:00+00', 61, 'SALE'),
        (13, 1, '2024-01-02 10:00:00+00', NULL, 'SALE'),
        (14, 1, '2024-01-03 10:00:00+00', 51, 'RETURN'),
        (15, 1, '2024-01-03 10:00:00+00', 71, 'SALE'),
        (16, 3, '2024-01-03 10:00:00+00', 61, 'SALE'))
        t(transaction_id, store_id, begin_at, customer_id, kind)""",
    "transaction_line": """(VALUES
        (10, 1, 1, 101, 'SALE', 1, 0.80::DECIMAL(12,2), 0.20::DECIMAL(12,2)),
        (10, 2, 1, 100, 'SALE', 2, 3.00, 0.00),
        (10, 4, 1, 101, 'SALE', 2, 2.00, 0.00),
        (11, 1, 1, 100, 'SALE', 1, 1.50, 0.00),
        (12, 1, 2, 102, 'SALE', 1, 4.00, 1.00),
        (13, 1, 1, 100, 'SALE', 1, 1.50, 0.00),
        (14, 1, 1, 100, 'RETURN', 1, 1.50, 0.00),
        (15, 1, 1, 100, 'SALE', 1, 1.50, 0.00),
        (16, 1, 3, 100, 'SALE', 1, 1.50, 0.00))
        t(transaction_id, line_number, store_id, product_id, kind, quantity, net, discount)""",
}


@pytest.fixture(scope="module")
def lake(tmp_path_factory) -> pathlib.Path:
    lake = tmp_path_factory.mktemp("lake")
    connection = duckdb.connect()
    for table, rows in CLEAN.items():
        # Months are folders, which must not become a column.
        folder = lake / "clean" / table / "month=2024-01"
        folder.mkdir(parents=True)
        connection.execute(f"COPY (FROM {rows}) TO '{folder}/part-0.parquet' (FORMAT parquet)")
    return lake


@pytest.fixture(scope="module")
def lines(lake) -> duckdb.DuckDBPyRelation:
    out = lake / "made" / "lines.parquet"
    assert write_sales_lines(lake, out) == 5
    return duckdb.connect().sql(f"FROM '{out}'")


def test_columns_are_those_of_the_reference_with_amounts_as_doubles(lines):
    assert dict(zip(lines.columns, map(str, lines.types), strict=True)) == {
        "basket_id": "INTEGER",
        "household_id": "INTEGER",
        "store_id": "INTEGER",
        "product_id": "INTEGER",
        "category": "VARCHAR",
        "department": "VARCHAR",
        "brand": "VARCHAR",
        "timestamp": "TIMESTAMP",
        "quantity": "DOUBLE",
        "net_amount": "DOUBLE",
        "discount_amount": "DOUBLE",
    }


def test_lines_of_one_product_in_a_basket_are_added_up(lines):
    measures = lines.project("basket_id, product_id, quantity, net_amount, discount_amount")
    assert measures.fetchall() == [
        (10, 100, 2.0, 3.0, 0.0),
        (10, 101, 3.0, 2.8, 0.2),
        (11, 100, 1.0, 1.5, 0.0),
        (12, 102, 1.0, 4.0, 1.0),
        (16, 100, 1.0, 1.5, 0.0),
    ]


def test_returns_and_receipts_without_a_household_are_left_out(lines):
    baskets = lines.project("basket_id, household_id").distinct().order("basket_id")
    assert baskets.fetchall() == [(10, 5), (11, 5), (12, 6), (16, 6)]


def test_times_are_on_the_clock_of_the_store_in_winter_and_summer(lines):
    times = lines.project('basket_id, "timestamp"::VARCHAR').distinct().order("basket_id")
    assert times.fetchall() == [
        (10, "2024-01-02 00:30:00"),
        (11, "2024-07-02 01:30:00"),
        (12, "2024-01-02 03:30:00"),
        (16, "2024-01-03 10:00:00"),  # the store has no time zone: UTC
    ]


def test_brands_are_private_or_national(lines):
    brands = lines.project("product_id, category, department, brand").distinct()
    assert brands.order("product_id").fetchall() == [
        (100, "Milk", "Food", "National"),
        (101, "Milk", "Food", "Private"),
        (102, "Pens", "Other", "National"),
    ]


def test_a_folder_that_is_no_lake_is_refused_and_nothing_is_written(tmp_path, monkeypatch):
    out = tmp_path / "lines.parquet"
    with pytest.raises(NoLakeError, match="transaction_line has no Parquet file"):
        write_sales_lines(tmp_path / "nothing", out)
    monkeypatch.setattr("sys.argv", ["sales_lines.py", str(tmp_path / "nothing"), str(out)])
    with pytest.raises(SystemExit, match="hint: retailsim run SCENARIO"):
        main()
    assert list(tmp_path.iterdir()) == []
