"""What a fact is, and the group it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass, field

from .numbers import Values
from .sales import Sales

Measure = Callable[[Sales], Values | float | None]


@dataclass(frozen=True)
class Fact:
    """One number, or one row of numbers, that real sales have in common.

    `kind` says how two values of it are compared: see similarity.py.
    """

    name: str
    group: str
    kind: str
    definition: str
    measure: Measure


@dataclass
class Group:
    """Facts about one side of shopping; every group weighs the same in the score."""

    name: str
    facts: list[Fact] = field(default_factory=list)

    def fact(self, kind: str) -> Callable[[Measure], Measure]:
        """Adds a function as a fact: its name, and its first line of documentation."""

        def add(measure: Measure) -> Measure:
            definition = " ".join((measure.__doc__ or "").split())
            self.facts.append(Fact(measure.__name__, self.name, kind, definition, measure))
            return measure

        return add
