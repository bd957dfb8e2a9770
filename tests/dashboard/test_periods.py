"""Which days a choice means, and which days they are compared with."""

import datetime as dt

import pyarrow as pa
import pytest
from board import periods
from board.choice import Choice, view
from board.gold import Columns, Gold, Span, Store, StoreDays
from board.periods import LAST_YEAR, PREVIOUS

pytestmark = pytest.mark.dashboard


def span(text: str) -> Span:
    return Span(*map(dt.date.fromisoformat, text.split()))


DATA = span("2022-06-15 2025-03-19")


@pytest.mark.parametrize(
    ("year", "month", "comparison", "days", "before"),
    [
        # By the calendar: months and years are whole, whatever their length.
        (2024, 5, PREVIOUS, "2024-05-01 2024-05-31", "2024-04-01 2024-04-30"),
        (2024, 3, PREVIOUS, "2024-03-01 2024-03-31", "2024-02-01 2024-02-29"),
        (2023, 3, PREVIOUS, "2023-03-01 2023-03-31", "2023-02-01 2023-02-28"),
        (2024, 1, PREVIOUS, "2024-01-01 2024-01-31", "2023-12-01 2023-12-31"),
        (2024, 2, LAST_YEAR, "2024-02-01 2024-02-29", "2023-02-01 2023-02-28"),
        (2024, 1, LAST_YEAR, "2024-01-01 2024-01-31", "2023-01-01 2023-01-31"),
        (2024, None, PREVIOUS, "2024-01-01 2024-12-31", "2023-01-01 2023-12-31"),
        (2024, None, LAST_YEAR, "2024-01-01 2024-12-31", "2023-01-01 2023-12-31"),
        # Running: as many days.
        (2025, 3, PREVIOUS, "2025-03-01 2025-03-19", "2025-02-01 2025-02-19"),
        (2025, 3, LAST_YEAR, "2025-03-01 2025-03-19", "2024-03-01 2024-03-19"),
        (2025, None, PREVIOUS, "2025-01-01 2025-03-19", "2024-01-01 2024-03-18"),
        # The data begins inside.
        (2022, 6, PREVIOUS, "2022-06-15 2022-06-30", "2022-05-15 2022-05-31"),
        # All of it.
        (None, None, LAST_YEAR, "2022-06-15 2025-03-19", "2021-06-16 2024-03-20"),
    ],
)
def test_a_choice_means_days_and_those_they_are_compared_with(
    year: int | None, month: int | None, comparison: str, days: str, before: str
) -> None:
    found = periods.period(DATA, year, month, comparison)
    assert found is not None
    assert (found.span, found.before) == (span(days), span(before))
    assert found.is_running == (year == 2025)


def test_a_running_month_is_never_longer_than_the_one_before() -> None:
    found = periods.period(span("2024-01-01 2025-03-30"), 2025, 3, PREVIOUS)
    assert found is not None
    assert found.before == span("2025-02-01 2025-02-28")


@pytest.mark.parametrize("day", [dt.date(2024, 2, 29), dt.date(2024, 12, 30), dt.date(2025, 3, 1)])
def test_a_running_year_is_compared_with_as_many_days(day: dt.date) -> None:
    found = periods.period(Span(dt.date(2022, 1, 1), day), day.year, None, PREVIOUS)
    assert found is not None
    assert found.is_running
    assert found.span.days == found.before.days


def test_a_year_that_has_ended_is_not_running() -> None:
    found = periods.period(span("2024-01-01 2025-12-31"), 2025, None, PREVIOUS)
    assert found is not None
    assert not found.is_running


@pytest.mark.parametrize(("year", "month"), [(2022, 5), (2025, 4), (2021, None), (2026, None)])
def test_days_without_data_are_no_period(year: int, month: int | None) -> None:
    assert periods.period(DATA, year, month, PREVIOUS) is None


