"""Ctrl-C: the program ends soon, says so, leaves no mess, and the next run completes the work."""

import signal
import subprocess
import time

import pytest
from bad_input import assert_nothing_half_written
from harness import BINARY, CHECKOUT, SCENARIOS, Lake, retailsim

QUICKSTART = SCENARIOS / "quickstart.toml"
# Enough that each stage takes a while, little enough for a test.
SPAN = ("--from", "2024-01-01", "--to", "2024-06-30")


def interrupt_when(appears, *arguments) -> subprocess.CompletedProcess:
    """Runs the program and sends Ctrl-C as soon as `appears()` is true."""
    command = [str(BINARY), *(str(argument) for argument in arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=CHECKOUT, **pipes) as program:
        while program.poll() is None and not appears():
            time.sleep(0.002)
        program.send_signal(signal.SIGINT)
        out, error = program.communicate(timeout=60)
        return subprocess.CompletedProcess(command, program.returncode, out, error)


@pytest.mark.parametrize("place", ["data_api/visit", "lake/raw/visit", "lake/clean"])
def test_a_run_that_is_interrupted_is_completed_by_the_next_one(place, tmp_path):
    run = ("run", QUICKSTART, *SPAN, "--data", tmp_path / "data_api", "--lake", tmp_path / "lake")

    def appears() -> bool:
        return (tmp_path / place).exists()

    answer = interrupt_when(appears, *run)
    assert answer.returncode == 130, answer.stderr
    assert answer.stderr.startswith("retailsim: interrupted\nhint: ")
    assert answer.stdout == ""
    assert_nothing_half_written(tmp_path)
    assert not (tmp_path / "lake" / "gold" / "_current.json").exists()
    retailsim(*run)
    fresh = tmp_path / "fresh"
    retailsim("run", QUICKSTART, *SPAN, "--data", fresh / "data_api", "--lake", fresh / "lake")
    assert Lake(tmp_path / "lake").objects() == Lake(fresh / "lake").objects()


def test_a_server_that_is_interrupted_has_done_its_work(tmp_path):
    retailsim("simulate", SCENARIOS / "tiny.toml", "--out", tmp_path / "feed", "--quiet")
    begun = time.monotonic()
    command = ("serve", "--data", tmp_path / "feed", "--port", 0, "--quiet")
    answer = interrupt_when(lambda: time.monotonic() > begun + 0.5, *command)
    assert answer.returncode == 0
    assert answer.stdout.startswith("serving")
