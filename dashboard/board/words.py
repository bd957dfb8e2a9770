"""Words and numbers in the reader's language.

A text of texts.toml is looked up by its key; `{name}` in it is filled in. A number that is unknown,
or a ratio without a denominator, is "—". Currencies and separators are the language's, by Babel.
"""

import datetime as dt
import functools
import pathlib
import re
import tomllib
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

UNKNOWN = "—"
LANGUAGES = {"en": "en_IE", "fr": "fr_FR"}  # with a locale of theirs that pays in euros

with pathlib.Path(__file__).with_name("texts.toml").open("rb") as file:
    TEXTS: dict[str, dict[str, str]] = tomllib.load(file)


class Words:
    """Texts and numbers of one language. Made for a session; amounts are in one currency."""

    def __init__(self, language: str, currency: str | None = None) -> None:
        self.language = language if language in LANGUAGES else "en"
        self.locale = LANGUAGES[self.language]
        self.currency = currency

    def __call__(self, key: str, **facts: object) -> str:
        return TEXTS[key][self.language].format(**facts)

    def instead_of(self, other: "Words", name: str, value: str) -> str:
        """What the address says in this language where it says `value` in the other one."""
        if name == "month":
            names = {other.month(number): self.month(number) for number in range(1, 13)}
        else:
            keys = {"year": ["all_years"], "compare": ["previous", "last_year"]}.get(name, [])
            names = {other(key): self(key) for key in keys}
        return names.get(value, value)

    def money(self, cents: int | None) -> str:
        """To the cent."""
        if cents is None:
            return UNKNOWN
        if self.currency is None:
            return _decimal(cents / 100, "#,##0.00", self.locale)
        return _currency(cents, self.currency, self.locale)

    def count(self, number: float | None) -> str:
        return UNKNOWN if number is None else _decimal(number, "#,##0", self.locale)

    def decimal(self, number: float | None) -> str:
        return UNKNOWN if number is None else _decimal(number, "#,##0.0", self.locale)

    def share(self, share: float | None) -> str:
        return UNKNOWN if share is None else _percent(share, "#,##0.0 %", self.locale)

    def change(self, share: float | None) -> str:
        return UNKNOWN if share is None else _percent(share, "+#,##0.0 %;-#,##0.0 %", self.locale)

    def value(self, kind: str, number: float | int | None) -> str:
        """A number of a kind: money (cents), count, share or decimal."""
        return {
            "money": self.money,
            "count": self.count,
            "share": self.share,
            "decimal": self.decimal,
        }[kind](number)  # type: ignore[operator]

    def day(self, day: dt.date) -> str:
        return format_date(day, "d MMM y", locale=self.locale)

    def month(self, number: int) -> str:
        return format_date(dt.date(2024, number, 1), "LLLL", locale=self.locale).capitalize()

    def weekday(self, number: int) -> str:
        """1 is Monday."""
        return format_date(dt.date(2024, 1, number), "EEEEEE", locale=self.locale)


@functools.lru_cache(maxsize=10_000)
def _currency(cents: int, currency: str, locale: str) -> str:
    text = format_currency(Decimal(cents) / 100, currency, locale=locale)
    # A symbol of letters keeps its distance; Babel does not see to that.
    return re.sub(r"(?<=[^\W\d_])(?=\d)", "\u00a0", text)


@functools.lru_cache(maxsize=10_000)
def _decimal(number: float, pattern: str, locale: str) -> str:
    return format_decimal(number, pattern, locale=locale)


@functools.lru_cache(maxsize=10_000)
def _percent(share: float, pattern: str, locale: str) -> str:
    return format_percent(share, pattern, locale=locale)
