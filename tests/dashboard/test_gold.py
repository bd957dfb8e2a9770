"""Columns of Parquet as arrays: cents to the last digit, nothing that is null in sums."""

import datetime as dt
import types
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from board.gold import Columns, Gold, Span, cents, day_number
from board.pages.stores import _stockout_rates
from board.parts import COUNT, MONEY, SHARE, TEXT, Column, as_csv

pytestmark = pytest.mark.dashboard

AMOUNTS = ["1.00", None, "-0.01", "-12345678901234.56", "0.00", "99999999999999.99"]
CENTS = [100, 0, -1, -1234567890123456, 0, 9999999999999999]


def amounts(texts: list[str | None]) -> pa.Array:
    return pa.array([None if t is None else Decimal(t) for t in texts], pa.decimal128(18, 2))


def test_amounts_are_cents_to_the_last_digit_and_nulls_are_nothing() -> None:
    found = cents(amounts(AMOUNTS))
    assert found.dtype == np.int64
    assert found.tolist() == CENTS


@pytest.mark.parametrize(("start", "length"), [(1, 3), (2, 4), (5, 1), (3, 0)])
def test_a_slice_of_amounts_is_that_slice(start: int, length: int) -> None:
    assert cents(amounts(AMOUNTS).slice(start, length)).tolist() == CENTS[start : start + length]


def test_a_slice_of_amounts_without_nulls_too() -> None:
    assert cents(amounts(["1.00", "-2.00", "3.00"]).slice(1)).tolist() == [-200, 300]


def test_what_lies_beneath_a_null_is_nothing() -> None:
    whole = amounts(["1.00", "2.00", "3.00"])
    second_is_null = pa.py_buffer(bytes([0b101]))
    column = pa.Array.from_buffers(whole.type, 3, [second_is_null, whole.buffers()[1]])
    assert cents(column).tolist() == [100, 0, 300]
    assert cents(column.slice(1)).tolist() == [0, 300]


def test_no_amounts_are_no_cents() -> None:
    assert cents(amounts([])).tolist() == []
    assert cents(amounts([None, None])).tolist() == [0, 0]


def test_several_chunks_are_one_column() -> None:
    column = pa.chunked_array([amounts(["1.00"]), amounts([None, "2.50"]), amounts([])])
    assert Columns({"part": pa.table({"net_sales": column})})["net_sales"].tolist() == [100, 0, 250]


def test_a_table_without_rows_has_every_column() -> None:
    types = {
        "amount": pa.decimal128(18, 2),
        "word": pa.string(),
        "day": pa.date32(),
        "count": pa.int64(),
        "code": pa.dictionary(pa.int32(), pa.string()),
    }
    schema = pa.schema(list(types.items()))
    for table in (schema.empty_table(), pa.Table.from_batches([], schema)):
        columns = Columns({"part": table})
        assert [len(columns[name]) for name in types] == [0] * len(types)
        assert [len(columns.is_null(name)) for name in types] == [0] * len(types)


def test_nulls_are_nothing_in_sums_and_are_still_known_as_nulls() -> None:
    columns = Columns(
        {
            "part": pa.table(
                {
                    "count": pa.array([3, None], pa.int64()),
                    "word": pa.array([None, "a"]),
                    "code": pa.array(["x", None]).dictionary_encode(),
                    "flag": pa.array([None, True]),
                    "day": pa.array([dt.date(2024, 2, 29), None]),
                }
            )
        }
    )
    assert columns["count"].tolist() == [3, 0]
    assert columns["word"].tolist() == ["", "a"]
    assert columns["code"].tolist() == ["x", ""]
    assert columns["flag"].tolist() == [False, True]
    assert columns["day"].tolist() == [day_number(dt.date(2024, 2, 29)), 0]
    assert columns.is_null("count").tolist() == [False, True]


def test_a_column_that_is_missing_is_all_null() -> None:
    columns = Columns({"part": pa.table({"count": [1, 2]})})
    assert columns["visitors"].tolist() == [0, 0]
    assert columns.is_null("visitors").tolist() == [True, True]
    assert Columns({})["visitors"].tolist() == []


def store(number: int, currency: str) -> dict:
    return {
        "store_id": number,
        "name": f"Store {number}",
        "format": None,
        "region": None,
        "city": None,
        "latitude": None,
        "longitude": None,
        "opened_on": None,
        "closed_on": None,
        "currency": currency,
    }


def lake(*stores: dict) -> Gold:
    rows = pa.Table.from_pylist(list(stores)) if stores else None
    snapshots = {"store": rows, "product": None, "promotion": None}
    return Gold.of("run", dt.date(2024, 1, 1), dt.date(2024, 1, 2), {}, snapshots)


def test_stores_of_one_currency_have_a_currency() -> None:
    assert lake(store(1, "EUR"), store(2, "EUR")).currency == "EUR"
    assert lake(store(1, "EUR"), store(2, "CHF")).currency is None
    assert lake().currency is None


def test_a_lake_without_days_covers_no_days() -> None:
    assert lake(store(1, "EUR")).data is None


def test_spans_include_both_ends() -> None:
    day = dt.date(2024, 2, 28)
    assert Span(day, dt.date(2024, 3, 1)).days == 3
    assert Span(day, day).meets(Span(day, day))
    assert not Span(day, day).meets(Span(dt.date(2024, 2, 29), dt.date(2024, 3, 1)))


def test_a_csv_file_has_dots_in_numbers_and_amounts_to_the_cent() -> None:
    columns = [
        Column("Magasin", TEXT, ['Brest, "Port"', "Évreux"]),
        Column("Ventes", MONEY, [-5, 123456]),
        Column("Visiteurs", COUNT, [None, 12]),
        Column("Part", SHARE, [0.25, None]),
    ]
    assert as_csv(columns) == (
        'Magasin,Ventes,Visiteurs,Part\n"Brest, ""Port""",-0.05,,0.25\nÉvreux,1234.56,12,\n'
    )


def test_the_stock_out_rate_of_a_store_is_its_days_without_over_all_its_product_days() -> None:
    columns = Columns(
        {
            "gold/store_category_month/2024-02/part-0.parquet": pa.table(
                {
                    "store_id": pa.array([1, 1, 2, 3], pa.int64()),
                    "stockout_days": pa.array([3, 1, None, 0], pa.int64()),
                    "product_days": pa.array([60, 20, None, 0], pa.int64()),
                }
            )
        }
    )
    view = types.SimpleNamespace(
        gold=types.SimpleNamespace(table=lambda name: columns),
        rows=lambda name: np.arange(4),
        stores=[types.SimpleNamespace(id=number) for number in (3, 2, 1, 4)],
    )
    assert _stockout_rates(view) == [None, None, 4 / 80, None]


def test_a_lake_that_knows_no_stock_has_no_stock_out_rate() -> None:
    view = types.SimpleNamespace(
        gold=types.SimpleNamespace(table=lambda name: Columns({})),
        rows=lambda name: np.arange(0),
        stores=[types.SimpleNamespace(id=1)],
    )
    assert _stockout_rates(view) == [None]
