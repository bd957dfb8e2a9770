"""One table of sales lines, measured: its facts, F, S and R."""

import pathlib
from dataclasses import dataclass

import facts
from quality import Quality, quality

FACTS_WEIGHT, QUALITY_WEIGHT = 0.8, 0.2


@dataclass(frozen=True)
class Measurement:
    name: str
    totals: dict[str, int | float]
    values: facts.Measured
    score: facts.Score
    quality: Quality

    @property
    def realism(self) -> float:
        """R, 0 to 100."""
        return FACTS_WEIGHT * self.score.total + QUALITY_WEIGHT * self.quality.total


def against(
    name: str, reference: pathlib.Path, expected: facts.Measured, lines: pathlib.Path
) -> Measurement:
    """`expected` are the facts of `reference`."""
    sales = facts.Sales(lines)
    values = facts.measure(sales)
    score = facts.score(expected, values)
    return Measurement(name, sales.totals, values, score, quality(reference, lines))
