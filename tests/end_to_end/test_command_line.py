"""The command line as its users meet it: help, exit codes, errors that say what to do."""

import json
import re
import shutil

import derive_docs
import pytest
import remake_manifest
from harness import BINARY, CHECKOUT, SCENARIOS, Lake, retailsim

TINY = SCENARIOS / "tiny.toml"
RECEIPTS = CHECKOUT / "tests" / "golden" / "ten_receipts"
COMMANDS = ("run", "simulate", "replay", "serve", "extract", "validate", "transform", "report")
ALL_COMMANDS = derive_docs.command_names(BINARY)


def test_help_lists_every_command():
    text = retailsim("--help").stdout
    for command in COMMANDS:
        assert re.search(rf"^\s+{command}\b", text, re.MULTILINE), command
    assert {*COMMANDS, "scenario", "schema"} <= {*ALL_COMMANDS}


@pytest.mark.parametrize("command", ALL_COMMANDS)
def test_each_command_has_help_with_an_example(command):
    text = retailsim(command, "--help").stdout
    assert re.search(rf"retailsim {command} \S", text)
    for option in ("--json", "--quiet", "--threads"):
        assert option in text


def test_the_version_is_that_of_the_checkout():
    assert (CHECKOUT / "VERSION").read_text().strip() in retailsim("--version").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ((), 2, "retailsim"),
        (("simulat",), 2, "simulate"),
        (("simulate", "nowhere.toml", "--out", "{tmp}/a"), 2, "nowhere.toml"),
        (("simulate", TINY, "--out", "{tmp}/a", "--form", "2024-01-01"), 2, "--form"),
        (("simulate", TINY, "--out", "{tmp}/a", "--from", "2024-02-30"), 2, "--from"),
        (("simulate", TINY, "--out", "{tmp}/a", "--from", "2031-01-01"), 2, "2031-01-01"),
        (("simulate", TINY, "--out", "{tmp}/a", "--parts", "2", "--part", "3"), 2, "part"),
        (("simulate", TINY, "--out", "{foreign}"), 2, "{foreign}"),
        (("extract", "--data", "{tmp}/none", "--lake", "{tmp}/lake"), 2, "{tmp}/none"),
        (("extract", "--api", "http://127.0.0.1:1", "--lake", "{tmp}/lake"), 4, "127.0.0.1"),
        (("replay", "--lines", "{tmp}/none.parquet", "--out", "{tmp}/a"), 2, "none.parquet"),
        (("report", "--lake", "{tmp}/none"), 2, "{tmp}/none"),
        (("transform", "--lake", "{tmp}/none"), 2, "{tmp}/none"),
    ],
    ids=lambda value: (
        " ".join(map(str, value)).replace(str(CHECKOUT), "")
        if isinstance(value, tuple)
        else str(value)
    ),
)
def test_wrong_use_gives_its_exit_code_and_names_what_is_wrong(arguments, code, says, tmp_path):
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "holiday.jpg").write_text("mine")
    places = {"tmp": tmp_path, "foreign": foreign}
    asked = [str(argument).format(**places) for argument in arguments]
    answer = retailsim(*asked, expect=code)
    assert says.format(**places) in answer.stderr
    assert answer.stdout == ""
    assert (foreign / "holiday.jpg").read_text() == "mine"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("sead = 7", "seed"),
        ("seed = 'seven'", "seed"),
        ("[stores]\ncount = 0", "count"),
        ("[stores", "table header"),
    ],
)
def test_a_wrong_scenario_is_answered_with_the_place_and_the_remedy(line, says, tmp_path):
    scenario = tmp_path / "wrong.toml"
    scenario.write_text(f'name = "wrong"\n{line}\n')
    answer = retailsim("simulate", scenario, "--out", tmp_path / "feed", expect=2)
    assert re.search(rf"{re.escape(str(scenario))}:\d+:\d+", answer.stderr)
    assert says in answer.stderr
    assert "hint:" in answer.stderr or "legal" in answer.stderr


def test_another_scenario_does_not_overwrite_a_feed_unasked(tmp_path):
    feed = tmp_path / "feed"
    retailsim("simulate", TINY, "--out", feed, "--quiet")
    answer = retailsim("simulate", TINY, "--out", feed, "--seed", "99", expect=2)
    assert "--overwrite" in answer.stderr
    retailsim("simulate", TINY, "--out", feed, "--seed", "99", "--overwrite", "--quiet")


def test_the_gate_refuses_a_lake_with_too_many_rejected_rows(tmp_path):
    feed = tmp_path / "feed"
    shutil.copytree(RECEIPTS, feed)
    broken = feed / "visit" / "2024-02-10.ndjson"
    broken.write_text(broken.read_text().replace('"visit_id":207', '"visit_id":"seven"'))
    promise_what_is_there(feed)
    retailsim("extract", "--data", feed, "--lake", tmp_path / "lake", "--quiet")
    answer = retailsim("validate", "--lake", tmp_path / "lake", expect=3)
    assert "visit" in answer.stderr
    retailsim("validate", "--lake", tmp_path / "lake", "--max-rejected", "0.5")


def promise_what_is_there(feed):
    (feed / "manifest.json").write_text(remake_manifest.manifest_of(feed))


def test_a_feed_that_was_tampered_with_is_not_taken_for_the_promised_one(tmp_path):
    feed = tmp_path / "feed"
    shutil.copytree(RECEIPTS, feed)
    broken = feed / "visit" / "2024-02-10.ndjson"
    broken.write_text(broken.read_text().replace('"dwell_s":120', '"dwell_s":121'))
    answer = retailsim("extract", "--data", feed, "--lake", tmp_path / "lake", expect=1)
    assert "visit" in answer.stderr


def test_json_on_stdout_is_one_document_for_machines(tiny):
    answer = retailsim("report", "--lake", tiny.lake.folder, "--json")
    assert json.loads(answer.stdout)


def test_nothing_is_drawn_on_stderr_when_it_is_no_terminal(tiny):
    assert "\r" not in tiny.answer.stderr
    assert "\x1b" not in tiny.answer.stderr + tiny.answer.stdout


def test_run_ends_with_the_kpis_and_where_to_look_next(tiny):
    out = tiny.answer.stdout
    for word in ("Net sales", "Gross margin", "Conversion", "Visitors"):
        assert word.lower() in out.lower(), word
    assert str(tiny.lake.folder) in out
    assert "retailsim report" in out


def test_a_lake_of_another_scenario_is_replaced_only_when_asked(tmp_path):
    week = ("--from", "2024-01-01", "--to", "2024-01-07")
    lake, fresh = tmp_path / "lake", tmp_path / "fresh"
    retailsim("run", TINY, "--data", tmp_path / "a" / "data", "--lake", lake)
    other = ("run", TINY, "--seed", "8", "--data", tmp_path / "b" / "data", *week)
    answer = retailsim(*other, "--lake", lake, expect=2)
    assert "holds the rows of another feed (tiny, seed 7)" in answer.stderr
    assert "--overwrite" in answer.stderr
    # Seven weeks of the first scenario must not stay beside one of the second.
    retailsim(*other, "--lake", lake, "--overwrite")
    retailsim(*other, "--lake", fresh)
    assert Lake(lake).objects() == Lake(fresh).objects()
