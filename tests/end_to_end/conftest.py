"""What the end-to-end tests share: pipelines that ran once a session."""

import pathlib
import re
import subprocess
import sys
from dataclasses import dataclass

import pytest
from harness import CHECKOUT, SCENARIOS, Answer, Feed, Lake, retailsim
from s3_server import s3

__all__ = ["s3"]  # a fixture, for whoever names it

for folder in ("tests/golden", "tools"):
    sys.path.insert(0, str(CHECKOUT / folder))

REFERENCE = CHECKOUT / "build" / "reference" / "lines.parquet"


@dataclass(frozen=True)
class Pipeline:
    """Where a run of the whole pipeline left its files, and what it said."""

    folder: pathlib.Path
    feed: Feed
    lake: Lake
    answer: Answer


def run_pipeline(folder: pathlib.Path, scenario: pathlib.Path, *options) -> Pipeline:
    feed, lake = folder / "data_api", folder / "lake"
    answer = retailsim("run", scenario, "--data", feed, "--lake", lake, *options)
    return Pipeline(folder, Feed(feed), Lake(lake), answer)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory) -> Pipeline:
    return run_pipeline(tmp_path_factory.mktemp("tiny"), SCENARIOS / "tiny.toml")


@pytest.fixture(scope="session")
def quickstart(tmp_path_factory) -> Pipeline:
    return run_pipeline(tmp_path_factory.mktemp("quickstart"), SCENARIOS / "quickstart.toml")


@pytest.fixture(scope="session")
def stress(tmp_path_factory) -> Pipeline:
    """Ten times the defects."""
    folder = tmp_path_factory.mktemp("stress")
    return run_pipeline(folder, SCENARIOS / "stress.toml", "--max-rejected", "1", "--json")


@pytest.fixture(scope="session")
def omnichannel(tmp_path_factory) -> Pipeline:
    folder = tmp_path_factory.mktemp("omnichannel")
    return run_pipeline(folder, SCENARIOS / "omnichannel.toml")


@pytest.fixture(scope="session")
def fashion(tmp_path_factory) -> Pipeline:
    return run_pipeline(tmp_path_factory.mktemp("fashion"), SCENARIOS / "fashion.toml")


def without_defects(folder: pathlib.Path, scenario: pathlib.Path) -> pathlib.Path:
    """The same chain with a source system that makes no mistakes."""
    text, count = re.subn(r"(?m)^factor = \d+", "factor = 0", scenario.read_text())
    assert count == 1
    copy = folder / scenario.name
    copy.write_text(text)
    return copy


@pytest.fixture(scope="session")
def flawless_quickstart(tmp_path_factory) -> Pipeline:
    folder = tmp_path_factory.mktemp("flawless_quickstart")
    return run_pipeline(folder, without_defects(folder, SCENARIOS / "quickstart.toml"))


@pytest.fixture(scope="session")
def flawless_stress(tmp_path_factory) -> Feed:
    """What is true of stress: its feed without defects."""
    folder = tmp_path_factory.mktemp("flawless_stress")
    scenario = without_defects(folder, SCENARIOS / "stress.toml")
    retailsim("simulate", scenario, "--out", folder / "feed")
    return Feed(folder / "feed")


@pytest.fixture(scope="session")
def panel(tmp_path_factory) -> Pipeline:
    """A real-shaped year that this program did not make, replayed."""
    if not REFERENCE.exists():
        prepare = CHECKOUT / "tools" / "realism" / "prepare_reference.py"
        subprocess.run([sys.executable, prepare, REFERENCE], check=True, capture_output=True)
    folder = tmp_path_factory.mktemp("panel")
    feed, lake = folder / "data_api", folder / "lake"
    replay = ("--lines", REFERENCE, "--out", feed, "--timezone", "America/New_York")
    retailsim("replay", *replay)
    retailsim("extract", "--data", feed, "--lake", lake)
    retailsim("validate", "--lake", lake)
    answer = retailsim("transform", "--lake", lake)
    return Pipeline(folder, Feed(feed), Lake(lake), answer)
