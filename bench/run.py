"""What retailsim costs beside what people use instead: `make bench`.

1. The whole pipeline, simulation to KPIs: `retailsim run scenarios/quickstart.toml` (its server
   included) against the usual Python pipeline (python_pipeline.py). Lines per CPU-second.
2. JSON to Parquet: `retailsim extract` on the receipts of quickstart (server, HTTP and validation
   included) against DuckDB on one thread (duckdb_json_to_parquet.py). CPU seconds.

Both sides run here, one after the other; results are compared before a time counts. CPU seconds
are user + system of all processes. The raw log goes to build/bench/. Exit 1 below the bars.
"""

import datetime
import json
import os
import pathlib
import platform
import shutil
import subprocess
import sys

import duckdb
from measure import Cost, run

CHECKOUT = pathlib.Path(__file__).resolve().parent.parent
OUT = CHECKOUT / "build" / "bench"
RETAILSIM = str(CHECKOUT / "bin" / "retailsim")
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


def machine() -> str:
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    load = os.getloadavg()[0]
    return f"{model}, {os.cpu_count()} processors, load {load:.1f} at the start"


def scalar(sql: str):
    return duckdb.execute(sql).fetchone()[0]


def parquet(folder: pathlib.Path) -> str:
    return f"read_parquet('{folder}/**/*.parquet', hive_partitioning=false)"


def whole_pipeline(folder: pathlib.Path, log: Log) -> bool:
    feed, lake = folder / "data_api", folder / "lake"
    ours = run([RETAILSIM, "run", QUICKSTART, "--data", str(feed), "--lake", str(lake), "--quiet"])
    lines = scalar(f"SELECT count(*) FROM {parquet(lake / 'clean' / 'transaction_line')}")
    clean_net = scalar(
        "SELECT sum(CASE kind WHEN 'SALE' THEN net ELSE -net END) FROM "
        f"{parquet(lake / 'clean' / 'transaction_line')}"
    )
    gold_net = scalar(f"SELECT sum(net_sales) FROM {parquet(lake / 'gold' / 'store_day')}")
    if lines == 0 or clean_net != gold_net:
        sys.exit(f"wrong result: {lines} lines, net {clean_net} in clean and {gold_net} in gold")

    python = [sys.executable, str(CHECKOUT / "bench" / "python_pipeline.py"), str(folder / "py")]
    theirs = run(python)  # compares its own result before it ends
    their_lines = json.loads(theirs.output.splitlines()[-1])["lines"]

    log("Simulation, JSON, HTTP, cleaning, Parquet and KPIs of every store and day")
    log(f"{'':24}{'lines':>12}{'CPU s':>9}{'wall s':>9}{'lines/CPU s':>14}{'peak MB':>9}")
    for name, count, cost in (("retailsim run", lines, ours), ("Python", their_lines, theirs)):
        log(
            f"{name:24}{count:12,}{cost.cpu_s:9.2f}{cost.wall_s:9.2f}"
            f"{count / cost.cpu_s:14,.0f}{cost.peak_mb:9,.0f}"
        )
    return verdict(lines / ours.cpu_s / (their_lines / theirs.cpu_s), PIPELINE_BAR, log)


def json_to_parquet(folder: pathlib.Path, log: Log) -> bool:
    feed, lake, other = folder / "data_api", folder / "extracted", folder / "duckdb"
    command = ["extract", "--data", str(feed), "--table", "transaction", "--threads", "1"]
    ours = run([RETAILSIM, *command, "--lake", str(lake), "--quiet"])
    script = str(CHECKOUT / "bench" / "duckdb_json_to_parquet.py")
    theirs = run([sys.executable, script, str(feed), str(other)])
    for table in ("transaction", "transaction_line"):
        mine, its = parquet(lake / "raw" / table), f"'{other}/{table}.parquet'"
        columns = ", ".join(
            row[0] for row in duckdb.execute(f"DESCRIBE SELECT * FROM {mine}").fetchall()
        )
        unequal = scalar(
            f"SELECT count(*) FROM ((SELECT {columns} FROM {mine} EXCEPT ALL SELECT {columns} "
            f"FROM {its}) UNION ALL (SELECT {columns} FROM {its} EXCEPT ALL SELECT {columns} "
            f"FROM {mine}))"
        )
        if unequal:
            sys.exit(f"wrong result: {unequal} rows of {table} differ from DuckDB's")

    size = sum(file.stat().st_size for file in (feed / "transaction").glob("*.ndjson")) / 1e6
    log(f"{size:,.0f} MB of receipts, JSON to two Parquet tables")
    log(f"{'':24}{'CPU s':>9}{'wall s':>9}{'MB/CPU s':>14}{'peak MB':>9}")
    rows: list[tuple[str, Cost]] = [("retailsim extract", ours), ("DuckDB", theirs)]
    for name, cost in rows:
        log(
            f"{name:24}{cost.cpu_s:9.2f}{cost.wall_s:9.2f}{size / cost.cpu_s:14,.0f}"
            f"{cost.peak_mb:9,.0f}"
        )
    return verdict(theirs.cpu_s / ours.cpu_s, PARQUET_BAR, log)


def verdict(ratio: float, bar: float, log: Log) -> bool:
    log(f"{ratio:.1f} times as fast; at least {bar} is asked for\n")
    return ratio >= bar


def main() -> int:
    now = datetime.datetime.now(datetime.UTC)
    log = Log(OUT / f"{now:%Y%m%dT%H%M%SZ}.log")
    commit = subprocess.run(
        ["git", "-C", str(CHECKOUT), "describe", "--always", "--dirty"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    log(f"$ make bench   # {commit}, {now:%Y-%m-%d %H:%M} UTC\n{machine()}\n")
    folder = OUT / "work"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    duckdb.execute("SET timezone='UTC'")
    good = [whole_pipeline(folder, log), json_to_parquet(folder, log)]
    shutil.rmtree(folder)
    print(f"kept in {log.file.relative_to(CHECKOUT)}")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
