"""Categories, their products, and what promotions did."""

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
    columns = view.gold.table("store_category_month")
    keys = columns["category"].astype(str) if columns.rows else np.zeros(0, dtype=str)
    names, totals = _totals(view, "store_category_month", keys)
    if not len(names):
        st.info(words("no_rows"))
        return
    order = np.argsort(-totals["net_sales"])
    drawn = order[:CATEGORIES_DRAWN]
    made = charts.bars(
        [str(names[at]) for at in drawn],
        [(words("net_sales"), [int(totals["net_sales"][at]) / 100 for at in drawn], charts.BLUE)],
        horizontal=True,
        height=60 + 24 * len(drawn),
    )
    best = order[0]
    alt = f"{words('categories')}: {names[best]} {words.money(int(totals['net_sales'][best]))}"
    parts.figure(made, alt, "category_bars")
    moved = _moved(view, "store_category_month", keys, names)
    _table(
        words,
        words("category"),
        labels=[str(name) for name in names],
        totals=totals,
        moved=moved,
        key="categories",
    )

    parts.heading(words, "product", words("whole_months_note"))
    _products(view, words, [str(names[at]) for at in order])
    parts.heading(words, "promotions", words("promotions_note"))
    _promotions(view, words)


def _products(view: View, words: Words, categories: list[str]) -> None:
    chosen = st.selectbox(words("category"), categories, key="category", bind="query-params")
    columns = view.gold.table("product_month")
    in_category = np.array(
        [id_ for id_, (_, category) in view.gold.products.items() if category == chosen],
        dtype=np.int64,
    )
    keys = columns["product_id"]
    ids, totals = _totals(view, "product_month", keys, np.isin(keys, in_category))
    if not len(ids):
        st.info(words("no_rows"))
        return
    moved = _moved(view, "product_month", keys, ids)
    labels = [view.gold.products[int(each)][0] for each in ids]
    _table(words, words("product"), labels=labels, totals=totals, moved=moved, key="products")


def _totals(
    view: View, table: str, keys: np.ndarray, also: np.ndarray | None = None, months=None
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Sums of a table of stores and months by a key, and the keys."""
    rows = view.rows(table, months)
    if also is not None and len(rows):
        rows = rows & also
    columns = view.gold.table(table)
    names, place = np.unique(keys[rows], return_inverse=True)
    totals = {}
    for name in ("net_sales", "cogs", "units"):
        totals[name] = np.zeros(len(names), dtype=np.int64)
        np.add.at(totals[name], place, columns[name][rows])
    totals["knows_cogs"] = np.zeros(len(names), dtype=bool)
    totals["knows_cogs"][place[~columns.is_null("cogs")[rows]]] = True
    return names, totals


def _moved(view: View, table: str, keys: np.ndarray, names: np.ndarray) -> list[float | None]:
    """The change of net sales by key, over the months that have ended."""
    now, before = view.comparable_months
    if not now or not before:
        return [None] * len(names)
    found = []
    for months in (now, before):
        seen, totals = _totals(view, table, keys, months=months)
        found.append(dict(zip(seen.tolist(), totals["net_sales"].tolist(), strict=True)))
    return [change(found[0].get(name), found[1].get(name)) for name in names.tolist()]


def _table(
    words: Words,
    title: str,
    *,
    labels: list[str],
    totals: dict[str, np.ndarray],
    moved: list[float | None],
    key: str,
) -> None:
    sales, cogs = totals["net_sales"].tolist(), totals["cogs"].tolist()
    margins = [
        sale - cost if known else None
        for sale, cost, known in zip(sales, cogs, totals["knows_cogs"], strict=True)
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
            Column(words("change"), parts.CHANGE, pick(moved)),
            Column(words("gross_margin"), parts.MONEY, pick(margins)),
            Column(
                words("gross_margin_share"),
                parts.SHARE,
                pick([ratio(m, sale) for m, sale in zip(margins, sales, strict=True)]),
            ),
            Column(words("units"), parts.COUNT, pick(totals["units"].tolist())),
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