def test_years_and_months_to_choose_from_are_those_of_the_data() -> None:
    assert periods.years(DATA) == [2025, 2024, 2023, 2022]
    assert periods.months(DATA, 2022) == [6, 7, 8, 9, 10, 11, 12]
    assert periods.months(DATA, 2025) == [1, 2, 3]


@pytest.mark.parametrize("text", ["2024-02-29 2024-02-29", "2023-12-31 2024-03-01"])
def test_days_364_earlier_are_the_same_weekdays(text: str) -> None:
    now = span(text)
    before = periods.same_weekdays_before(now)
    assert (now.first - before.first).days == 364
    assert (now.first.weekday(), now.days) == (before.first.weekday(), before.days)


@pytest.mark.parametrize(
    ("days", "weeks"),
    [
        ("2024-01-01 2024-01-07", ["2024-01-01"]),  # Monday to Sunday
        ("2024-01-01 2024-01-06", []),
        ("2024-01-02 2024-01-08", []),
        ("2024-01-02 2024-01-14", ["2024-01-08"]),
        ("2023-12-31 2024-01-15", ["2024-01-01", "2024-01-08"]),
        ("2024-01-03 2024-01-04", []),
    ],
)
def test_only_whole_weeks_are_weeks(days: str, weeks: list[str]) -> None:
    found = periods.whole_weeks(span(days))
    assert [week.first.isoformat() for week in found] == weeks
    assert all(week.days == 7 and week.first.weekday() == 0 for week in found)


def chain(data: Span, *trading: tuple[str | None, str | None]) -> Gold:
    """Stores that opened and closed on these days, and traded on every day of the data."""

    def day(text: str | None) -> dt.date | None:
        return dt.date.fromisoformat(text) if text else None

    stores = tuple(
        Store(number, f"{number}", "", "", "", None, None, day(opened), day(closed), "EUR")
        for number, (opened, closed) in enumerate(trading, start=1)
    )
    days = StoreDays(stores_days(data, stores), stores)
    return Gold("run", data, stores, days, {}, {}, {})


def stores_days(data: Span, stores: tuple[Store, ...]) -> Columns:
    rows = [
        {"store_id": store.id, "business_date": data.moved(at).first, "is_open": True}
        for at in range(data.days)
        for store in stores
    ]
    return Columns({"part": pa.Table.from_pylist(rows)})


@pytest.mark.parametrize(
    ("opened", "closed", "is_in"),
    [
        (None, None, True),
        ("2024-02-01", None, True),  # on the first day of the comparison
        ("2024-02-02", None, False),
        ("2023-01-01", "2024-03-31", True),  # the last day of trading is the last of the period
        ("2023-01-01", "2024-03-30", False),
    ],
)
def test_like_for_like_wants_the_whole_comparison_and_the_whole_period(
    opened: str | None, closed: str | None, is_in: bool
) -> None:
    gold = chain(span("2024-01-01 2024-04-30"), (None, None), (opened, closed))
    seen = view(gold, Choice(2024, 3, PREVIOUS, like_for_like=True))
    assert seen is not None
    assert [store.id for store in seen.stores] == ([1, 2] if is_in else [1])


@pytest.mark.parametrize(
    ("year", "month", "now", "before"),
    [
        (2025, None, ["2025-01", "2025-02"], ["2024-01", "2024-02"]),  # March is running
        (2025, 3, [], []),
        (2025, 2, ["2025-02"], ["2025-01"]),
        (2023, 7, ["2023-07"], ["2023-06"]),
        (2022, None, [], []),  # nothing before
    ],
)
def test_tables_of_months_are_compared_for_whole_months_only(
    year: int, month: int | None, now: list[str], before: list[str]
) -> None:
    seen = view(chain(DATA, (None, None)), Choice(year, month))
    assert seen is not None
    assert seen.comparable_months == (now, before)


def test_a_comparison_needs_all_of_its_days() -> None:
    gold = chain(span("2024-02-02 2024-04-30"), (None, None))
    march, april = view(gold, Choice(2024, 3)), view(gold, Choice(2024, 4))
    assert march is not None and not march.has_before
    assert april is not None and april.has_before
