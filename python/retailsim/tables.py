"""Simulated tables, as streams that any library with Arrow reads."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import html
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from . import _core
from .failure import Failure
from .scenario import Day, Scenario, date_of, scenario_of, text_of

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

_SHOWN_ROWS = 10


@functools.cache
def _dictionary() -> dict[str, dict[str, Any]]:
    return {table["name"]: table for table in json.loads(_core.data_dictionary())["tables"]}


def table_names() -> list[str]:
    """The tables that :func:`simulate` gives: those of the lake, and three of truth."""
    return _core.table_names()


@dataclasses.dataclass(frozen=True)
class _Selection:
    """Which rows of a chain are meant."""

    scenario: Scenario
    from_day: str | None
    to_day: str | None
    stores: list[int]
    threads: int

    def arguments(self) -> tuple[str | None, str | None, list[int], int]:
        return (self.from_day, self.to_day, self.stores, self.threads)


class Table:
    """One table of a simulation. Nothing is simulated before rows are asked for.

    It has ``__arrow_c_stream__``, so pyarrow, pandas, Polars and DuckDB take it as it is:
    ``pyarrow.table(t)``, ``polars.DataFrame(t)``, ``duckdb.sql("from t")`` (with ``t`` a
    variable). Every reading simulates anew, with the same rows.
    """

    def __init__(self, name: str, selection: _Selection) -> None:
        self.name = name
        self._selection = selection

    def __arrow_c_schema__(self) -> object:
        return _core.table_schema(self.name)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        # A consumer that asked for other types casts them itself.
        chain = self._selection.scenario.chain()
        return chain.arrow_stream(self.name, *self._selection.arguments())

    @property
    def schema(self) -> pa.Schema:
        """Names and types: DECIMAL for amounts, UTC microseconds, dictionaries for words."""
        return pa.schema(self)

    @property
    def meaning(self) -> str:
        """What a row is."""
        return _dictionary()[self.name]["meaning"]

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Record batches of some 65,536 rows: memory holds one, however many there are."""
        for batches in _stream(self._selection, [self.name]):
            yield pa.record_batch(batches[0])

    def to_arrow(self) -> pa.Table:
        """The whole table in memory."""
        return pa.Table.from_batches(self.batches(), self.schema)

    def to_pandas(self, **options: Any) -> pd.DataFrame:
        """The whole table for pandas; ``options`` are those of ``pyarrow.Table.to_pandas``."""
        return self.to_arrow().to_pandas(**options)

    def to_polars(self) -> pl.DataFrame:
        """The whole table for Polars."""
        import polars as pl  # noqa: PLC0415  (Polars is optional)

        return pl.DataFrame(self.to_arrow())

    def head(self, rows: int = _SHOWN_ROWS) -> pa.Table:
        """The first rows; no more is simulated than they need."""
        kept: list[pa.RecordBatch] = []
        missing = rows
        for batch in self.batches():
            kept.append(batch.slice(0, missing))
            missing -= kept[-1].num_rows
            if missing <= 0:
                break
        return pa.Table.from_batches(kept, self.schema)

    def __repr__(self) -> str:
        return f"<Table {self.name} of {self._selection.scenario!r}>"

    def _repr_html_(self) -> str:
        columns = _dictionary()[self.name]["columns"]
        heads = "".join(
            f'<th title="{html.escape(column["meaning"])}">{html.escape(column["name"])}</th>'
            for column in columns
        )
        rows = "".join(
            "<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row.values()) + "</tr>"
            for row in self.head().to_pylist()
        )
        return (
            f"<p><b>{html.escape(self.name)}</b>: {html.escape(self.meaning)} "
            f"First {_SHOWN_ROWS} rows:</p>"
            f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        )


