"""How the data came to be: runs, rows on every stage, what was refused and repaired."""

from typing import Any

import numpy as np
import streamlit as st

from board import parts
from board.choice import View
from board.gold import day_number
from board.kpis import ratio
from board.parts import Column
from board.words import Words

MEASURES = ("rows_in", "accepted", "repaired", "quarantined", "duplicates")


def page(view: View, words: Words, runs: list[dict[str, Any]]) -> None:
    parts.heading(words, "runs")
    _runs(words, runs)
    whole = next(
        (run for run in runs if {"extract", "transform"} <= {s["stage"] for s in run["stages"]}),
        None,
    )
    if whole:
        parts.heading(words, "layers", whole["run_id"])
        _layers(words, whole)
    parts.heading(words, "quality", words("quality_note"))
    parts.period_line(view, words)
    _quality(view, words)


def outcome(run: dict[str, Any]) -> str:
    return "failed" if run["failed"] else "under_way" if run["unfinished"] else "succeeded"


def _runs(words: Words, runs: list[dict[str, Any]]) -> None:
    parts.table(
        words,
        [
            Column(words("run"), parts.TEXT, [run["run_id"] for run in runs]),
            Column(words("outcome"), parts.TEXT, [words(outcome(run)) for run in runs]),
            Column(
                words("started"),
                parts.TEXT,
                [run["stages"][0].get("started_at", "") if run["stages"] else "" for run in runs],
            ),
            Column(
                words("duration"),
                parts.DECIMAL,
                [sum(stage.get("seconds", 0.0) for stage in run["stages"]) for run in runs],
            ),
            Column(
                words("stages"),
                parts.TEXT,
                [", ".join(dict.fromkeys(s["stage"] for s in run["stages"])) for run in runs],
            ),
        ],
        "runs",
    )
    for run in runs[:1]:
        for stage in run["stages"]:
            if "error" in stage:
                st.error(f"{stage['stage']}: {stage['error']}")
                if stage.get("hint"):
                    st.markdown(f"`{stage['hint']}`")


def _layers(words: Words, run: dict[str, Any]) -> None:
    rows = [
        (stage["stage"], table, facts)
        for stage in run["stages"]
        for table, facts in stage.get("tables", {}).items()
        if facts.get("rows_in") or facts.get("rows_out")
    ]
    columns = [
        Column(words("stage"), parts.TEXT, [row[0] for row in rows]),
        Column(words("table"), parts.TEXT, [row[1] for row in rows]),
    ]
    columns += [
        Column(words(name), parts.COUNT, [row[2].get(name, 0) for row in rows])
        for name in ("rows_in", "rows_out", "quarantined", "repaired", "duplicates")
    ]
    parts.table(words, columns, "layers")


def _quality(view: View, words: Words) -> None:
    columns, span = view.gold.table("data_quality_day"), view.period.span
    if not columns.rows:
        st.info(words("no_rows"))
        return
    day = columns["feed_date"]
    inside = (day >= day_number(span.first)) & (day <= day_number(span.last))
    rows = inside | columns.is_null("feed_date")
    totals = {name: int(columns[name][rows].sum()) for name in MEASURES}
    cards = st.columns(4)
    cards[0].metric(
        words("quality_score"),
        words.share(ratio(totals["accepted"], totals["rows_in"])),
        border=True,
    )
    for card, name in zip(cards[1:], ("quarantined", "repaired", "duplicates"), strict=True):
        card.metric(words(name), words.count(totals[name]), border=True)
    st.markdown(f"**{words('reasons')}**")
    tables, rules = columns["table_name"], columns["rule"]
    reasons = rows & (rules != "delivered")
    pairs = sorted(set(zip(tables[reasons].tolist(), rules[reasons].tolist(), strict=True)))
    found = []
    for table, rule in pairs:
        chosen = reasons & (tables == table) & (rules == rule)
        sums = [int(np.sum(columns[name][chosen])) for name in MEASURES[2:]]
        if any(sums):
            found.append((rule, table, *sums))
    found.sort(key=lambda row: -sum(row[2:]))
    parts.table(
        words,
        [
            Column(words("rule"), parts.TEXT, [row[0] for row in found]),
            Column(words("table"), parts.TEXT, [row[1] for row in found]),
            Column(words("repaired"), parts.COUNT, [row[2] for row in found]),
            Column(words("quarantined"), parts.COUNT, [row[3] for row in found]),
            Column(words("duplicates"), parts.COUNT, [row[4] for row in found]),
        ],
        "reasons",
    )
