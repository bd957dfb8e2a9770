"""Ratios are quotients of sums, and none where there is nothing to divide by."""

import dataclasses
import datetime as dt

import numpy as np
import pyarrow as pa
import pytest
from board import kpis
from board.gold import Columns, Span, Store, StoreDays
from board.kpis import Sums

pytestmark = pytest.mark.dashboard

DAY = dt.date(2024, 3, 1)
STORES = tuple(Store(n, "", "", "", "", None, None, None, None, "EUR") for n in (1, 2))
BOTH = np.array([0, 1])
NOTHING = Sums(*[0] * len(dataclasses.fields(Sums)))


def days(*rows: dict) -> StoreDays:
    """store_day with these rows; what a row does not name is 0."""
    zeros = dict.fromkeys([*kpis.SUMMED[1:], "is_open"], 0)
    whole = [{"business_date": DAY, **zeros, **row} for row in rows]
    table = pa.Table.from_pylist(whole)
    for name in ("gross_sales", "discounts", "returns", "net_sales", "cogs", "tax"):
        amounts = pa.array([row[name] for row in whole], pa.decimal128(21, 2))
        table = table.set_column(table.column_names.index(name), name, amounts)
    return StoreDays(Columns({"part": table}), STORES)


def test_a_ratio_of_two_stores_is_not_the_mean_of_their_ratios() -> None:
    two = days(
        {"store_id": 1, "visitors": 100, "visit_transactions": 10},
        {"store_id": 2, "visitors": 300, "visit_transactions": 210},
    )
    assert kpis.conversion_rate(two.sums(Span(DAY, DAY), BOTH)) == 220 / 400
    each = two.by_store(Span(DAY, DAY), BOTH)
    assert [kpis.conversion_rate(sums) for sums in each] == [0.1, 0.7]


@pytest.mark.parametrize("kpi", kpis.KPIS, ids=lambda kpi: kpi.name)
def test_where_nothing_happened_sums_are_zero_and_ratios_unknown(kpi: kpis.Kpi) -> None:
    is_ratio = kpi.name not in {"net_sales", "gross_margin", "visitors"}
    assert kpi.of(NOTHING) == (None if is_ratio else 0)


def test_every_other_ratio_is_unknown_too() -> None:
    assert kpis.gross_margin_share(NOTHING) is None
    assert kpis.visitors_per_open_day(NOTHING) is None


def test_unknown_visitors_make_unknown_ratios_and_leave_sales_alone() -> None:
    sums = dataclasses.replace(
        NOTHING, visitors=None, visit_transactions=None, net_sales=100, open_days=1
    )
    assert kpis.conversion_rate(sums) is None
    assert kpis.sales_per_visitor(sums) is None
    assert kpis.visitors_per_open_day(sums) is None


def test_visitors_nobody_counted_are_unknown_and_not_zero() -> None:
    counted = days({"store_id": 1, "visitors": None}, {"store_id": 2, "visitors": 7})
    first, second = counted.by_store(Span(DAY, DAY), BOTH)
    assert (first.visitors, second.visitors) == (None, 7)
    assert counted.sums(Span(DAY, DAY), BOTH).visitors == 7
    assert counted.sums(Span(DAY, DAY), BOTH[:1]).visitors is None


def test_an_unknown_cost_makes_an_unknown_margin() -> None:
    sums = dataclasses.replace(NOTHING, net_sales=100, cogs=None)
    assert kpis.gross_margin(sums) is None
    assert kpis.gross_margin_share(sums) is None


@pytest.mark.parametrize(
    ("amount", "count", "each"),
    [
        (5, 2, 3),  # 2.5 cents: away from zero
        (-5, 2, -3),
        (7, 3, 2),
        (-7, 3, -2),
        (8, 3, 3),
        (-1, 3, 0),
        (0, 3, 0),
        (10**17 + 1, 2, 5 * 10**16 + 1),  # more than a float can hold
        (5, 0, None),
        (5, -2, None),
        (5, None, None),
    ],
)
def test_an_amount_each_is_rounded_half_away_from_zero(
    amount: int, count: int | None, each: int | None
) -> None:
    assert kpis.cents_each(amount, count) == each


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [
        (110, 100, 0.1),
        (0, 100, -1.0),
        (-50, 100, -1.5),
        (100, 0, None),
        (100, -100, None),  # relative to less than nothing
        (None, 100, None),
        (100, None, None),
    ],
)
def test_a_change_needs_something_to_compare_with(
    now: float | None, before: float | None, change: float | None
) -> None:
    found = kpis.change(now, before)
    assert found == (None if change is None else pytest.approx(change))


def test_days_and_stores_outside_the_data_add_nothing() -> None:
    one = days({"store_id": 1, "net_sales": 5}, {"store_id": 77, "net_sales": 9})
    wide = Span(DAY - dt.timedelta(days=2), DAY + dt.timedelta(days=1))
    assert one.sums(wide, BOTH).net_sales == 500
    assert one.series("net_sales", wide, BOTH).tolist() == [0, 0, 500, 0]
    later = Span(DAY + dt.timedelta(days=9), DAY + dt.timedelta(days=10))
    assert one.series("net_sales", later, BOTH).tolist() == [0, 0]
    earlier = Span(DAY - dt.timedelta(days=9), DAY - dt.timedelta(days=8))
    assert one.series("net_sales", earlier, BOTH).tolist() == [0, 0]
    assert not one.has_data(later, BOTH)
    assert not one.has_data(wide, BOTH[1:])
