"""The chain at a glance: KPIs, trend, the week, stores."""

import numpy as np
import streamlit as st

from board import charts, parts, periods
from board.choice import View
from board.gold import Span
from board.kpis import KPIS, Sums, change, conversion_rate, ratio, visitors_per_open_day
from board.parts import Column
from board.words import Words

DAILY_UP_TO = 92  # days; longer periods are drawn by week
BEST = 5


def page(view: View, words: Words) -> None:
    parts.period_line(view, words)
    cards(view, words)
    parts.heading(words, "trend")
    trend(view, words, view.places, "trend")
    left, right = st.columns(2)
    with left:
        parts.heading(words, "hours", words("hours_note"))
        week(view, words, None, "hours")
    with right:
        parts.heading(words, "traffic")
        _traffic(view, words)
    parts.heading(words, "best_stores", words("best_note"))
    _best(view, words)


def cards(view: View, words: Words) -> None:
    """A card a KPI: value, change, small trend; the last one is average visitors."""
    days = view.gold.store_days
    now = days.sums(view.period.span, view.places)
    before = days.sums(view.period.before, view.places) if view.has_before else None
    sparks = _sparks(view)
    for row in (KPIS[:3], KPIS[3:]):
        for column, kpi in zip(st.columns(3), row, strict=True):
            value = kpi.of(now)
            moved = change(value, kpi.of(before)) if before else None
            with column.container(border=True):
                st.metric(
                    words(kpi.name),
                    words.value(kpi.kind, value),
                    words.change(moved) if moved is not None else None,
                )
                st.html(charts.spark([kpi.of(sums) for sums in sparks]))
    st.caption(
        f"{words('visitors_per_open_day')}: {words.decimal(visitors_per_open_day(now))} · "
        f"{words('transactions')}: {words.count(now.transactions)} · "
        f"{words('units')}: {words.count(now.units)}"
    )


def trend(view: View, words: Words, places: np.ndarray, key: str) -> None:
    """Net sales by day or whole week, with the days 364 earlier and the mean of four weeks."""
    span, data = view.period.span, view.gold.data
    series = view.gold.store_days.series
    by_day = span.days <= DAILY_UP_TO
    step = 1 if by_day else 7
    weeks = periods.whole_weeks(span)
    if not by_day and weeks:
        span = Span(weeks[0].first, weeks[-1].last)
    # Three weeks more before the first point, for its four-week mean.
    run_up = 27 if by_day else 21
    longer = Span(span.moved(-run_up).first, span.last)
    values = series("net_sales", longer, places).reshape(-1, step).sum(axis=1) / 100
    width = 28 // step
    mean = np.convolve(values, np.ones(width) / width, mode="valid")
    before = periods.same_weekdays_before(span)
    earlier = series("net_sales", before, places).reshape(-1, step).sum(axis=1) / 100
    x = [span.moved(step * number).first.isoformat() for number in range(span.days // step)]
    has_mean = [
        data is not None and data.first <= longer.moved(step * n).first for n in range(len(x))
    ]
    has_earlier = [
        data is not None and data.first <= before.moved(step * n).first for n in range(len(x))
    ]
    now = values[len(values) - len(x) :]
    lines = [(words("this_period"), now.tolist(), charts.BLUE, "solid")]
    if any(has_earlier):
        shown = [v if ok else None for v, ok in zip(earlier.tolist(), has_earlier, strict=True)]
        lines.append((words("same_weekdays"), shown, charts.GREY, "dot"))
    if any(has_mean):
        shown = [v if ok else None for v, ok in zip(mean.tolist(), has_mean, strict=True)]
        lines.append((words("four_weeks"), shown, charts.ORANGE, "dash"))
    st.caption(words("per_day" if by_day else "per_week"))
    total = words.money(round(float(now.sum()) * 100))
    alt = f"{words('trend')}: {len(x)} × {words('per_day' if by_day else 'per_week')}, Σ {total}"
    parts.figure(charts.lines(x, lines), alt, key)


def week(view: View, words: Words, store: int | None, key: str) -> None:
    """Visitors by weekday and hour, an average store on one such day: Σ visitors ÷ Σ days. Of one
    store, or of all chosen ones."""
    columns = view.gold.table("store_hour")
    rows = view.rows("store_hour", store=store)
    if not len(rows):
        st.info(words("no_rows"))
        return
    weekday, hour = columns["weekday"][rows], columns["hour"][rows]
    visitors = columns.totals("visitors", rows, weekday * 24 + hour, 8 * 24).reshape(8, 24)
    # Days on which the stores were open: once a store, month and weekday, whatever the hour.
    first = rows[columns.starts("store_id", "month", "weekday")[rows]]
    days = columns.totals("occurrences", first, columns["weekday"][first], 8)
    hours = range(int(hour.min()), int(hour.max()) + 1)
    cells = [[ratio(int(visitors[day, at]), int(days[day])) for at in hours] for day in range(1, 8)]
    names = [words.weekday(day) for day in range(1, 8)]
    busiest = max(
        (value or 0, names[d], h)
        for d, r in enumerate(cells)
        for h, value in zip(hours, r, strict=True)
    )
    alt = f"{words('hours')}: max {busiest[1]} {busiest[2]} h, {words.decimal(busiest[0])}"
    parts.figure(charts.heat_map(list(hours), names, cells), alt, key)


def _traffic(view: View, words: Words) -> None:
    sums = view.gold.store_days.by_store(view.period.span, view.places)
    pairs = [(visitors_per_open_day(each), conversion_rate(each)) for each in sums]
    if not any(x is not None and y is not None for x, y in pairs):
        st.info(words("no_rows"))
        return
    made = charts.bubbles(
        [x for x, _ in pairs],
        [y for _, y in pairs],
        [each.net_sales for each in sums],
        [store.name for store in view.stores],
        titles=(words("visitors_per_open_day"), words("conversion_rate")),
        percent=True,
        height=300,
    )
    parts.figure(made, f"{words('traffic')}: {len(pairs)} × {words('store')}", "traffic")


def _best(view: View, words: Words) -> None:
    days = view.gold.store_days
    now = days.by_store(view.period.span, view.places)
    moved = parts.deltas(view, now, days.by_store(view.period.before, view.places))
    order = sorted(
        range(len(now)),
        key=lambda at: (moved[at] is not None, moved[at] or 0.0, now[at].net_sales),
        reverse=True,
    )
    chosen = order if len(order) <= 2 * BEST else order[:BEST] + order[-BEST:]
    parts.table(
        words,
        [
            Column(words("store"), parts.TEXT, [view.stores[at].name for at in chosen]),
            Column(words("net_sales"), parts.MONEY, [now[at].net_sales for at in chosen], bar=True),
            Column(words("change"), parts.CHANGE, [moved[at] for at in chosen]),
            Column(
                words("conversion_rate"), parts.SHARE, [conversion_rate(now[at]) for at in chosen]
            ),
        ],
        "best_stores",
    )


def _sparks(view: View) -> list[Sums]:
    """The period's weeks, or its days when it is short."""
    span, days = view.period.span, view.gold.store_days
    weeks = periods.whole_weeks(span) if span.days > 2 * parts.SPARKS else []
    if weeks:
        return days.by_piece(Span(weeks[0].first, weeks[-1].last), 7, view.places)
    return days.by_piece(span, 1, view.places)
