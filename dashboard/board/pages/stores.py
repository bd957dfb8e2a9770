"""Stores beside each other, then one of them."""

import statistics

import numpy as np
import streamlit as st

from board import charts, parts
from board.choice import View
from board.kpis import (
    Sums,
    average_ticket,
    cents_each,
    conversion_rate,
    gross_margin,
    gross_margin_share,
    ratio,
    sales_per_visitor,
    visitors_per_open_day,
)
from board.pages.overview import trend, week
from board.parts import Column
from board.words import Words

AGAINST = (
    ("net_sales", "money", lambda sums: sums.net_sales),
    ("gross_margin_share", "share", gross_margin_share),
    ("conversion_rate", "share", conversion_rate),
    ("average_ticket", "money", average_ticket),
    ("sales_per_visitor", "money", sales_per_visitor),
    ("visitors_per_open_day", "decimal", visitors_per_open_day),
)


def page(view: View, words: Words) -> None:
    parts.period_line(view, words)
    days = view.gold.store_days
    now = days.by_store(view.period.span, view.places)
    moved = parts.deltas(view, now, days.by_store(view.period.before, view.places))
    parts.heading(words, "ranking")
    _ranking(view, words, now, moved)
    parts.heading(words, "map", words("map_note"))
    _map(view, words, now)
    parts.heading(words, "one_store")
    _one(view, words, now)


def _ranking(view: View, words: Words, now: list[Sums], moved: list[float | None]) -> None:
    order = sorted(range(len(now)), key=lambda at: now[at].net_sales, reverse=True)
    stores, sums = [view.stores[at] for at in order], [now[at] for at in order]
    missing = _stockout_rates(view)
    of_stock = []  # a column only where the lake knows of stock
    if any(rate is not None for rate in missing):
        rates = [missing[at] for at in order]
        of_stock = [Column(words("stockout_rate"), parts.SHARE, rates)]
    parts.table(
        words,
        [
            Column(words("store"), parts.TEXT, [f"{store.id} {store.name}" for store in stores]),
            Column(words("region"), parts.TEXT, [store.region for store in stores]),
            Column(words("format"), parts.TEXT, [store.format for store in stores]),
            Column(words("net_sales"), parts.MONEY, [each.net_sales for each in sums], bar=True),
            Column(words("change"), parts.CHANGE, [moved[at] for at in order]),
            Column(words("gross_margin"), parts.MONEY, [gross_margin(each) for each in sums]),
            Column(words("visitors"), parts.COUNT, [each.visitors for each in sums]),
            Column(words("conversion_rate"), parts.SHARE, [conversion_rate(each) for each in sums]),
            Column(words("average_ticket"), parts.MONEY, [average_ticket(each) for each in sums]),
            Column(
                words("sales_per_visitor"), parts.MONEY, [sales_per_visitor(each) for each in sums]
            ),
            Column(
                words("visitors_per_open_day"),
                parts.DECIMAL,
                [visitors_per_open_day(each) for each in sums],
            ),
            *of_stock,
        ],
        "ranking",
    )


def _stockout_rates(view: View) -> list[float | None]:
    """Stocked-out product-days ÷ product-days of the period's months, a store each."""
    columns = view.gold.table("store_category_month")
    rows = view.rows("store_category_month")
    rows = rows[~columns.is_null("product_days")[rows]]
    codes, ids = columns.codes("store_id")
    out = columns.totals("stockout_days", rows, codes[rows], len(ids))
    all_ = columns.totals("product_days", rows, codes[rows], len(ids))
    rates = {id_: ratio(int(out[at]), int(all_[at])) for at, id_ in enumerate(ids)}
    return [rates.get(store.id) for store in view.stores]


def _map(view: View, words: Words, now: list[Sums]) -> None:
    placed = [
        (store, sums)
        for store, sums in zip(view.stores, now, strict=True)
        if store.latitude is not None and store.longitude is not None
    ]
    if not placed:
        st.info(words("no_rows"))
        return
    made = charts.bubbles(
        [store.longitude for store, _ in placed],
        [store.latitude for store, _ in placed],
        [sums.net_sales for _, sums in placed],
        [store.name for store, _ in placed],
        same_scale=True,
        height=380,
    )
    parts.figure(made, f"{words('map')}: {len(placed)} × {words('store')}", "map")


def _one(view: View, words: Words, now: list[Sums]) -> None:
    names = {store.id: f"{store.id} {store.name}" for store in view.stores}
    chosen = st.selectbox(
        words("store"),
        list(names),
        format_func=lambda store: names[store],
        key="one",
        bind="query-params",
    )
    if chosen is None:
        return
    at = int(np.flatnonzero(view.ids == chosen)[0])
    here = view.places[at : at + 1]
    trend(view, words, here, "one_trend")
    left, right = st.columns(2)
    with left:
        parts.heading(words, "categories")
        _categories(view, words, chosen)
    with right:
        parts.heading(words, "hours", words("hours_note"))
        week(view, words, chosen, "one_hours")
    parts.heading(words, "against_format")
    _against(view, words, at, now)


def _categories(view: View, words: Words, store: int) -> None:
    columns = view.gold.table("store_category_month")
    rows = view.rows("store_category_month", store=store)
    if not len(rows):
        st.info(words("no_rows"))
        return
    codes, names = columns.codes("category")
    sales = columns.totals("net_sales", rows, codes[rows], len(names))
    order = np.argsort(-sales)[:12]
    made = charts.bars(
        [str(names[at]) for at in order],
        [(words("net_sales"), [int(sales[at]) / 100 for at in order], charts.BLUE)],
        horizontal=True,
        height=300,
    )
    alt = f"{words('categories')}: {names[order[0]]} {words.money(int(sales[order[0]]))}"
    parts.figure(made, alt, "one_categories")


def _against(view: View, words: Words, at: int, now: list[Sums]) -> None:
    """Beside the median of the chosen stores of the same format, itself included."""
    format_ = view.stores[at].format
    peers = [sums for store, sums in zip(view.stores, now, strict=True) if store.format == format_]
    rows = []
    for name, kind, of in AGAINST:
        known = [value for value in map(of, peers) if value is not None]
        middle = statistics.median(known) if known else None
        if kind == "money" and middle is not None:
            middle = cents_each(round(2 * middle), 2)  # it may lie between two cents
        rows.append((words(name), words.value(kind, of(now[at])), words.value(kind, middle)))
    st.table(
        {
            words("indicator"): [row[0] for row in rows],
            view.stores[at].name: [row[1] for row in rows],
            words("median_of", count=len(peers), format=format_ or "?"): [row[2] for row in rows],
        }
    )
