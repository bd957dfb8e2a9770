"""The answers that the dashboard is held to, and how they are written on a page: those of
`retailsim report`, and sums of the published Parquet objects.
"""

import datetime as dt
import json
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pytest
from conftest import Made

CENT = Decimal("0.01")


def report(chain: Made, days: str, *filters: Any) -> dict[str, Any]:
    first, last = days.split()
    return chain.report("--from", first, "--to", last, *filters)


def moved(now: Any, before: Any) -> float | None:
    if now is None or before is None or Decimal(before) <= 0:
        return None
    return float(Decimal(now) / Decimal(before) - 1)


def euros(amount: str | None) -> str:
    return "—" if amount is None else f"{'-' * (amount[0] == '-')}€{abs(Decimal(amount)):,.2f}"


def percent(share: float | None, sign: str = "") -> str:
    return "—" if share is None else f"{tenths(share * 100):{sign},} %"


def tenths(number: float) -> Decimal:
    """Rounded as it is written: a tie goes to the even digit."""
    return Decimal(f"{number:.12f}").quantize(Decimal("0.1"), ROUND_HALF_EVEN)


def written(day: str) -> str:
    made = dt.date.fromisoformat(day)
    return f"{made.day} {made:%b} {made.year}"


def about(number: float | None) -> Any:
    return number if number is None else pytest.approx(number, rel=1e-12, abs=1e-12)


def stores_of(made: Made) -> list[dict[str, Any]]:
    return ds.dataset(made.lake / "clean" / "store").to_table().to_pylist()


def gold(made: Made, table: str) -> pa.Table:
    """The published rows of a table."""
    current = json.loads((made.lake / "gold" / "_current.json").read_text())
    paths = [each["path"] for each in current["objects"]]
    mine = [str(made.lake / path) for path in paths if path.split("/")[1] == table]
    return ds.dataset(mine, partitioning=None).to_table()


def summed(table: pa.Table, key: str, *names: str) -> dict[Any, dict[str, Any]]:
    """Sums by a key; what is unknown adds nothing."""
    found = table.group_by(key).aggregate([(name, "sum") for name in names])
    return {row[key]: {name: row[f"{name}_sum"] for name in names} for row in found.to_pylist()}


def of_months(table: pa.Table, *months: str) -> pa.Table:
    return table.filter(pc.is_in(table["month"], pa.array(months, table["month"].type)))


def of_stores(table: pa.Table, *stores: int) -> pa.Table:
    return table.filter(pc.is_in(table["store_id"], pa.array(stores, table["store_id"].type)))
