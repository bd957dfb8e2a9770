"""Categories, their products, and what promotions did."""

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

from board import charts, parts
from board.choice import View
from board.kpis import change, ratio
from board.parts import Column
from board.words import Words

CATEGORIES_DRAWN = 15
PROMOTIONS_SHOWN = 200


def page(view: View, words: Words) -> None:
    parts.period_line(view, words)
    parts.heading(words, "categories", words("whole_months_note"))
    sums = _Sums.of(view, "store_category_month", "category")
    if not len(sums.names):
        st.info(words("no_rows"))
        return
    order = np.argsort(-sums.net_sales)
    drawn = order[:CATEGORIES_DRAWN]
    made = charts.bars(
        [sums.names[at] for at in drawn],
        [(words("net_sales"), [int(sums.net_sales[at]) / 100 for at in drawn], charts.BLUE)],
        horizontal=True,
        height=60 + 24 * len(drawn),
    )
    best = order[0]
    alt = f"{words('categories')}: {sums.names[best]} {words.money(int(sums.net_sales[best]))}"
    parts.figure(made, alt, "category_bars")
    _table(words, words("category"), sums, sums.names, "categories")

    parts.heading(words, "product", words("whole_months_note"))
    _products(view, words, [sums.names[at] for at in order])
    parts.heading(words, "promotions", words("promotions_note"))
    _promotions(view, words)


def _products(view: View, words: Words, categories: list[str]) -> None:
    chosen = st.selectbox(words("category"), categories, key="category", bind="query-params")
    products = view.gold.products
    sums = _Sums.of(
        view, "product_month", "product_id", lambda id_: products.get(id_, ("", ""))[1] == chosen
    )
    if not len(sums.names):
        st.info(words("no_rows"))
        return
    _table(words, words("product"), sums, [products[id_][0] for id_ in sums.names], "products")


@dataclasses.dataclass(frozen=True)
class _Sums:
    """Columns of a table of stores and months, summed by a key of it. Shapes (names,)."""

    names: list[Any]
    net_sales: np.ndarray
    cogs: np.ndarray
    knows_cogs: np.ndarray
    units: np.ndarray
    moved: list[float | None]  # the change of net sales, over the months that have ended

    @staticmethod
    def of(
        view: View, table: str, key: str, wanted: Callable[[Any], bool] = lambda _: True
    ) -> "_Sums":
        columns = view.gold.table(table)
        codes, names = columns.codes(key)

        def totals(name: str, rows: np.ndarray) -> np.ndarray:
            return columns.totals(name, rows, codes[rows], len(names))

        rows = view.rows(table)
        sold = np.bincount(codes[rows], minlength=len(names)) > 0
        there = [at for at, name in enumerate(names) if sold[at] and wanted(name)]
        known = rows[~columns.is_null("cogs")[rows]]
        now, before = (
            totals("net_sales", view.rows(table, months)) for months in view.comparable_months
        )
        return _Sums(
            [names[at] for at in there],
            totals("net_sales", rows)[there],
            totals("cogs", rows)[there],
            np.bincount(codes[known], minlength=len(names))[there] > 0,
            totals("units", rows)[there],
            [change(int(now[at]), int(before[at])) for at in there],
        )


def _table(words: Words, title: str, sums: _Sums, labels: list[str], key: str) -> None:
    sales = sums.net_sales.tolist()
    margins = [
        sale - cost if known else None
        for sale, cost, known in zip(sales, sums.cogs.tolist(), sums.knows_cogs, strict=True)
    ]
    order = sorted(range(len(labels)), key=lambda at: -sales[at])
    whole = sum(sales)

    def pick(values: list) -> list:
        return [values[at] for at in order]

    parts.table(
        words,
        [
            Column(title, parts.TEXT, pick(labels)),
            Column(words("net_sales"), parts.MONEY, pick(sales), bar=True),
            Column(words("share"), parts.SHARE, pick([ratio(sale, whole) for sale in sales])),
            Column(words("change"), parts.CHANGE, pick(sums.moved)),
            Column(words("gross_margin"), parts.MONEY, pick(margins)),
            Column(
                words("gross_margin_share"),
                parts.SHARE,
                pick([ratio(m, sale) for m, sale in zip(margins, sales, strict=True)]),
            ),
            Column(words("units"), parts.COUNT, pick(sums.units.tolist())),
        ],
        key,
    )


def _promotions(view: View, words: Words) -> None:
    """Promotions that touch the period, largest effect first."""
    columns, span = view.gold.table("promotion_result"), view.period.span
    unknown = columns.is_null("units_baseline")
    rows = []
    for at in range(columns.rows):
        promotion = view.gold.promotions.get(int(columns["promo_id"][at]))
        if promotion is None or promotion[2] > span.last or promotion[3] < span.first:
            continue
        a_week = ratio(int(columns["units_on"][at]), int(columns["weeks_on"][at]))
        baseline = None if unknown[at] else int(columns["units_baseline"][at]) / 100
        product = view.gold.products.get(int(columns["product_id"][at]), ("?", ""))[0]
        uplift = change(a_week, baseline)
        rows.append((uplift, promotion, product, a_week, baseline, int(columns["net_sales"][at])))
    rows.sort(key=lambda row: (row[0] is not None, row[0] or 0.0, row[5]), reverse=True)
    rows = rows[:PROMOTIONS_SHOWN]
    parts.table(
        words,
        [
            Column(words("product"), parts.TEXT, [row[2] for row in rows]),
            Column(words("kind"), parts.TEXT, [row[1][0] for row in rows]),
            Column(
                words("depth"),
                parts.SHARE,
                [None if row[1][1] is None else row[1][1] / 100 for row in rows],
            ),
            Column(
                words("promotion"),
                parts.TEXT,
                [f"{words.day(row[1][2])} – {words.day(row[1][3])}" for row in rows],
            ),
            Column(words("units_week_on"), parts.DECIMAL, [row[3] for row in rows]),
            Column(words("units_week_base"), parts.DECIMAL, [row[4] for row in rows]),
            Column(words("uplift"), parts.CHANGE, [row[0] for row in rows]),
            Column(words("net_sales"), parts.MONEY, [row[5] for row in rows]),
        ],
        "promotions",
    )
