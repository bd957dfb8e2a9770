"""One shop whose rows come late: however the days are run, clean and gold are the same bytes."""

import datetime

import pytest
from harness import Lake, retailsim
from one_store import ONE_STORE


def days_until(last: str) -> list[str]:
    first, last_day = datetime.date(2024, 1, 1), datetime.date.fromisoformat(last)
    count = (last_day - first).days + 1
    return [(first + datetime.timedelta(days=i)).isoformat() for i in range(count)]


def run(folder, scenario, spans) -> dict[str, str]:
    """Runs the spans of days one after the other; clean and gold objects as they are then."""
    data, lake = folder / "data_api", folder / "lake"
    for first, last in spans:
        dates = ("--from", first, "--to", last, "--max-rejected", "1", "--quiet")
        retailsim("run", scenario, "--data", data, "--lake", lake, *dates)
    objects = Lake(lake).objects()
    return {name: digest for name, digest in objects.items() if name.startswith(("clean", "gold"))}


def one_by_one(days: list[str]) -> list[tuple[str, str]]:
    return [(day, day) for day in days]


def assert_order_decides_nothing(folder, last: str, in_reverse: int) -> None:
    scenario = folder / "one_store.toml"
    scenario.write_text(ONE_STORE.format(to=last))
    days = days_until(last)
    at_once = run(folder / "at_once", scenario, [(days[0], days[-1])])
    assert any("transaction_line" in name for name in at_once)
    daily = run(folder / "daily", scenario, one_by_one(days))
    assert daily == at_once
    head, tail = days[:-in_reverse], days[-in_reverse:]
    spans = [(head[0], head[-1]), *one_by_one(tail[::-1])]
    assert run(folder / "reverse", scenario, spans) == at_once


def test_seventy_days_at_once_day_by_day_and_the_last_twenty_in_reverse(tmp_path):
    assert_order_decides_nothing(tmp_path, "2024-03-10", 20)


@pytest.mark.long
def test_a_year_at_once_day_by_day_and_its_last_month_in_reverse(tmp_path):
    assert_order_decides_nothing(tmp_path, "2024-12-30", 30)