class Simulation(Mapping[str, Table]):
    """The tables of a scenario: ``simulation["visit"]`` or ``simulation.visit``."""

    def __init__(self, names: list[str], selection: _Selection) -> None:
        self._tables = {name: Table(name, selection) for name in names}
        self._selection = selection

    def __getitem__(self, name: str) -> Table:
        try:
            return self._tables[name]
        except KeyError:
            _core.table_schema(name)  # tells which name may have been meant
            raise KeyError(f"{name} is not among the tables of this simulation") from None

    def __getattr__(self, name: str) -> Table:
        if name.startswith("_") or name not in self._tables:
            raise AttributeError(f"there is no table {name}; there are {', '.join(self)}")
        return self._tables[name]

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._tables]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def batches(self) -> Iterator[dict[str, pa.RecordBatch]]:
        """All tables in one pass: by table, the record batches of the same stores and weeks.

        Cheaper than table by table, as the rows of a store and week come into being together.
        """
        names = list(self)
        for batches in _stream(self._selection, names):
            yield dict(zip(names, map(pa.record_batch, batches), strict=True))

    def __repr__(self) -> str:
        return f"<Simulation of {self._selection.scenario!r}: {', '.join(self)}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{html.escape(name)}</td><td>{html.escape(table.meaning)}</td></tr>"
            for name, table in self.items()
        )
        return (
            f"<p>{html.escape(repr(self._selection.scenario))}</p>"
            f"<table><thead><tr><th>table</th><th>a row is</th></tr></thead>"
            f"<tbody>{rows}</tbody></table>"
        )


def simulate(
    scenario: Scenario | str,
    tables: Iterable[str] | None = None,
    *,
    from_day: Day | None = None,
    to_day: Day | None = None,
    stores: Iterable[int] | None = None,
    part: tuple[int, int] | None = None,
    threads: int = 0,
) -> Simulation:
    """The tables of a scenario, lazily: rows are simulated while they are read.

    They are the true rows, without the defects that a feed may have.

    Args:
        scenario: a scenario, a file, or one of :func:`scenarios`.
        tables: names as in :func:`table_names`; all by default.
        from_day: first business date of visits, receipts, stock and weather; the scenario's.
        to_day: the last one, inclusive; the scenario's.
        stores: ids of the stores wanted; all by default. The weather of a region comes with its
            first store. Snapshots (stores, products, prices, promotions, customers) are whole.
        part: ``(i, n)`` for the i-th of n contiguous ranges of stores, from 1, as ``--part``.
        threads: as many as there are processors by default; the rows are the same.

    Raises:
        Failure: ``wrong_usage`` for tables, days or stores that the scenario does not have.
    """
    scenario = scenario_of(scenario)
    known = table_names()
    names = known if tables is None else list(tables)
    for name in names:
        _core.table_schema(name)
    chosen = _stores_of(scenario, stores, part)
    return Simulation(
        names, _Selection(scenario, text_of(from_day), text_of(to_day), chosen, threads)
    )


def cell(scenario: Scenario | str, store: int, week: Day) -> dict[str, pa.Table]:
    """One store in one week: what happened in it, by table.

    Args:
        scenario: as for :func:`simulate`.
        store: its id, from 1.
        week: any day of it; weeks begin on Monday.
    """
    scenario = scenario_of(scenario)
    day = date_of(week)
    monday = day - _days(day.weekday())
    events = [name for name in table_names() if _dictionary()[name]["delivery"] == "event"]
    simulation = simulate(
        scenario,
        events,
        from_day=max(monday, min(scenario.from_day, day)),
        to_day=min(monday + _days(6), max(scenario.to_day, day)),
        stores=[store],
        threads=1,
    )
    batches: dict[str, list[pa.RecordBatch]] = {name: [] for name in events}
    for some in simulation.batches():
        for name, batch in some.items():
            batches[name].append(batch)
    return {
        name: pa.Table.from_batches(some, simulation[name].schema) for name, some in batches.items()
    }


def _stream(selection: _Selection, names: list[str]) -> Iterator[list[_core.Batch]]:
    stream = selection.scenario.chain().stream(names, *selection.arguments())
    while (batches := stream.next()) is not None:
        yield batches


def _stores_of(
    scenario: Scenario, stores: Iterable[int] | None, part: tuple[int, int] | None
) -> list[int]:
    count = scenario.store_count
    chosen = range(1, count + 1) if stores is None else sorted(set(stores))
    for store in chosen:
        if not 1 <= store <= count:
            raise Failure(
                f"there is no store {store}",
                "wrong_usage",
                f"{scenario.name} has the stores 1 to {count}",
            )
    if part is None:
        return list(chosen)
    number, parts = part
    if not 1 <= number <= parts:
        raise Failure(f"part {number} of {parts}", "wrong_usage", f"parts are 1 to {parts}")
    return list(chosen)[len(chosen) * (number - 1) // parts : len(chosen) * number // parts]


def _days(count: int) -> datetime.timedelta:
    return datetime.timedelta(days=count)


def _cell(value: Any) -> str:
    return "" if value is None else html.escape(str(value))
