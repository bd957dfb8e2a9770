"""Scenario files that are wrong, each answered with the place and the remedy."""

import os
import threading

import pytest
from bad_input import refused
from harness import SCENARIOS, retailsim


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("sead = 7", "1:1", ("unknown key sead", "did you mean seed?")),
        ("[stores]\ncont = 5", "2:1", ("stores.cont", "did you mean stores.count?")),
        ("trips_per_year = 50", "1:1", "did you mean households.trips_per_year?"),
        ("[[holiday]]\nname = 'x'\nwhem = '05-01'\nwhen = '05-01'", "3:1", "holiday.when?"),
        ("name = 5", "1:8", "a text in quotes"),
        ("seed = 'seven'", "1:8", "a whole number"),
        ("seed = 1.5", "1:8", "a whole number"),
        ("seed = -1", "1:8", "legal: 0 or more"),
        ("seed = 99999999999999999999", "1:", "64 bits"),
        ("seed = 1\nseed = 2", "2:", "seed"),
        ("[stores]\n[stores]", "2:1", "stores"),
        ("stores = 5", "1:10", "[stores]"),
        ("[stores]\ncount = -3", "2:9", "legal: 1 to 16383 (stores)"),
        ("[stores]\ncount = 0", "2:9", "legal: 1 to 16383 (stores)"),
        ("[stores]\nopen_hour = 22\nclose_hour = 21", "3:14", "more than stores.open_hour"),
        ("[stores]\nregions = ['Bretagnee']", "2:12", 'did you mean "Bretagne"?'),
        ("[stores]\nregions = []", "2:11", "a list of texts"),
        ("[stores]\nregions = ['Bretagne', 'Bretagne']", "2:24", "twice"),
        ("[stores]\ncurrency = 'euro'", "2:12", "ISO 4217"),
        ("[products]\nassortment = 'grocer'", "2:14", 'did you mean "grocery"?'),
        ("[visits]\nconversion = 1.5", "2:14", "legal: 0.05 to 1 (share)"),
        ("[visits]\nconversion = nan", "2:14", "a number"),
        ("[visits]\nconversion = inf", "2:14", "a number"),
        ("from = '2024-01-01'", "1:8", "without quotes"),
        ("from = 2024-02-30", "1:", "day"),
        ("from = 1999-12-31", "1:8", "2000-01-03"),
        ("from = 2024-03-01\nto = 2024-02-01", "2:6", "before from"),
        ("[[holiday]]\nname = 'x'", "1:1", "has no when"),
        ("[[holiday]]\nname = 'x'\nwhen = '02-30'", "3:8", "MM-DD"),
        ("[[traffic]]\nstore_id = 99\nfactor = 2", "1:1", "1 to 10 (stores.count)"),
        ("[calendar]\nweekday_trips = [1, 2]", "2:17", "a list of 7 numbers"),
        ("[stores", "1:8", "TOML"),
        ('name = "caf\xe9"', "1:", "utf-8"),
        ("\x7fELF\x00\x01\x02\x1b[31m", "1:1", "TOML"),
        ("name = 'red \x1b[31m'", "1:", "control characters"),
    ],
    ids=repr,
)
def test_what_is_wrong_in_a_scenario_is_shown_by_line_and_column(text, place, says, tmp_path):
    scenario = tmp_path / "wrong.toml"
    scenario.write_bytes(text.encode("latin-1"))
    out = tmp_path / "feed"
    says = (f"{scenario}:{place}", *((says,) if isinstance(says, str) else says))
    refused("simulate", scenario, "--out", out, code=2, says=says)
    refused("scenario", "check", scenario, code=2, says=says)
    assert not out.exists()


def test_a_scenario_that_is_no_file_is_a_mistake_in_the_command_line(tmp_path):
    circle = tmp_path / "circle.toml"
    circle.symlink_to(circle)
    plain = tmp_path / "plain.toml"
    plain.write_text("seed = 1\n")
    for path in (tmp_path / "none.toml", tmp_path, circle, plain / "inside.toml"):
        says = (str(path), "scenarios/tiny.toml")
        refused("run", path, "--data", tmp_path / "d", "--lake", tmp_path / "l", code=2, says=says)
    assert not (tmp_path / "d").exists()


def test_an_empty_scenario_is_the_chain_of_all_defaults(tmp_path):
    empty = tmp_path / "empty.toml"
    empty.write_text("")
    shown = retailsim("scenario", "show", empty).stdout
    assert 'name = "unnamed"' in shown
    assert "count = 3000" in shown


def test_a_scenario_may_come_through_a_pipe(tmp_path):
    """As in `retailsim scenario show <(sed … scenarios/tiny.toml)`."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    text = (SCENARIOS / "tiny.toml").read_text()
    writer = threading.Thread(target=pipe.write_text, args=(text,))
    writer.start()
    shown = retailsim("scenario", "show", pipe).stdout
    writer.join()
    assert shown == retailsim("scenario", "show", SCENARIOS / "tiny.toml").stdout


@pytest.mark.parametrize("scale", ["-1", "0", "nan", "inf", "1e9"])
def test_an_impossible_scale_names_what_it_would_make(scale, tmp_path):
    says = ("scale", "stores, but 1 to 16383 are possible")
    command = ("simulate", SCENARIOS / "tiny.toml", "--out", tmp_path / "feed")
    refused(*command, "--scale", scale, code=2, says=says)
    assert not (tmp_path / "feed").exists()
