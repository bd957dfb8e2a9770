"""What the reference is compared with itself by: halves, and columns dealt anew."""

import comparisons
import duckdb
import pytest
from realism_lines import COLUMNS, write_lines

LINES = [
    (
        basket,
        basket % 7,
        basket % 3,
        product,
        f"category {product % 4}",
        f"2024-01-{1 + basket % 28:02} 12:00:00",
        1 + product % 2,
        float(product),
        basket / 100,
    )
    for basket in range(60)
    for product in range(basket % 5, basket % 11 + 5)
]


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    return write_lines(LINES, tmp_path_factory.mktemp("reference") / "lines.parquet")


def rows(query: str) -> list[tuple]:
    return duckdb.connect().execute(query).fetchall()


def test_halves_have_every_line_once_and_no_household_twice(reference, tmp_path):
    odd = comparisons.households(reference, 1, tmp_path / "odd.parquet")
    even = comparisons.households(reference, 0, tmp_path / "even.parquet")
    both = f"SELECT {COLUMNS} FROM read_parquet(['{odd}', '{even}']) ORDER BY ALL"
    assert rows(both) == rows(f"SELECT {COLUMNS} FROM '{reference}' ORDER BY ALL")
    households = "SELECT DISTINCT household_id FROM '{}' ORDER BY ALL"
    assert rows(households.format(odd)) == [(1,), (3,), (5,)]
    assert rows(households.format(even)) == [(0,), (2,), (4,), (6,)]


def test_shuffled_columns_keep_their_values_and_nothing_else(reference, tmp_path):
    shuffled = comparisons.shuffled(reference, tmp_path / "shuffled.parquet")
    for of_lines in ("basket_id", "product_id, category", "quantity", "net_amount"):
        column = f"SELECT {of_lines} FROM '{{}}' ORDER BY ALL"
        assert rows(column.format(shuffled)) == rows(column.format(reference)), of_lines
    for of_baskets in ("household_id", "store_id", "timestamp"):
        column = (
            f"SELECT {of_baskets} FROM (SELECT DISTINCT basket_id, {of_baskets} FROM '{{}}') "
            "ORDER BY ALL"
        )
        assert rows(column.format(shuffled)) == rows(column.format(reference)), of_baskets
    tied = "SELECT count(*) FROM '{}' WHERE net_amount = product_id"
    assert rows(tied.format(reference)) == [(len(LINES),)]
    assert rows(tied.format(shuffled))[0][0] < len(LINES) / 4


def test_columns_are_shuffled_in_the_same_way_every_time(reference, tmp_path):
    first = comparisons.shuffled(reference, tmp_path / "first.parquet")
    second = comparisons.shuffled(reference, tmp_path / "second.parquet")
    assert rows(f"FROM '{first}'") == rows(f"FROM '{second}'")
