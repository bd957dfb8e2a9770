"""Who buys: segments, new and returning, how much at a time."""

import numpy as np
import streamlit as st

from board import charts, parts
from board.choice import View
from board.kpis import cents_each, ratio
from board.parts import Column
from board.words import Words

SEGMENTS = ("CHAMPION", "LOYAL", "NEW", "AT_RISK", "LOST", "OTHER")
BUCKETS = ("1", "2-3", "4-6", "7-10", "11-20", "21+")


def page(view: View, words: Words) -> None:
    parts.period_line(view, words)
    parts.heading(words, "segments", words("segments_note"))
    _segments(view, words)
    left, right = st.columns(2)
    with left:
        parts.heading(words, "new_returning", words("new_returning_note"))
        _new_returning(view, words)
    with right:
        parts.heading(words, "baskets")
        _baskets(view, words)


def _segments(view: View, words: Words) -> None:
    columns = view.gold.table("customer_rfm")
    if not columns.rows:
        st.info(words("no_rows"))
        return
    customers, sales, tickets = [], [], []
    for segment in SEGMENTS:
        rows = columns["segment"] == segment
        customers.append(int(rows.sum()))
        sales.append(int(columns["net_sales"][rows].sum()))
        tickets.append(int(columns["transactions"][rows].sum()))
    names = [words(segment) for segment in SEGMENTS]
    made = charts.bars(names, [(words("customers_count"), customers, charts.BLUE)], height=260)
    alt = ", ".join(f"{n} {words.count(c)}" for n, c in zip(names, customers, strict=True))
    parts.figure(made, f"{words('segments')}: {alt}", "segments")
    whole = sum(sales)
    parts.table(
        words,
        [
            Column(words("segment"), parts.TEXT, names),
            Column(words("customers_count"), parts.COUNT, customers),
            Column(words("net_sales"), parts.MONEY, sales, bar=True),
            Column(words("share"), parts.SHARE, [ratio(each, whole) for each in sales]),
            Column(
                words("average_ticket"),
                parts.MONEY,
                [cents_each(s, t) for s, t in zip(sales, tickets, strict=True)],
            ),
        ],
        "segments",
    )


def _new_returning(view: View, words: Words) -> None:
    columns, rows, months = (
        view.gold.table("customer_month"),
        view.rows("customer_month"),
        view.months,
    )
    if not len(rows):
        st.info(words("no_rows"))
        return
    codes, names = columns.codes("month")
    place = {month: number for number, month in enumerate(months)}
    at = np.array([place.get(name, 0) for name in names])[codes[rows]]
    new = columns.totals("new_customers", rows, at, len(months))
    returning = columns.totals("returning_customers", rows, at, len(months))
    made = charts.bars(
        months,
        [
            (words("returning_customers"), returning.tolist(), charts.BLUE),
            (words("new_customers"), new.tolist(), charts.ORANGE),
        ],
        stacked=True,
    )
    alt = (
        f"{words('new_customers')} {words.count(int(new.sum()))}, "
        f"{words('returning_customers')} {words.count(int(returning.sum()))}"
    )
    parts.figure(made, alt, "new_returning")
    parts.table(
        words,
        [
            Column(words("month"), parts.TEXT, months),
            Column(words("new_customers"), parts.COUNT, new.tolist()),
            Column(words("returning_customers"), parts.COUNT, returning.tolist()),
        ],
        "new_returning",
    )


def _baskets(view: View, words: Words) -> None:
    columns, rows = view.gold.table("basket_size_month"), view.rows("basket_size_month")
    if not len(rows):
        st.info(words("no_rows"))
        return
    codes, names = columns.codes("lines_bucket")
    found = columns.totals("transactions", rows, codes[rows], len(names)).tolist()
    by_name = dict(zip(names, found, strict=True))
    sums = [by_name.get(bucket, 0) for bucket in BUCKETS]
    whole = sum(sums)
    made = charts.bars(list(BUCKETS), [(words("transactions"), sums, charts.GREEN)])
    largest = max(range(len(BUCKETS)), key=lambda at: sums[at])
    alt = f"{words('baskets')}: {BUCKETS[largest]} {words.share(ratio(sums[largest], whole))}"
    parts.figure(made, alt, "baskets")
    parts.table(
        words,
        [
            Column(words("lines"), parts.TEXT, list(BUCKETS)),
            Column(words("transactions"), parts.COUNT, sums, bar=True),
            Column(words("share"), parts.SHARE, [ratio(each, whole) for each in sums]),
        ],
        "baskets",
    )
