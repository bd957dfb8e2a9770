"""The published tables as arrays, and the sums that every figure on a page is made of.

Amounts are whole cents, so sums are exact. store_day is a block of days × stores for each column:
choosing days and stores is slicing, and a sum over three years of 200 stores takes a millisecond.
"""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from board.kpis import NULLABLE, SUMMED, Sums

DAY_ZERO = dt.date(1970, 1, 1)


@dataclasses.dataclass(frozen=True)
class Store:
    """A row of clean/store."""

    id: int
    name: str
    format: str
    region: str
    city: str
    latitude: float | None
    longitude: float | None
    opened_on: dt.date | None
    closed_on: dt.date | None
    currency: str


@dataclasses.dataclass(frozen=True)
class Span:
    """Days, both ends inclusive."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def moved(self, days: int) -> "Span":
        step = dt.timedelta(days=days)
        return Span(self.first + step, self.last + step)

    def meets(self, other: "Span") -> bool:
        return self.first <= other.last and other.first <= self.last


class Columns:
    """A table as arrays: amounts in cents, words as they are, nothing that is null in sums.

    `objects` are its parts by path; those of one month follow each other, so that choosing months
    is slicing.
    """

    def __init__(self, objects: Mapping[str, pa.Table]) -> None:
        parts = [objects[path] for path in sorted(objects)]
        self._table = pa.concat_tables(parts, promote_options="permissive") if parts else None
        self.rows = 0 if self._table is None else self._table.num_rows
        self._arrays: dict[str, np.ndarray] = {}
        self._codes: dict[str, tuple[np.ndarray, list[Any]]] = {}
        self._months: dict[str, tuple[int, int]] = {}
        end = 0
        for path in sorted(objects):
            start, end = end, end + objects[path].num_rows
            if found := re.search(r"/(?:month=)?(\d{4}-\d{2})/", path):
                first, _ = self._months.get(found[1], (start, start))
                self._months[found[1]] = (first, end)

    def of_months(self, months: Iterable[str]) -> np.ndarray:
        """The numbers of the rows of these months. Shape (rows found,)."""
        spans = [self._months[month] for month in months if month in self._months]
        if not spans:
            return np.zeros(0, dtype=np.int64)
        return np.concatenate([np.arange(first, end) for first, end in spans])

    def codes(self, name: str) -> tuple[np.ndarray, list[Any]]:
        """Which of the column's distinct values each row has, shape (rows,), and these values."""
        if name not in self._codes:
            if self._table is None or name not in self._table.column_names:
                self._codes[name] = np.zeros(self.rows, dtype=np.int64), []
            else:
                column = pc.dictionary_encode(self._table[name].combine_chunks())
                if isinstance(column, pa.ChunkedArray):
                    column = column.combine_chunks()
                codes = column.indices.to_numpy(zero_copy_only=False)
                self._codes[name] = codes, column.dictionary.to_pylist()
        return self._codes[name]

    def starts(self, *names: str) -> np.ndarray:
        """Whether a row has another value than the one before in any of these columns. Shape
        (rows,)."""
        key = "starts " + " ".join(names)
        if key not in self._arrays:
            made = np.ones(self.rows, dtype=bool)
            if self.rows:
                made[1:] = np.any([np.diff(self.codes(name)[0]) != 0 for name in names], axis=0)
            self._arrays[key] = made
        return self._arrays[key]

    def totals(self, name: str, rows: np.ndarray, groups: np.ndarray, count: int) -> np.ndarray:
        """The column summed by group, exactly: sums stay below 2^53. `rows` are row numbers,
        `groups` a number below `count` for each of them. Shape (count,)."""
        sums = np.bincount(groups, weights=self[name][rows], minlength=count)
        return sums.astype(np.int64)

    def __getitem__(self, name: str) -> np.ndarray:
        """Shape (rows,); nulls are 0, or an empty word. A column that is missing is all null."""
        if name not in self._arrays:
            self._arrays[name] = self._array(name)
        return self._arrays[name]

    def _array(self, name: str) -> np.ndarray:
        if self._table is None or name not in self._table.column_names:
            return np.zeros(self.rows, dtype=np.int64)
        column = self._table[name].combine_chunks()
        if isinstance(column, pa.ChunkedArray):  # no chunk at all
            column = pa.array([], column.type)
        if pa.types.is_decimal(column.type):
            return cents(column)
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            return np.asarray(pc.fill_null(column, "").to_pylist(), dtype=object)
        if pa.types.is_date(column.type):
            return pc.fill_null(column.cast(pa.int32()), 0).to_numpy(zero_copy_only=False)
        if column.null_count:
            column = pc.fill_null(column, False if pa.types.is_boolean(column.type) else 0)
        return column.to_numpy(zero_copy_only=False)

    def is_null(self, name: str) -> np.ndarray:
        """Shape (rows,)."""
        if self._table is None or name not in self._table.column_names:
            return np.ones(self.rows, dtype=bool)
        return pc.is_null(self._table[name]).to_numpy()


