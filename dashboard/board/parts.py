"""What several pages show: headings of a section, figures, tables with their CSV, troubles."""

import csv
import dataclasses
import io
import shlex
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from board import charts
from board.choice import View
from board.kpis import Sums, change
from board.places import LakeError
from board.words import Words

MONEY, COUNT, SHARE, CHANGE, DECIMAL, TEXT = "money", "count", "share", "change", "decimal", "text"
SPARKS = 26  # points of a small trend line


@dataclasses.dataclass(frozen=True)
class Column:
    """A column of a table. `kind` says how it is shown; money is in cents. A bar shows the size
    of a number beside the others of its column."""

    name: str
    kind: str
    values: Sequence[Any]
    bar: bool = False


def heading(words: Words, key: str, note: str = "") -> None:
    st.subheader(words(key), anchor=False)
    if note:
        st.caption(note)


def period_line(view: View, words: Words) -> None:
    """Which days are shown, and what they are compared with."""
    period = view.period
    text = words("span", first=words.day(period.span.first), last=words.day(period.span.last))
    if view.has_before:
        before = period.before
        text += ", " + words(
            "compared_with", first=words.day(before.first), last=words.day(before.last)
        )
        if period.is_running:
            text += f" ({words('running')})"
    else:
        text += "; " + words("no_comparison", first=words.day(period.before.first))
    st.caption(text)


def figure(made: charts.Figure, alt: str, key: str) -> None:
    """A figure with its text alternative."""
    st.plotly_chart(made, key=key, config=charts.CONFIG, alt=alt)


def table(words: Words, columns: Sequence[Column], key: str) -> None:
    """Rows that can be sorted, and a button that gives them as CSV."""
    if not columns or not len(columns[0].values):
        st.info(words("no_rows"))
        return
    shown = pa.table({column.name: _shown(column) for column in columns})
    st.dataframe(
        shown,
        hide_index=True,
        key=f"{key}_table",
        column_config={column.name: _config(column, words) for column in columns},
        alt=words("data_table"),
    )
    st.download_button(
        words("download"),
        data=lambda: as_csv(columns),
        file_name=f"{key}.csv",
        mime="text/csv",
        key=f"{key}_csv",
        on_click="ignore",
    )


def as_csv(columns: Sequence[Column]) -> str:
    """Comma-separated, with a dot in numbers whatever the language; amounts to the cent."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    for row in zip(*(column.values for column in columns), strict=True):
        writer.writerow(
            [
                _exact(value) if column.kind == MONEY and value is not None else value
                for column, value in zip(columns, row, strict=True)
            ]
        )
    return text.getvalue()


def deltas(view: View, now: Sequence[Sums], before: Sequence[Sums]) -> list[float | None]:
    """The change of net sales, store by store; none without a comparison."""
    if not view.has_before:
        return [None] * len(now)
    return [change(a.net_sales, b.net_sales) for a, b in zip(now, before, strict=True)]


def trouble(words: Words, error: LakeError) -> None:
    """What keeps the page empty, and what to do."""
    st.error(words(error.message, **error.facts), icon="⚠️")
    quoted = {name: shlex.quote(fact) for name, fact in error.facts.items()}  # for a shell
    st.markdown(words(error.advice, **quoted))


def _exact(cents: int) -> str:
    whole, rest = divmod(abs(int(cents)), 100)
    return f"{'-' if cents < 0 else ''}{whole}.{rest:02}"


def _shown(column: Column) -> list[Any]:
    if column.kind == MONEY:
        return [None if value is None else int(value) / 100 for value in column.values]
    return list(column.values)


def _config(column: Column, words: Words) -> Any:
    if column.kind == TEXT:
        return st.column_config.TextColumn(column.name)
    kind = {
        MONEY: "euro" if words.currency == "EUR" else "accounting",
        COUNT: "localized",
        SHARE: "percent",
        CHANGE: "percent",
        DECIMAL: "%.1f",
    }[column.kind]
    if column.bar:
        known = [value for value in _shown(column) if value is not None]
        return st.column_config.ProgressColumn(
            column.name, format=kind, min_value=0, max_value=max([*known, 0.01])
        )
    return st.column_config.NumberColumn(column.name, format=kind)
