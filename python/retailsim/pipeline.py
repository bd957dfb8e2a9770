"""The pipeline and its results: what the command line does, with results as Python values."""

from __future__ import annotations

import html
import json
import os
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from . import _core
from .scenario import Day, Scenario, scenario_of, text_of

_MONEY = "{:,.2f}"
_COUNT = "{:,.0f}"
_SHARE = "{:.1%}"


class Result(Mapping[str, Any]):
    """What a command found, as ``--json`` prints it: a mapping that notebooks show as a table."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __iter__(self) -> Any:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {', '.join(self._values)}>"

    def to_dict(self) -> dict[str, Any]:
        """The same as plain dictionaries and lists."""
        return self._values


R = TypeVar("R", bound=Result)


class Report(Result):
    """KPIs of stores over a span of days: ``report["stores"]``, ``report["total"]``."""

    _COLUMNS = (
        ("net sales", "net_sales", _MONEY),
        ("gross margin", "gross_margin", _MONEY),
        ("margin", "gross_margin_share", _SHARE),
        ("visitors", "visitors", _COUNT),
        ("conversion", "conversion_rate", _SHARE),
        ("transactions", "transactions", _COUNT),
        ("average ticket", "average_ticket", _MONEY),
    )

    def _repr_html_(self) -> str:
        rows = [(store["name"], store) for store in self["stores"]] + [("all", self["total"])]
        heads = "".join(f"<th>{html.escape(title)}</th>" for title, _, _ in self._COLUMNS)
        body = "".join(
            f"<tr><th>{html.escape(name)}</th>"
            + "".join(f"<td>{_figure(kpis[key], form)}</td>" for _, key, form in self._COLUMNS)
            + "</tr>"
            for name, kpis in rows
        )
        span = f"{self['from']} to {self['through']}, amounts in {self['currency']}"
        return (
            f"<p>{html.escape(span)}</p><table><thead><tr><th>store</th>{heads}</tr></thead>"
            f"<tbody>{body}</tbody></table>"
        )


class Scorecard(Result):
    """How realistic a lake's chain is: ``score["realism"]`` lists key, value and band."""

    def _repr_html_(self) -> str:
        body = "".join(
            f'<tr title="{html.escape(each["meaning"])}"><td>{html.escape(each["key"])}</td>'
            f"<td>{_figure(each['value'], '{:,.3f}')}</td>"
            f"<td>{_figure(each['low'], '{:g}')} … {_figure(each['high'], '{:g}')}</td>"
            f"<td>{html.escape(each['verdict'] or '—')}</td></tr>"
            for each in self["realism"]
        )
        return (
            "<table><thead><tr><th>figure</th><th>value</th><th>band</th><th></th></tr></thead>"
            f"<tbody>{body}</tbody></table>"
        )


def run(
    scenario: Scenario | str,
    *,
    data: str | os.PathLike[str] = "data_api",
    lake: str | os.PathLike[str] = "lake",
    truth: str | os.PathLike[str] | None = None,
    from_day: Day | None = None,
    to_day: Day | None = None,
    max_rejected: float = 0.02,
    overwrite: bool = False,
    threads: int = 0,
) -> Result:
    """The whole pipeline: simulate, serve, extract, validate, clean, sum up, publish, report.

    Args:
        scenario: a scenario, a file, or one of :func:`scenarios`.
        data: folder of the feed.
        lake: a folder, ``file:///…`` or ``s3://bucket/prefix``.
        truth: folder for what is true and not served; ``truth/`` beside ``data`` by default.
        from_day: first feed date; the scenario's by default.
        to_day: the last one, inclusive.
        max_rejected: share of a table's rows that may be refused.
        overwrite: replace the feed and the lake of another scenario.
        threads: as many as there are processors by default.

    Returns:
        ``run_id``, ``did_work``, ``stages`` (rows in and out of each) and ``report``.

    Raises:
        Failure: as the commands fail; what was stored before stays, and the next run goes on.
    """
    return _result(
        Result,
        _core.run(
            scenario_of(scenario).core,
            os.fspath(data),
            os.fspath(lake),
            None if truth is None else os.fspath(truth),
            text_of(from_day),
            text_of(to_day),
            max_rejected,
            overwrite,
            threads,
        ),
    )