def cents(column: pa.Array) -> np.ndarray:
    """A decimal column in units of its last digit, as int64; nulls are 0.

    Arrow keeps a decimal as a 128-bit integer, low word first. Amounts of the lake fit into 64
    bits (they are stored so), hence the low word is the number.
    """
    words = np.frombuffer(column.buffers()[1], dtype=np.int64)
    start = column.offset * 2
    numbers = words[start : start + 2 * len(column) : 2].copy()
    if column.null_count:
        numbers[pc.is_null(column).to_numpy(zero_copy_only=False)] = 0
    return numbers


def day_number(day: dt.date) -> int:
    return (day - DAY_ZERO).days


class StoreDays:
    """store_day as a block of days × stores for each column."""

    def __init__(self, rows: Columns, stores: Sequence[Store]) -> None:
        place = {store.id: number for number, store in enumerate(stores)}
        numbers = np.array([place.get(int(each), -1) for each in rows["store_id"]], dtype=np.int64)
        days = rows["business_date"].astype(np.int64)
        ours = numbers >= 0  # a store that clean/store does not know is in no sum, as in `report`
        self.first = int(days[ours].min()) if ours.any() else 0
        self.count = int(days[ours].max()) - self.first + 1 if ours.any() else 0
        where = (days[ours] - self.first, numbers[ours])
        shape = (self.count, len(stores))

        def block(values: np.ndarray, kind: type) -> np.ndarray:
            made = np.zeros(shape, dtype=kind)
            made[where] = values[ours]
            return made

        self.there = block(np.ones(rows.rows, dtype=bool), bool)
        self.values = {
            name: block(rows["is_open" if name == "open_days" else name], np.int64)
            for name in SUMMED
        }
        self.known = {
            name: block(~rows.is_null(name), bool) for name in NULLABLE if rows.is_null(name).any()
        }

    def inside(self, span: Span) -> slice:
        first = day_number(span.first) - self.first
        last = day_number(span.last) - self.first
        return slice(min(max(first, 0), self.count), min(max(last + 1, 0), self.count))

    def series(self, name: str, span: Span, stores: np.ndarray) -> np.ndarray:
        """A column a day, summed over stores (places, not ids). Shape (days,), outside: 0."""
        inside = self.inside(span)
        made = np.zeros(span.days, dtype=np.int64)
        at = self.first + inside.start - day_number(span.first)
        found = self._chosen(self.values[name], inside, stores).sum(axis=1)
        made[max(at, 0) : max(at, 0) + len(found)] = found
        return made

    def sums(self, span: Span, stores: np.ndarray) -> Sums:
        """Over days and stores."""
        inside = self.inside(span)
        values: dict[str, int | None] = {}
        for name in SUMMED:
            values[name] = int(self._chosen(self.values[name], inside, stores).sum())
            if name in NULLABLE and not self._knows(name, inside, stores):
                values[name] = None
        return Sums(**values)

    def by_piece(self, span: Span, days: int, stores: np.ndarray) -> list[Sums]:
        """Over stores, a piece of so many days each. The span lies within the data, and is so many
        pieces long."""
        inside = self.inside(span)
        pieces = (-1, days)
        columns = {
            name: self._chosen(self.values[name], inside, stores)
            .sum(axis=1)
            .reshape(pieces)
            .sum(axis=1)
            .tolist()
            for name in SUMMED
        }
        for name in NULLABLE:
            known = self._chosen(self.known.get(name, self.there), inside, stores)
            is_known = known.any(axis=1).reshape(pieces).any(axis=1)
            columns[name] = [
                value if there else None
                for value, there in zip(columns[name], is_known, strict=True)
            ]
        return [Sums(*values) for values in zip(*(columns[name] for name in SUMMED), strict=True)]

    def by_store(self, span: Span, stores: np.ndarray) -> list[Sums]:
        """Over days, a store each."""
        inside = self.inside(span)
        columns = {
            name: self._chosen(self.values[name], inside, stores).sum(axis=0).tolist()
            for name in SUMMED
        }
        for name in NULLABLE:
            known = self._chosen(self.known.get(name, self.there), inside, stores).any(axis=0)
            columns[name] = [
                value if is_known else None
                for value, is_known in zip(columns[name], known, strict=True)
            ]
        return [Sums(*values) for values in zip(*(columns[name] for name in SUMMED), strict=True)]

    def has_data(self, span: Span, stores: np.ndarray) -> bool:
        return bool(self.there[self.inside(span)][:, stores].any())

    def _knows(self, name: str, inside: slice, stores: np.ndarray) -> bool:
        """Whether any value is known: what is unknown adds nothing, as in `report`."""
        return bool(self._chosen(self.known.get(name, self.there), inside, stores).any())

    def _chosen(self, block: np.ndarray, inside: slice, stores: np.ndarray) -> np.ndarray:
        """The days and stores of a block; without a copy when all stores are chosen."""
        days = block[inside]
        return days if len(stores) == block.shape[1] else days[:, stores]


