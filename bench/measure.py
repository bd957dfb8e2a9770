"""Runs commands and says what they cost: CPU seconds (user + system, children included), wall
seconds, and the memory of the largest process.

A child begins with its parent's peak memory on Linux, so whoever measures stays small: DuckDB is
never imported beside this module.
"""

import os
import pathlib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    cpu_s: float
    wall_s: float
    peak_mb: float


@dataclass(frozen=True)
class Contestant:
    name: str
    command: Callable[[pathlib.Path], list[str]]  # given the empty folder to write into
    tables: tuple[str, ...] = ()  # what it writes there: a file or a glob each
    prepare: Callable[[pathlib.Path], None] | None = None  # fills that folder, unmeasured


def run(command: list[str]) -> tuple[Cost, str]:
    """The cost, and what was printed on stdout. Ends the benchmark when the command fails: a
    wrong result has no speed."""
    start = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        output = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall_s = time.monotonic() - start
    if process.returncode != 0:
        sys.exit(f"$ {' '.join(command)}\n{output}exit code {process.returncode}")
    return Cost(used.ru_utime + used.ru_stime, wall_s, used.ru_maxrss / 1024), output


def take_turns(
    contestants: list[Contestant], folder: pathlib.Path, rounds: int, note: Callable[[str], None]
) -> list[Cost]:
    """Each contestant's medians. They take turns, so that whatever else the machine does meets
    all of them; every single run is noted. Each run writes into a new folder and nothing is
    deleted meanwhile: ext4 makes files slowly for some seconds after many were removed."""
    costs: list[list[Cost]] = [[] for _ in contestants]
    for number in range(1, rounds + 1):
        for contestant, each in zip(contestants, costs, strict=True):
            into = folder / f"{contestant.name.replace(' ', '_')}-{number}"
            into.mkdir(parents=True)
            if contestant.prepare:
                contestant.prepare(into)
            load = os.getloadavg()[0]
            cost, _ = run(contestant.command(into))
            each.append(cost)
            note(
                f"run {number}  {contestant.name:24}{cost.cpu_s:8.2f} CPU s{cost.wall_s:8.2f} "
                f"wall s{cost.peak_mb:6,.0f} MB   load {load:.1f} before"
            )
    return [
        Cost(
            statistics.median(cost.cpu_s for cost in each),
            statistics.median(cost.wall_s for cost in each),
            max(cost.peak_mb for cost in each),
        )
        for each in costs
    ]
