"""Sums of KPI columns and the ratios of such sums; sql/gold/store_day.sql says what each means.

A ratio is a quotient of sums, never a mean of ratios, and none when the denominator is zero or a
part is unknown. Amounts are in cents; those a unit are rounded half away from zero, as the
program's `report` does.
"""

import dataclasses
from collections.abc import Callable

NULLABLE = ("cogs", "tax", "visit_transactions", "visitors")
SUMMED = (
    "open_days",
    "gross_sales",
    "discounts",
    "returns",
    "net_sales",
    "cogs",
    "tax",
    "transactions",
    "return_transactions",
    "visit_transactions",
    "units",
    "visitors",
)


@dataclasses.dataclass(frozen=True)
class Sums:
    """Columns of store_day, summed. Unknown ones are None."""

    open_days: int
    gross_sales: int
    discounts: int
    returns: int
    net_sales: int
    cogs: int | None
    tax: int | None
    transactions: int
    return_transactions: int
    visit_transactions: int | None
    units: int
    visitors: int | None


def ratio(part: int | None, whole: int | None) -> float | None:
    """part ÷ whole, or none."""
    return None if part is None or not whole else part / whole


def change(now: float | None, before: float | None) -> float | None:
    """The relative change, or none when there is nothing to compare with."""
    return None if now is None or before is None or before <= 0 else now / before - 1


def cents_each(amount: int, count: int | None) -> int | None:
    """amount ÷ count in whole cents, rounded half away from zero; none unless count > 0."""
    if count is None or count <= 0:
        return None
    whole = (2 * abs(amount) + count) // (2 * count)
    return whole if amount >= 0 else -whole


def gross_margin(sums: Sums) -> int | None:
    return None if sums.cogs is None else sums.net_sales - sums.cogs


def gross_margin_share(sums: Sums) -> float | None:
    return ratio(gross_margin(sums), sums.net_sales)


def conversion_rate(sums: Sums) -> float | None:
    return ratio(sums.visit_transactions, sums.visitors)


def average_ticket(sums: Sums) -> int | None:
    return cents_each(sums.net_sales, sums.transactions)


def sales_per_visitor(sums: Sums) -> int | None:
    return cents_each(sums.net_sales, sums.visitors)


def visitors_per_open_day(sums: Sums) -> float | None:
    return ratio(sums.visitors, sums.open_days)


@dataclasses.dataclass(frozen=True)
class Kpi:
    """A figure of the overview. `kind` says how it is written: money (cents), count, share."""

    name: str
    kind: str
    of: Callable[[Sums], float | int | None]


KPIS = (
    Kpi("net_sales", "money", lambda sums: sums.net_sales),
    Kpi("gross_margin", "money", gross_margin),
    Kpi("visitors", "count", lambda sums: sums.visitors),
    Kpi("conversion_rate", "share", conversion_rate),
    Kpi("average_ticket", "money", average_ticket),
    Kpi("sales_per_visitor", "money", sales_per_visitor),
)
