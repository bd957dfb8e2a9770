"""Reads Amazon EventBridge's cron(MINUTES HOURS DAY MONTH WEEKDAY YEAR), strictly.

CloudFormation takes any text and the scheduler refuses it later; this refuses it at once. Words
(MON, JAN), lists, ranges and steps are known. L, W and # are legal to Amazon and refused here,
because nothing of ours needs them.
"""

import dataclasses
import re

MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
# Name, least, most, and the words that stand for numbers from `least` on.
FIELDS = [
    ("minutes", 0, 59, []),
    ("hours", 0, 23, []),
    ("day of month", 1, 31, []),
    ("month", 1, 12, MONTHS),
    ("day of week", 1, 7, WEEKDAYS),
    ("year", 1970, 2199, []),
]


class CronError(ValueError):
    """What is wrong with an expression, in one sentence."""


@dataclasses.dataclass(frozen=True)
class Cron:
    """What each field allows; None for a day field that says "?"."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int] | None
    months: frozenset[int]
    weekdays: frozenset[int] | None
    years: frozenset[int]


def number(text: str, field: tuple[str, int, int, list[str]]) -> int:
    name, least, most, words = field
    if text in words:
        return least + words.index(text)
    if not re.fullmatch(r"[0-9]+", text):
        raise CronError(f"{name}: {text!r} is no number")
    value = int(text)
    if not least <= value <= most:
        raise CronError(f"{name}: {value} is not between {least} and {most}")
    return value


def values(text: str, field: tuple[str, int, int, list[str]]) -> frozenset[int]:
    """`*`, or a list of numbers, ranges and either of them with a step."""
    name, least, most, _ = field
    found: set[int] = set()
    for part in text.split(","):
        span, slash, step_text = part.partition("/")
        step = 1
        if slash:
            if not re.fullmatch(r"[1-9][0-9]*", step_text):
                raise CronError(f"{name}: {step_text!r} is no step")
            step = int(step_text)
        if span == "*":
            low, high = least, most
        elif "-" in span:
            low, high = (number(end, field) for end in span.split("-", 1))
            if low > high:
                raise CronError(f"{name}: {span} ends before it begins")
        else:
            low = number(span, field)
            high = most if slash else low
        found |= set(range(low, high + 1, step))
    return frozenset(found)


def parse(expression: str) -> Cron:
    match = re.fullmatch(r"cron\(([^()]*)\)", expression)
    if not match:
        raise CronError(f"{expression!r} is not cron(…)")
    texts = match[1].split(" ")
    if len(texts) != len(FIELDS):
        raise CronError(f"{expression!r} has {len(texts)} fields, 6 are needed")
    if (texts[2] == "?") == (texts[4] == "?"):
        raise CronError(f"{expression!r}: one of day of month and day of week must be ?")
    sets = [
        None if text == "?" and place in (2, 4) else values(text, FIELDS[place])
        for place, text in enumerate(texts)
    ]
    return Cron(*sets)
