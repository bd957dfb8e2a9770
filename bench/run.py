"""What retailsim costs beside what people use instead: `make bench`. README.md says how and why.

1. The whole pipeline, simulation to KPIs: `retailsim run scenarios/quickstart.toml` against the
   usual Python pipeline (python_pipeline.py). Transaction lines a CPU-second.
2. JSON to Parquet: json_to_parquet against DuckDB, one thread each, on the same files.

All run here, in turns, after their results were compared. The raw log goes to build/bench/.
Exit 1 when a ratio is below its bar.
"""

import argparse
import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys
from dataclasses import dataclass

from measure import Cost, alternate, run

CHECKOUT = pathlib.Path(__file__).resolve().parent.parent
BENCH = CHECKOUT / "bench"
OUT = CHECKOUT / "build" / "bench"
RETAILSIM = str(CHECKOUT / "bin" / "retailsim")
JSON_TO_PARQUET = str(CHECKOUT / "build" / "release" / "json_to_parquet")
QUICKSTART = str(CHECKOUT / "scenarios" / "quickstart.toml")
PIPELINE_BAR, PARQUET_BAR = 8.0, 2.5


class Log:
    """Prints, and keeps what was printed."""

    def __init__(self, file: pathlib.Path):
        self.file = file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")

    def __call__(self, text: str = "") -> None:
        print(text, flush=True)
        with self.file.open("a") as kept:
            kept.write(text + "\n")

    def command(self, words: list[str]) -> None:
        shown = words if len(words) < 20 else [*words[:3], f"… {len(words) - 3} files more"]
        self("$ " + " ".join(shown).replace(f"{CHECKOUT}/", ""))


def python(script: str, *words: str | pathlib.Path) -> list[str]:
    return [sys.executable, str(BENCH / script), *map(str, words)]


def facts(*words: str | pathlib.Path) -> dict:
    """What results.py found; it ends the benchmark when something is wrong."""
    return json.loads(run(python("results.py", *words))[1])