def write_feed(
    scenario: Scenario | str,
    out: str | os.PathLike[str] = "data_api",
    *,
    truth: str | os.PathLike[str] | None = None,
    from_day: Day | None = None,
    to_day: Day | None = None,
    part: tuple[int, int] = (1, 1),
    overwrite: bool = False,
    threads: int = 0,
) -> Result:
    """The feed of a scenario as NDJSON with a manifest, defects included, as ``simulate`` writes.

    Args:
        scenario: a scenario, a file, or one of :func:`scenarios`.
        out: folder of the feed; what it holds already is kept.
        truth: folder for what is true and not served; none by default.
        from_day: first feed date; the scenario's by default.
        to_day: the last one, inclusive.
        part: ``(i, n)`` for the i-th of n contiguous ranges of stores, from 1.
        overwrite: replace the feed of another scenario.
        threads: as many as there are processors by default; the bytes are the same.
    """
    return _result(
        Result,
        _core.simulate(
            scenario_of(scenario).core,
            os.fspath(out),
            None if truth is None else os.fspath(truth),
            text_of(from_day),
            text_of(to_day),
            *part,
            overwrite,
            threads,
        ),
    )


def report(
    lake: str | os.PathLike[str] = "lake",
    *,
    from_day: Day | None = None,
    to_day: Day | None = None,
    region: str = "",
    stores: Iterable[int] = (),
) -> Report:
    """The KPIs of a published lake, by store and in all.

    Args:
        lake: a folder, ``file:///…`` or ``s3://bucket/prefix``.
        from_day: first business date; that of the data by default.
        to_day: the last one, inclusive.
        region: only stores of this region.
        stores: only these, by id.
    """
    return _result(
        Report,
        _core.report(os.fspath(lake), text_of(from_day), text_of(to_day), region, list(stores)),
    )


def score(
    lake: str | os.PathLike[str] = "lake",
    *,
    truth: str | os.PathLike[str] | None = None,
    threads: int = 0,
) -> Scorecard:
    """How realistic a lake's chain is and, given the truth, how well its defects were found.

    Args:
        lake: a folder, ``file:///…`` or ``s3://bucket/prefix``; of any chain, replayed too.
        truth: the truth folder of the feed that the lake holds.
        threads: as many as there are processors by default.
    """
    return _result(
        Scorecard,
        _core.score(os.fspath(lake), None if truth is None else os.fspath(truth), threads),
    )


def compare(
    a: Scenario | str,
    b: Scenario | str | None = None,
    *,
    without: Iterable[int] = (),
    from_day: Day | None = None,
    to_day: Day | None = None,
    stores: Iterable[int] = (),
    threads: int = 0,
) -> Result:
    """Two scenarios with the same random numbers: the exact effect of what they differ in.

    Args:
        a: a scenario, a file, or one of :func:`scenarios`.
        b: its twin; ``a`` itself by default.
        without: promotions, by id, that ``b`` does not have.
        from_day: first business date; the scenarios' by default.
        to_day: the last one, inclusive.
        stores: only these, by id.
        threads: as many as there are processors by default.
    """
    first = scenario_of(a)
    second = first if b is None else scenario_of(b)
    return _result(
        Result,
        _core.compare(
            first.core,
            second.core,
            list(without),
            text_of(from_day),
            text_of(to_day),
            list(stores),
            threads,
        ),
    )


def _result(kind: type[R], text: str) -> R:
    return kind(json.loads(text))


def _figure(value: float | str | None, form: str) -> str:
    return "—" if value is None else form.format(float(value))
