"""What the services of the instance run beside the program: simulating up to yesterday.

A stand-in for the program says what it was asked for.
"""

import datetime as dt
import os
import pathlib
import shutil
import subprocess

import pytest
from cloudformation import TEMPLATE

PROGRAM = """\
#!/bin/sh
case $1 in
  scenario) printf '{\\n "name": "x",\\n "from": "2024-01-01",\\n "to": "%s"\\n}\\n' "$END" ;;
  *) echo "$@" ;;
esac
"""


@pytest.fixture
def release(tmp_path: pathlib.Path) -> pathlib.Path:
    """A release of these scripts and a stand-in, with a feed folder beside it."""
    scripts = tmp_path / "release" / "infra" / "aws"
    scripts.mkdir(parents=True)
    for path in TEMPLATE.parent.glob("*.sh"):
        shutil.copy(path, scripts)
    program = tmp_path / "release" / "bin" / "retailsim"
    program.parent.mkdir()
    program.write_text(PROGRAM)
    program.chmod(0o755)
    return tmp_path / "release"


def start(release: pathlib.Path, *command: str, end: str = "2034-12-31") -> subprocess.Popen:
    feed = release.parent / "feed"
    settings = {"RETAILSIM_SCENARIO": "x.toml", "RETAILSIM_DATA": str(feed), "END": end}
    return subprocess.Popen(
        [release / "infra" / "aws" / command[0], *command[1:]],
        env={"PATH": os.defpath, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def said(process: subprocess.Popen) -> str:
    out, error = process.communicate(timeout=30)
    assert (process.returncode, error) == (0, "")
    return out


def test_a_scenario_of_the_present_is_simulated_until_yesterday(release):
    yesterday = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1)
    feed = release.parent / "feed"
    assert said(start(release, "simulate.sh")) == f"simulate x.toml --out {feed} --to {yesterday}\n"


def test_a_scenario_of_the_past_is_simulated_to_its_end(release):
    out = said(start(release, "simulate.sh", end="2025-12-31"))
    assert out.endswith(" --to 2025-12-31\n")


def test_a_scenario_that_cannot_be_read_is_an_error_of_the_service(release):
    process = start(release, "simulate.sh", end="")
    _, error = process.communicate(timeout=30)
    assert process.returncode == 1
    assert error.startswith("no end of the scenario in: {")
