"""Runs a command and says what it cost: CPU seconds (user + system, children included), wall
seconds, and the memory of its largest process."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    cpu_s: float
    wall_s: float
    peak_mb: float
    output: str  # what it printed on stdout


def run(command: list[str]) -> Cost:
    """Stops the benchmark when the command fails: a wrong result has no speed."""
    print("$", " ".join(command), flush=True)
    start = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        output = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"exit code {process.returncode}\n{output}")
    return Cost(
        cpu_s=used.ru_utime + used.ru_stime,
        wall_s=time.monotonic() - start,
        peak_mb=used.ru_maxrss / 1024,
        output=output,
    )
