"""What retailsim costs beside what people use instead: `make bench`. README.md says how and why.

1. The whole pipeline, simulation to KPIs: `retailsim run scenarios/quickstart.toml` against the
   usual Python pipeline (python_pipeline.py). Transaction lines a CPU-second.
2. JSON to Parquet: json_to_parquet against DuckDB, one thread each, on the same files, without
   defects.
3. Raw rows to clean rows and every KPI table, and clean rows to every KPI table: `retailsim
   transform` against DuckDB running sql/clean and sql/gold, one thread each, on the same files.

All run here, in turns, after their results were checked. The raw log goes to build/bench/.
Exit 1 when a ratio is below its bar.
"""

import argparse
import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable

from measure import Contestant, Cost, run, take_turns

CHECKOUT = pathlib.Path(__file__).resolve().parent.parent
OUT = CHECKOUT / "build" / "bench"
RETAILSIM = str(CHECKOUT / "bin" / "retailsim")
JSON_TO_PARQUET = str(CHECKOUT / "build" / "release" / "json_to_parquet")
QUICKSTART = str(CHECKOUT / "scenarios" / "quickstart.toml")
PIPELINE_BAR, PARQUET_BAR, GOLD_BAR = 8.0, 2.5, 3.0


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
    return [sys.executable, str(CHECKOUT / "bench" / script), *map(str, words)]


def facts(*words: str | pathlib.Path) -> dict:
    """What results.py found; it ends the benchmark when something is wrong."""
    return json.loads(run(python("results.py", *words))[1])


def run_once(contestant: Contestant, folder: pathlib.Path, log: Log) -> str:
    """The run whose result is checked; it also warms the caches for everybody."""
    folder.mkdir(parents=True)
    if contestant.prepare:
        contestant.prepare(folder)
    command = contestant.command(folder)
    log.command(command)
    return run(command)[1]


def print_costs(
    contestants: list[Contestant], costs: list[Cost], lines: list[int], log: Log
) -> None:
    log(f"{'':26}{'lines':>10}{'CPU s':>8}{'wall s':>8}{'peak MB':>9}{'lines/CPU s':>13}")
    for contestant, cost, count in zip(contestants, costs, lines, strict=True):
        log(
            f"{contestant.name:26}{count:10,}{cost.cpu_s:8.2f}{cost.wall_s:8.2f}"
            f"{cost.peak_mb:9,.0f}{count / cost.cpu_s:13,.0f}"
        )


def verdict(what: str, ratio: float, bar: float, log: Log) -> bool:
    good = ratio >= bar
    log(f"{what}: {ratio:.2f} times; the bar is {bar}: {'met' if good else 'MISSED'}\n")
    return good


def whole_pipeline(folder: pathlib.Path, rounds: int, log: Log) -> bool:
    simulate_to_kpis = [RETAILSIM, "run", QUICKSTART, "--quiet"]
    ours = Contestant(
        "retailsim run",
        lambda to: [*simulate_to_kpis, "--data", f"{to}/data_api", "--lake", f"{to}/lake"],
    )
    theirs = Contestant("Python pipeline", lambda to: python("python_pipeline.py", to))

    run_once(ours, folder / "ours", log)
    found = facts("lake", folder / "ours" / "lake")
    log(f"  {found}; the KPIs add up to the clean lines")
    made = json.loads(run_once(theirs, folder / "theirs", log).splitlines()[-1])
    log(f"  {made}; the KPIs add up to what was made")

    lines = [found["lines"], made["lines"]]
    costs = take_turns([ours, theirs], folder, rounds, log)
    log("\nSimulation, JSON, HTTP, cleaning, Parquet, KPIs of every store and day")
    print_costs([ours, theirs], costs, lines, log)
    rates = [count / cost.cpu_s for count, cost in zip(lines, costs, strict=True)]
    what = "lines a CPU-second beside the Python pipeline"
    return verdict(what, rates[0] / rates[1], PIPELINE_BAR, log)


def spaced_copy(files: list[pathlib.Path], to: pathlib.Path) -> list[pathlib.Path]:
    """The same rows as another program would write them, blanks after commas and colons."""
    to.mkdir(parents=True)
    for file in files:
        text = file.read_bytes().replace(b',"', b', "').replace(b'":', b'": ')
        (to / file.name).write_bytes(text)
    return [to / file.name for file in files]


def flawless_feed(folder: pathlib.Path, log: Log) -> pathlib.Path:
    """The quickstart feed without its defects: DuckDB ends at the first row that is not of the
    types it was given."""
    folder.mkdir(parents=True)
    text, count = re.subn(
        r"(?m)^factor = \d+", "factor = 0", pathlib.Path(QUICKSTART).read_text("utf-8")
    )
    assert count == 1, "the scenario does not say how many defects there are"
    (folder / "flawless.toml").write_text(text, "utf-8")
    command = [RETAILSIM, "simulate", f"{folder}/flawless.toml", "--out", f"{folder}/data_api"]
    log.command(command)
    run([*command, "--quiet"])
    return folder / "data_api"


