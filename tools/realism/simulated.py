"""Runs the program on a scenario and a seed, and makes sales lines of the lake."""

import pathlib
import shutil
import subprocess
import sys

from sales_lines import write_sales_lines


def simulate(
    program: pathlib.Path, scenario: pathlib.Path, seed: int, folder: pathlib.Path
) -> pathlib.Path:
    """A lake in `folder`, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    lake = folder / "lake"
    command = [program, "run", scenario, "--seed", seed, "--data", folder / "data_api"]
    words = [str(word) for word in [*command, "--lake", lake, "--quiet"]]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"error: {' '.join(words)}\n{done.stderr.strip()}")
    return lake


def simulated_lines(
    program: pathlib.Path, scenario: pathlib.Path, seed: int, folder: pathlib.Path, keep: bool
) -> pathlib.Path:
    """Without `keep`, nothing but the sales lines stays of what was simulated."""
    run = folder / f"seed-{seed}"
    lake = simulate(program, scenario, seed, run)
    lines = folder / "lines.parquet" if keep else run / "lines.parquet"
    write_sales_lines(lake, lines)
    for beside in ("data_api", "truth"):
        shutil.rmtree(run / beside)
    if not keep:
        shutil.rmtree(lake)
    return lines
