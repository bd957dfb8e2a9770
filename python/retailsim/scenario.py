"""Scenarios: what a chain is like, and what happens to it."""

from __future__ import annotations

import datetime
import os
import pathlib
from collections.abc import Mapping
from typing import Any

from . import _core
from .failure import Failure

Day = datetime.date | str  # YYYY-MM-DD
_SHIPPED = pathlib.Path(__file__).with_name("scenarios")


def scenarios() -> list[str]:
    """The names of the scenarios that come with the package, for :meth:`Scenario.load`."""
    return sorted(path.stem for path in _SHIPPED.glob("*.toml"))


class Scenario:
    """A chain of stores between two days: everything that decides its rows.

    Scenarios do not change; :meth:`with_values` makes another one. Two scenarios of the same
    :attr:`digest` give the same rows, on any machine and with any number of threads.
    """

    def __init__(self, core: _core.Scenario) -> None:
        self._core = core
        self._chain: _core.Chain | None = None

    @classmethod
    def load(cls, scenario: str | os.PathLike[str]) -> Scenario:
        """Reads a scenario file, or one of those that :func:`scenarios` names.

        Raises:
            Failure: ``wrong_usage`` with file:line:column where the file is no legal scenario.
        """
        path = pathlib.Path(scenario)
        shipped = _SHIPPED / f"{scenario}.toml"
        if not path.exists() and path.suffix == "" and path.name == str(scenario):
            if not shipped.exists():
                raise Failure(
                    f"there is no scenario {scenario}",
                    "wrong_usage",
                    f"name a file, or one of {', '.join(scenarios())}",
                )
            path = shipped
        return cls(_core.Scenario.load(str(path)))

    @classmethod
    def parse(cls, toml: str) -> Scenario:
        """The scenario that a text in TOML describes; what it does not say has its default."""
        return cls(_core.Scenario.parse(toml, "scenario"))

    def with_values(self, values: Mapping[str, Any] | str) -> Scenario:
        """This scenario with other values.

        Args:
            values: dotted keys as in ``{"stores.count": 3, "from": "2024-03-01"}``, or TOML.
                ``retailsim scenario keys`` explains every key.

        Raises:
            Failure: ``wrong_usage`` for an unknown key (naming the nearest) or an illegal value.
        """
        toml = values if isinstance(values, str) else _toml_of(values)
        return Scenario(self._core.with_values(toml, "with_values"))

    def scaled(self, factor: float) -> Scenario:
        """This scenario with so many times the stores and households, each store as busy."""
        return Scenario(self._core.scaled(factor))

    @property
    def name(self) -> str:
        """What the scenario calls itself."""
        return self._core.name

    @property
    def seed(self) -> int:
        """The number that decides all chance."""
        return self._core.seed

    @property
    def from_day(self) -> datetime.date:
        """The first simulated day."""
        return datetime.date.fromisoformat(self._core.from_day)

    @property
    def to_day(self) -> datetime.date:
        """The last simulated day, inclusive."""
        return datetime.date.fromisoformat(self._core.to_day)

    @property
    def store_count(self) -> int:
        """Stores have the ids 1 to this."""
        return self._core.store_count

    @property
    def digest(self) -> str:
        """SHA-256 of everything that decides the rows."""
        return self._core.digest()

    def to_toml(self) -> str:
        """Every value, resolved: :meth:`parse` makes the same scenario of it."""
        return self._core.to_toml()

    def chain(self) -> _core.Chain:
        """The world behind the rows: built when it is first needed, then kept."""
        if self._chain is None:
            self._chain = _core.Chain(self._core)
        return self._chain

    @property
    def core(self) -> _core.Scenario:
        """What the compiled module works with."""
        return self._core

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self._core == other._core

    def __hash__(self) -> int:
        return hash(self.digest)

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return (Scenario.parse, (self.to_toml(),))

    def __repr__(self) -> str:
        return (
            f"<Scenario {self.name}: {self.store_count} stores, {self.from_day} to "
            f"{self.to_day}, seed {self.seed}>"
        )


def scenario_of(scenario: Scenario | str) -> Scenario:
    """What users may name a scenario by, as one."""
    return scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)


def date_of(day: Day) -> datetime.date:
    """A day in either form, as a date."""
    return day if isinstance(day, datetime.date) else datetime.date.fromisoformat(day)


def text_of(day: Day | None) -> str | None:
    """A day in either form, as the compiled module wants it."""
    return None if day is None else str(day)


def _toml_of(values: Mapping[str, Any]) -> str:
    return "".join(f"{key} = {_toml_value(value)}\n" for key, value in values.items())


def _toml_value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml_value(each) for each in value)}]"
    if isinstance(value, str):
        try:  # a day is no text in TOML
            return datetime.date.fromisoformat(value).isoformat()
        except ValueError:
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"'
    return repr(value)
