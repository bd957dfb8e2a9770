"""One table of sales lines, measured: its facts, F, S and R."""

import pathlib
from dataclasses import dataclass

import facts
from quality import Quality, quality


def realism(facts_score: float, quality_score: float) -> float:
    """R, 0 to 100: four parts of F and one of S."""
    return 0.8 * facts_score + 0.2 * quality_score


@dataclass(frozen=True)
class Measurement:
    name: str
    totals: dict[str, int | float]
    values: facts.Measured
    score: facts.Score
    quality: Quality

    @property
    def realism(self) -> float:
        return realism(self.score.total, self.quality.total)


def against(
    name: str, reference: pathlib.Path, expected: facts.Measured, lines: pathlib.Path
) -> Measurement:
    """`expected` are the facts of `reference`."""
    sales = facts.Sales(lines)
    values = facts.measure(sales)
    score = facts.score(expected, values)
    return Measurement(name, sales.totals, values, score, quality(reference, lines))