def json_to_parquet(folder: pathlib.Path, rounds: int, log: Log) -> bool:
    feed = flawless_feed(folder / "flawless", log)
    files = sorted((feed / "transaction").glob("*.ndjson"))
    spaced = spaced_copy(files, folder / "spaced")
    extract = [RETAILSIM, "extract", "--data", str(feed), "--quiet"]
    contestants = [
        Contestant(
            "json_to_parquet",
            lambda to: [JSON_TO_PARQUET, f"{to}/t", *map(str, files)],
            ("t.parquet", "t_line.parquet"),
        ),
        Contestant(
            "DuckDB",
            lambda to: python("duckdb_json_to_parquet.py", feed, to),
            ("transaction.parquet", "transaction_line.parquet"),
        ),
        # For information: text that is not as we write it; and HTTP, validation and a file a
        # day as well.
        Contestant(
            "- with blanks",
            lambda to: [JSON_TO_PARQUET, f"{to}/t", *map(str, spaced)],
            ("t.parquet", "t_line.parquet"),
        ),
        Contestant(
            "- as retailsim extract",
            lambda to: [*extract, "--table", "transaction", "--threads", "1", "--lake", str(to)],
            ("raw/transaction/**/*.parquet", "raw/transaction_line/**/*.parquet"),
        ),
    ]
    lines = check_same(contestants, folder / "checked", log)

    costs = take_turns(contestants, folder, rounds, log)
    size = sum(file.stat().st_size for file in files) / 1e6
    log(f"\n{size:,.0f} MB of receipts in {len(files)} files to two Parquet tables, one thread")
    print_costs(contestants, costs, [lines] * len(contestants), log)
    ratio = costs[1].cpu_s / costs[0].cpu_s
    return verdict("JSON to Parquet beside DuckDB", ratio, PARQUET_BAR, log)


def all_gold(folder: pathlib.Path, rounds: int, log: Log) -> bool:
    """Each has a lake of its own, with the same files. The first two begin with raw, the others
    with clean."""
    lake = folder / "whole" / "lake"
    run([RETAILSIM, "run", QUICKSTART, "--quiet", "--data", f"{folder}/whole/data", "--lake", lake])

    def copy(*names: str) -> Callable[[pathlib.Path], None]:
        def into(to: pathlib.Path) -> None:
            for name in names:
                shutil.copytree(lake / name, to / "lake" / name)

        return into

    def transform(to: pathlib.Path) -> list[str]:
        return [RETAILSIM, "transform", "--lake", f"{to}/lake", "--threads", "1", "--quiet"]

    def duckdb(begin: str) -> Callable[[pathlib.Path], list[str]]:
        return lambda to: python("duckdb_gold.py", f"{to}/lake", f"{to}/gold", begin)

    delivered = ("raw", "quarantine", "findings", "_index")
    snapshots = [
        f"clean/{name}"
        for name in ("store", "product", "price", "promotion", "promotion_product", "customer")
    ]
    contestants = [
        Contestant("retailsim, from raw", transform, prepare=copy(*delivered, *snapshots)),
        Contestant("DuckDB, from raw", duckdb("raw"), prepare=copy(*delivered, *snapshots)),
        Contestant("retailsim, from clean", transform, prepare=copy(*delivered, "clean")),
        Contestant("DuckDB, from clean", duckdb("clean"), prepare=copy(*delivered, "clean")),
    ]
    for contestant in contestants:
        run_once(contestant, folder / contestant.name, log)
    tables = sorted(file.stem for file in (CHECKOUT / "sql" / "gold").glob("*.sql"))
    for mine, its in (contestants[:2], contestants[2:]):
        ours, theirs = folder / mine.name / "lake", folder / its.name / "gold"
        pairs = {f"gold/{table}": f"{table}.parquet" for table in tables}
        if mine is contestants[0]:
            events = ("transaction_line", "transaction", "visit")
            pairs |= {f"clean/{table}": f"clean_{table}.parquet" for table in events}
        rows = {left: rows_of_both(ours / left, theirs / right) for left, right in pairs.items()}
        log(f"  {rows}\n  Each row of one is a row of the other.")
    lines = facts("lake", lake)["lines"]
    costs = take_turns(contestants, folder / "timed", rounds, log)
    print_costs(contestants, costs, [lines] * len(contestants), log)
    good = verdict("raw to clean and KPIs", costs[1].cpu_s / costs[0].cpu_s, GOLD_BAR, log)
    return verdict("clean to KPIs", costs[3].cpu_s / costs[2].cpu_s, GOLD_BAR, log) and good


def rows_of_both(mine: pathlib.Path, its: pathlib.Path) -> int:
    return facts("same", f"{mine}/**/*.parquet", its)["rows"]


def check_same(contestants: list[Contestant], folder: pathlib.Path, log: Log) -> int:
    """Whether all have written the same receipts and lines; returns the number of lines."""
    found: list[dict] = []
    first = contestants[0]
    for contestant in contestants:
        run_once(contestant, folder / contestant.name, log)
        found = [
            facts("same", folder / contestant.name / mine, folder / first.name / its)
            for mine, its in zip(contestant.tables, first.tables, strict=True)
        ]
        files = (f for glob in contestant.tables for f in (folder / contestant.name).glob(glob))
        size = sum(file.stat().st_size for file in files) / 1e6
        log(f"  receipts {found[0]}, lines {found[1]}; {size:.1f} MB")
    log("  Each row of one is a row of all.")
    return found[1]["rows"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="runs each; medians count")
    parser.add_argument("--only", type=int, choices=(1, 2, 3), help="one contest alone")
    asked = parser.parse_args()
    rounds = asked.rounds
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
    log(f"One run each is checked, then {rounds} in turns; medians; CPU s are user + system\n")

    folder = OUT / "work"
    shutil.rmtree(folder, ignore_errors=True)
    contests = {
        1: lambda: whole_pipeline(folder / "pipeline", rounds, log),
        2: lambda: json_to_parquet(folder / "parquet", rounds, log),
        3: lambda: all_gold(folder / "gold", rounds, log),
    }
    good = [hold() for number, hold in contests.items() if asked.only in (None, number)]
    shutil.rmtree(folder)
    print(f"kept in {log.file.relative_to(CHECKOUT)}")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