def afresh(command: list[str], *folders: pathlib.Path) -> Cost:
    """Into empty folders: a second run into the same lake would have nothing to do."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    return run(command)[0]


def whole_pipeline(folder: pathlib.Path, rounds: int, log: Log) -> bool:
    feed, lake, other = folder / "data_api", folder / "lake", folder / "python"
    ours = [RETAILSIM, "run", QUICKSTART, "--data", str(feed), "--lake", str(lake), "--quiet"]
    theirs = python("python_pipeline.py", other)  # compares its own result before it ends
    log.command(ours)
    log.command(theirs)

    afresh(ours, feed, lake)
    found = facts("lake", lake)
    log(f"retailsim run: {found}; clean lines and KPIs agree")
    other.mkdir()
    its = json.loads(run(theirs)[1].splitlines()[-1])
    log(f"Python: {its}; made lines and KPIs agree")

    costs = alternate(
        {
            "retailsim run": lambda: afresh(ours, feed, lake),
            "Python pipeline": lambda: afresh(theirs, other),
        },
        rounds,
        log,
    )
    lines = {"retailsim run": found["lines"], "Python pipeline": its["lines"]}
    log("\nSimulation, JSON, HTTP, cleaning, Parquet, KPIs of every store and day")
    log(f"{'':26}{'lines':>10}{'CPU s':>8}{'wall s':>8}{'peak MB':>9}{'lines/CPU s':>13}")
    for name, cost in costs.items():
        log(
            f"{name:26}{lines[name]:10,}{cost.cpu_s:8.2f}{cost.wall_s:8.2f}{cost.peak_mb:9,.0f}"
            f"{lines[name] / cost.cpu_s:13,.0f}"
        )
    rate = [lines[name] / costs[name].cpu_s for name in ("retailsim run", "Python pipeline")]
    return verdict("Lines a CPU-second beside Python", rate[0] / rate[1], PIPELINE_BAR, log)


def spaced_copy(files: list[pathlib.Path], to: pathlib.Path) -> list[pathlib.Path]:
    """The same rows as another program would write them, blanks after commas and colons."""
    to.mkdir(parents=True)
    for file in files:
        text = file.read_bytes().replace(b',"', b', "').replace(b'":', b'": ')
        (to / file.name).write_bytes(text)
    return [to / file.name for file in files]


@dataclass(frozen=True)
class Converter:
    """Makes two Parquet tables of the receipts."""

    command: list[str]
    folder: pathlib.Path  # where it writes
    tables: tuple[str, str]  # receipts and lines, files or globs in the folder

    def convert(self) -> Cost:
        return afresh(self.command, self.folder)

    def written_mb(self) -> float:
        files = (file for table in self.tables for file in self.folder.glob(table))
        return sum(file.stat().st_size for file in files) / 1e6


def ours(files: list[pathlib.Path], folder: pathlib.Path) -> Converter:
    command = [JSON_TO_PARQUET, str(folder / "receipt"), *map(str, files)]
    return Converter(command, folder, ("receipt.parquet", "receipt_line.parquet"))


def json_to_parquet(folder: pathlib.Path, rounds: int, log: Log) -> bool:
    feed = folder / "data_api"
    files = sorted((feed / "transaction").glob("*.ndjson"))
    out = folder / "parquet"
    duckdb = Converter(
        python("duckdb_json_to_parquet.py", feed, out / "duckdb"),
        out / "duckdb",
        ("transaction.parquet", "transaction_line.parquet"),
    )
    extract = [RETAILSIM, "extract", "--data", str(feed), "--lake", str(out / "lake")]
    converters = {
        "json_to_parquet": ours(files, out / "ours"),
        "DuckDB": duckdb,
        # For information only:
        "  json_to_parquet, spaced": ours(spaced_copy(files, folder / "spaced"), out / "spaced"),
        "  retailsim extract": Converter(
            [*extract, "--table", "transaction", "--threads", "1", "--quiet"],
            out / "lake",
            ("raw/transaction/**/*.parquet", "raw/transaction_line/**/*.parquet"),
        ),
    }

    for converter in converters.values():
        log.command(converter.command)
        converter.convert()
    lines = 0
    for name, converter in converters.items():
        if converter is duckdb:
            continue
        receipts_found, lines_found = (
            facts("same", converter.folder / mine, duckdb.folder / its)
            for mine, its in zip(converter.tables, duckdb.tables, strict=True)
        )
        log(f"{name.strip()}: {receipts_found}, lines {lines_found}, row for row as DuckDB's")
        lines = lines_found["rows"]
    costs = alternate({name: each.convert for name, each in converters.items()}, rounds, log)

    size = sum(file.stat().st_size for file in files) / 1e6
    log(f"\n{size:,.0f} MB of receipts in {len(files)} files to two Parquet tables, one thread")
    log(f"{'':26}{'out MB':>10}{'CPU s':>8}{'wall s':>8}{'peak MB':>9}{'lines/CPU s':>13}")
    for name, cost in costs.items():
        log(
            f"{name:26}{converters[name].written_mb():10,.1f}{cost.cpu_s:8.2f}{cost.wall_s:8.2f}"
            f"{cost.peak_mb:9,.0f}{lines / cost.cpu_s:13,.0f}"
        )
    ratio = costs["DuckDB"].cpu_s / costs["json_to_parquet"].cpu_s
    return verdict("JSON to Parquet beside DuckDB", ratio, PARQUET_BAR, log)


def verdict(what: str, ratio: float, bar: float, log: Log) -> bool:
    good = ratio >= bar
    log(f"{what}: {ratio:.2f} times; the bar is {bar}: {'met' if good else 'MISSED'}\n")
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="runs each; medians count")
    rounds = parser.parse_args().rounds
    now = datetime.datetime.now(datetime.UTC)
    log = Log(OUT / f"{now:%Y%m%dT%H%M%SZ}.log")
    commit = subprocess.run(
        ["git", "-C", str(CHECKOUT), "describe", "--always", "--dirty"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    log(f"$ make bench   # {commit}, {now:%Y-%m-%d %H:%M} UTC")
    log(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
    log(
        f"One run each that is checked, then {rounds} each in turns; medians; CPU = user + system\n"
    )
    folder = OUT / "work"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    good = [whole_pipeline(folder, rounds, log), json_to_parquet(folder, rounds, log)]
    shutil.rmtree(folder)
    print(f"kept in {log.file.relative_to(CHECKOUT)}")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
