"""Stylised facts of retail sales: what any table of sales lines is measured by, real or made up.

    measured = facts.measure(facts.Sales("lines.parquet"))
    facts.score(facts.panel(), measured).total

Every fact is a function of a table of sales lines (sales.py) in the file of its group; GROUPS is
the list of them. The score F is 100 × the mean over groups of the mean over a group's facts of the
similarity (similarity.py) of the two values. Some facts depend on how much data there is
(popularity, repeats, affinity): compare tables with about the same number of households.
"""

import json
import pathlib
import warnings
from dataclasses import dataclass

import numpy as np

from . import (
    affinity,
    basket,
    calendar,
    connection,
    household,
    loyalty,
    popularity,
    price,
    promotion,
    store,
)
from .fact import Fact
from .sales import Sales
from .similarity import Value, similarity

GROUPS = (
    basket.GROUP,
    price.GROUP,
    popularity.GROUP,
    store.GROUP,
    household.GROUP,
    calendar.GROUP,
    promotion.GROUP,
    loyalty.GROUP,
    affinity.GROUP,
    connection.GROUP,
)
FACTS = [fact for group in GROUPS for fact in group.facts]
PANEL = pathlib.Path(__file__).resolve().parent.parent / "facts_panel.json"

Measured = dict[str, Value]


@dataclass(frozen=True)
class Score:
    """0 to 100, the higher the more alike; by_fact has 0 to 1."""

    total: float
    by_group: dict[str, float]
    by_fact: dict[str, float]


def plain(value: np.ndarray | float | None) -> Value:
    """Rounded, as in facts_panel.json; None for what could not be measured."""
    if value is None:
        return None
    if isinstance(value, np.ndarray):
        return [round(float(each), 6) for each in value]
    return round(float(value), 6) if np.isfinite(value) else None


def value_of(fact: Fact, sales: Sales) -> Value:
    """A table that has nothing to measure (no discount, one day) has no value of the fact."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)
        try:
            return plain(fact.measure(sales))
        except (ValueError, IndexError, ZeroDivisionError):
            return None


def measure(sales: Sales) -> Measured:
    return {fact.name: value_of(fact, sales) for fact in FACTS}


def panel() -> Measured:
    """The values of the reference, a year of a real-shaped panel: README.md."""
    facts = json.loads(PANEL.read_text())["facts"]
    return {name: fact["value"] for name, fact in facts.items()}


def panel_totals() -> dict[str, int]:
    """How much there is of the reference."""
    return json.loads(PANEL.read_text())["totals"]


def score(reference: Measured, candidate: Measured) -> Score:
    by_fact = {
        fact.name: similarity(fact.kind, reference.get(fact.name), candidate.get(fact.name))
        for fact in FACTS
    }
    by_group = {
        group.name: 100 * float(np.mean([by_fact[fact.name] for fact in group.facts]))
        for group in GROUPS
    }
    return Score(float(np.mean(list(by_group.values()))), by_group, by_fact)
