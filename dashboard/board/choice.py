"""What the reader has chosen, and the stores and days that it means."""

import dataclasses
import datetime as dt

import numpy as np

from board import periods
from board.gold import Gold, Store


@dataclasses.dataclass(frozen=True)
class Choice:
    """The filters. None and empty mean: no filter; without a year there is no month."""

    year: int | None = None
    month: int | None = None
    comparison: str = periods.PREVIOUS
    region: str = ""
    format: str = ""
    stores: tuple[int, ...] = ()
    like_for_like: bool = False


@dataclasses.dataclass(frozen=True)
class View:
    """A choice applied to the data."""

    gold: Gold
    choice: Choice
    period: periods.Period
    places: np.ndarray  # of the chosen stores in gold.stores, ascending

    @property
    def stores(self) -> list[Store]:
        return [self.gold.stores[place] for place in self.places]

    @property
    def ids(self) -> np.ndarray:
        return np.array([store.id for store in self.stores], dtype=np.int64)

    @property
    def has_before(self) -> bool:
        """Whether the data has all of the days that the period is compared with."""
        return self.gold.data is not None and self.gold.data.first <= self.period.before.first

    @property
    def months(self) -> list[str]:
        """The months of the period, as the tables write them."""
        return _months(self.period.span)

    @property
    def comparable_months(self) -> tuple[list[str], list[str]]:
        """The months that have ended, and those they are compared with: tables of months can't be
        cut to days. Empty when there are none."""
        if not self.has_before:
            return [], []
        now, before = self.months, _months(self.period.before)
        if self.period.is_running and not _ends_month(self.period.span.last):
            now = now[:-1]
        return now, before[: len(now)]

    def rows(
        self, table: str, months: list[str] | None = None, store: int | None = None
    ) -> np.ndarray:
        """The numbers of the rows of a table of stores and months that are chosen: of these months,
        or those of the period; of this store, or all chosen ones. Shape (rows found,)."""
        columns = self.gold.table(table)
        found = columns.of_months(self.months if months is None else months)
        codes, ids = columns.codes("store_id")
        chosen = {store} if store is not None else set(self.ids.tolist())
        allowed = np.array([id_ in chosen for id_ in ids] or [False])
        return found[allowed[codes[found]]]


def view(gold: Gold, choice: Choice) -> View | None:
    """None when nothing matches."""
    if gold.data is None:
        return None
    period = periods.period(gold.data, choice.year, choice.month, choice.comparison)
    if period is None:
        return None
    places = np.array(
        [
            place
            for place, store in enumerate(gold.stores)
            if (not choice.region or store.region == choice.region)
            and (not choice.format or store.format == choice.format)
            and (not choice.stores or store.id in choice.stores)
            and (not choice.like_for_like or _traded_throughout(store, period))
        ],
        dtype=np.int64,
    )
    if not len(places) or not gold.store_days.has_data(period.span, places):
        return None
    return View(gold, choice, period, places)


def regions(gold: Gold) -> list[str]:
    return sorted({store.region for store in gold.stores if store.region})


def formats(gold: Gold) -> list[str]:
    return sorted({store.format for store in gold.stores if store.format})


def _traded_throughout(store: Store, period: periods.Period) -> bool:
    """Like for like: open on the first day of the comparison and on the last one of the period."""
    first = min(period.before.first, period.span.first)
    return (store.opened_on is None or store.opened_on <= first) and (
        store.closed_on is None or store.closed_on >= period.span.last
    )


def _ends_month(day: dt.date) -> bool:
    return (day + dt.timedelta(days=1)).day == 1


def _months(span: periods.Span) -> list[str]:
    first, last = span.first, span.last
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [
        f"{first.year + (first.month - 1 + step) // 12}-{(first.month - 1 + step) % 12 + 1:02}"
        for step in range(count)
    ]
