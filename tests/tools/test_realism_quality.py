"""The three tables that sdmetrics judges, of a few sales lines."""

import pytest
from quality import Tables, metadata, tables
from realism_lines import write_lines

LINES = [
    # basket, household, store, product, category, time, units, net, discount
    (10, 1, 7, 100, "milk", "2024-01-01 09:30:00", 1, 1.00, 0.00),
    (10, 1, 7, 101, "milk", "2024-01-01 09:30:00", 2, 3.00, 1.00),
    (11, 1, 8, 100, "milk", "2024-01-06 18:00:00", 1, 0.50, 0.50),
    (12, 2, 7, 200, "bread", "2024-02-01 12:00:00", 1, 2.00, 0.00),
    (12, 2, 7, 201, "bread", "2024-02-01 12:00:00", 0, 2.00, 0.00),  # no sale
]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Tables:
    lines = write_lines(LINES, tmp_path_factory.mktemp("quality") / "lines.parquet")
    return tables(lines, households=300)


def test_households_have_their_trips_spend_stores_and_days(made):
    assert made["households"].values.tolist() == [["1", 2, 4.5, 2, 5], ["2", 1, 2.0, 1, 0]]


def test_baskets_have_ranks_and_times_and_no_name_of_a_store(made):
    assert made["baskets"].values.tolist() == [
        ["10", "1", "1", 9, "1", "1", 2, 4.0],
        ["11", "1", "2", 18, "6", "1", 1, 0.5],
        ["12", "2", "1", 12, "4", "2", 1, 2.0],
    ]


def test_lines_have_ranks_and_prices_and_no_name_of_a_product(made):
    assert made["lines"].values.tolist() == [
        [0, "10", "1", 0, 1, 1.0, 0.0, 1.0],
        [1, "10", "1", 1, 2, 3.0, 0.25, 2.0],
        [2, "11", "1", 0, 1, 0.5, 0.5, 1.0],
        [3, "12", "2", 1, 1, 2.0, 0.0, 2.0],
    ]


def test_as_many_households_are_kept_as_asked_with_all_that_is_theirs(tmp_path):
    lines = write_lines(LINES, tmp_path / "lines.parquet")
    kept = tables(lines, households=1)
    assert len(kept["households"]) == 1
    assert set(kept["lines"].basket_id) == set(kept["baskets"].basket_id)


def test_every_column_has_a_kind_and_tables_hang_together(made):
    described = metadata(made)
    for name, table in made.items():
        assert list(described["tables"][name]["columns"]) == list(table.columns)
    columns = described["tables"]["baskets"]["columns"]
    assert columns["household_id"] == {"sdtype": "id"}
    assert columns["weekday"] == {"sdtype": "categorical"}
    assert columns["hour"] == {"sdtype": "numerical"}
    links = [
        (link["parent_table_name"], link["child_table_name"]) for link in described["relationships"]
    ]
    assert links == [("households", "baskets"), ("baskets", "lines")]
