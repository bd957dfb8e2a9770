"""Runs commands and says what they cost: CPU seconds (user + system, children included), wall
seconds, and the memory of the largest process.

A child starts with its parent's peak memory on Linux, so whoever measures stays small: DuckDB is
never imported beside this module.
"""

import os
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


def run(command: list[str]) -> tuple[Cost, str]:
    """The cost, and what was printed on stdout. A wrong result has no speed: ends the benchmark
    when the command fails."""
    start = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        output = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall_s = time.monotonic() - start
    if process.returncode != 0:
        sys.exit(f"$ {' '.join(command)}\n{output}exit code {process.returncode}")
    return Cost(used.ru_utime + used.ru_stime, wall_s, used.ru_maxrss / 1024), output


def alternate(
    contestants: dict[str, Callable[[], Cost]], rounds: int, note: Callable[[str], None]
) -> dict[str, Cost]:
    """Each contestant's medians. They take turns, so that what else the machine does meets all
    of them; every single run is noted."""
    costs: dict[str, list[Cost]] = {name: [] for name in contestants}
    for number in range(1, rounds + 1):
        for name, contestant in contestants.items():
            load = os.getloadavg()[0]
            cost = contestant()
            costs[name].append(cost)
            note(
                f"run {number}: {name:26}{cost.cpu_s:8.2f} CPU s{cost.wall_s:8.2f} wall s"
                f"{cost.peak_mb:8,.0f} MB   load {load:.1f}"
            )
    return {
        name: Cost(
            statistics.median(cost.cpu_s for cost in each),
            statistics.median(cost.wall_s for cost in each),
            max(cost.peak_mb for cost in each),
        )
        for name, each in costs.items()
    }