@dataclasses.dataclass(frozen=True)
class Gold:
    """One consistent set of published tables."""

    run_id: str
    data: Span | None  # the days that the data covers; none: the lake holds no events yet
    stores: tuple[Store, ...]
    store_days: StoreDays
    tables: Mapping[str, Columns]
    products: Mapping[int, tuple[str, str]]  # name and category
    promotions: Mapping[int, tuple[str, int, dt.date, dt.date]]  # kind, depth, first and last day

    @staticmethod
    def of(
        run_id: str,
        data_from: dt.date | None,
        data_through: dt.date | None,
        objects: Mapping[str, pa.Table],
        snapshots: Mapping[str, pa.Table | None],
    ) -> "Gold":
        by_table: dict[str, dict[str, pa.Table]] = {}
        for path, rows in objects.items():
            by_table.setdefault(path.split("/")[1], {})[path] = rows
        tables = {name: Columns(parts) for name, parts in by_table.items()}
        stores = tuple(sorted(_stores(snapshots["store"]), key=lambda store: store.id))
        days = StoreDays(tables.get("store_day", Columns({})), stores)
        span = Span(data_from, data_through) if data_from and data_through else None
        return Gold(
            run_id,
            span if days.count else None,
            stores,
            days,
            tables,
            {
                row["product_id"]: (row["name"], row["category"])
                for row in _rows(snapshots["product"], "product_id", "name", "category")
            },
            {
                row["promo_id"]: (row["kind"], row["depth_pct"], row["starts_on"], row["ends_on"])
                for row in _rows(
                    snapshots["promotion"], "promo_id", "kind", "depth_pct", "starts_on", "ends_on"
                )
            },
        )

    def table(self, name: str) -> Columns:
        """A table's columns; without rows when it was not published."""
        return self.tables.get(name) or Columns({})

    @property
    def currency(self) -> str | None:
        """That of all stores; none when they differ: amounts must then not be added up."""
        found = {store.currency for store in self.stores}
        return found.pop() if len(found) == 1 else None


def _rows(table: pa.Table | None, *names: str) -> list[dict]:
    return [] if table is None else table.select(names).to_pylist()


def _stores(table: pa.Table | None) -> list[Store]:
    names = [field.name for field in dataclasses.fields(Store) if field.name != "id"]
    made = []
    for row in _rows(table, "store_id", *names):
        degrees = {
            name: None if row[name] is None else float(row[name])
            for name in ("latitude", "longitude")
        }
        words = {name: row[name] or "" for name in ("format", "region", "city")}
        made.append(Store(id=row["store_id"], **{n: row[n] for n in names} | degrees | words))
    return made
