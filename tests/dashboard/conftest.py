"""What the dashboard's tests share: lakes that were made once a session.

Run with the Python of the dashboard's environment: `make test-dashboard`.
"""

import dataclasses
import functools
import json
import pathlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from browser import BINARY, CHECKOUT, address, chromium, profiles, reader, two_years, visit  # noqa: F401 — fixtures

sys.path.insert(0, str(CHECKOUT / "dashboard"))

from s3_server import S3Server, s3  # noqa: F401 — s3 is a fixture

# Three regions, two formats, months of three calendar years, the last of which is running.
CHAIN = """
name = "chain"
seed = 11
from = 2023-10-02
to = 2025-03-19

[stores]
count = 8
regions = ["Bretagne", "Normandie", "La Réunion"]

[products]
count = 200

[households]
count = 200
trips_per_year = 40

[defects]
factor = 3
"""


def retailsim(*arguments: Any) -> str:
    """What the program prints; it must succeed."""
    command = [BINARY, *map(str, arguments), "--quiet"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


@dataclasses.dataclass(frozen=True)
class Made:
    """A published lake, with the feed it was made of."""

    data: pathlib.Path
    lake: pathlib.Path

    @functools.cache  # noqa: B019 — as many as there are tests
    def report(self, *filters: Any) -> dict[str, Any]:
        """`retailsim report --json`."""
        return json.loads(retailsim("report", "--lake", self.lake, "--json", *filters))

    def copy(self, folder: pathlib.Path) -> "Made":
        """One to spoil."""
        shutil.copytree(self.lake, folder / "lake", ignore=shutil.ignore_patterns("raw"))
        return Made(self.data, folder / "lake")


def make(folder: pathlib.Path, scenario: pathlib.Path) -> Made:
    made = Made(folder / "data_api", folder / "lake")
    places = ("--data", made.data, "--lake", made.lake)
    retailsim("run", scenario, *places, "--max-rejected", 1, "--run-id", "first")
    return made


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Three stores, eight weeks."""
    return make(tmp_path_factory.mktemp("tiny"), CHECKOUT / "scenarios" / "tiny.toml")


@pytest.fixture(scope="session")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Eight stores, seventeen months; one store closed meanwhile, and one opened."""
    folder = tmp_path_factory.mktemp("chain")
    (folder / "chain.toml").write_text(CHAIN)
    made = make(folder, folder / "chain.toml")
    change_stores(made.lake, open_and_close)
    return made


def open_and_close(store: dict[str, Any]) -> None:
    if store["store_id"] == OPENED:
        store["opened_on"] = store["opened_on"].replace(year=2024, month=3, day=1)
    if store["store_id"] == CLOSED:
        store["closed_on"] = store["opened_on"].replace(year=2025, month=2, day=10)


OPENED, CLOSED = 2, 6  # ids of stores of chain: on 1 March 2024, and after 10 February 2025


def change_stores(lake: pathlib.Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Edits the rows of clean/store."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    path = lake / "clean" / "store" / "part-0.parquet"
    table = pq.read_table(path)
    rows = table.to_pylist()
    for row in rows:
        change(row)
    changed = pa.Table.from_pylist(rows, schema=table.schema)
    pq.write_table(changed, path, store_decimal_as_integer=True)


def upload(lake: pathlib.Path, server: S3Server, prefix: str) -> None:
    """What the dashboard reads of a lake."""
    files = server.files()
    for folder in ("gold", "_runs", "clean/store", "clean/product", "clean/promotion"):
        for path in sorted((lake / folder).rglob("*")):
            if path.is_file():
                with files.open_output_stream(f"{prefix}/{path.relative_to(lake)}") as stream:
                    stream.write(path.read_bytes())
