"""Which days a choice means, and which days they are compared with.

- Whole months and years are compared by the calendar, with the month or year before or with the
  same one a year earlier; weekly and daily lines with the days 364 days earlier, which have the
  same weekdays.
- A period that the data has not reached the end of is compared with as many days.
"""

import calendar
import dataclasses
import datetime as dt

from board.gold import Span

PREVIOUS, LAST_YEAR = "previous", "last_year"
COMPARISONS = (PREVIOUS, LAST_YEAR)
SAME_WEEKDAYS = 364  # days: 52 weeks


@dataclasses.dataclass(frozen=True)
class Period:
    """Chosen days, cut to the data, and those they are compared with."""

    span: Span
    whole: Span  # before it was cut to the data
    before: Span

    @property
    def is_running(self) -> bool:
        """Whether the data ends inside the period."""
        return self.span.last < self.whole.last


def years(data: Span) -> list[int]:
    """Newest first."""
    return list(range(data.last.year, data.first.year - 1, -1))


def months(data: Span, year: int) -> list[int]:
    """The months of a year that the data touches."""
    return [month for month in range(1, 13) if month_span(year, month).meets(data)]


def month_span(year: int, month: int) -> Span:
    return Span(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))


def year_span(year: int) -> Span:
    return Span(dt.date(year, 1, 1), dt.date(year, 12, 31))


def period(data: Span, year: int | None, month: int | None, comparison: str) -> Period | None:
    """The days of a choice; none when the data has none of them. No year: all the data."""
    if year is None:
        whole = data
        before = whole.moved(-SAME_WEEKDAYS if comparison == LAST_YEAR else -whole.days)
    elif month is None:
        whole, before = year_span(year), year_span(year - 1)
    else:
        whole = month_span(year, month)
        if comparison == LAST_YEAR:
            before = month_span(year - 1, month)
        else:
            before = month_span(year - (month == 1), 12 if month == 1 else month - 1)
    if not whole.meets(data):
        return None
    span = Span(max(whole.first, data.first), min(whole.last, data.last))
    if span.last < whole.last:  # running: as many days of the period before
        elapsed = (span.last - whole.first).days
        before = Span(before.first, min(before.last, before.first + dt.timedelta(days=elapsed)))
    if span.first > whole.first and year is not None:  # the data begins inside it
        before = Span(before.first + (span.first - whole.first), before.last)
    return Period(span, whole, before)


def same_weekdays_before(span: Span) -> Span:
    return span.moved(-SAME_WEEKDAYS)


def whole_weeks(span: Span) -> list[Span]:
    """The weeks, Monday to Sunday, that lie within; a part of a week is left out."""
    first = span.first + dt.timedelta(days=-span.first.weekday() % 7)
    return [
        Span(first + dt.timedelta(days=7 * number), first + dt.timedelta(days=7 * number + 6))
        for number in range(((span.last - first).days + 1) // 7)
    ]
